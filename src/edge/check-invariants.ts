import { capabilities } from "../capabilities/index.ts";
import type { Ctx } from "../platform/context.ts";

export interface InvariantReport {
  name: string;
  capability: string;
  violations: string[];
}

/** Checks every capability's invariants over the shop's stored state. */
export async function checkInvariants(ctx: Ctx): Promise<InvariantReport[]> {
  const checks = capabilities.flatMap(({ name, invariants }) =>
    (invariants ?? []).map(async (it) => ({ name: it.name, capability: name, violations: await it.check(ctx) })),
  );
  return Promise.all(checks);
}

export const brokenInvariants = async (ctx: Ctx): Promise<InvariantReport[]> =>
  (await checkInvariants(ctx)).filter((it) => it.violations.length > 0);
