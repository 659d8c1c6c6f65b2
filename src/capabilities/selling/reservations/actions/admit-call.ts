import type { Ctx } from "../../../../platform/context.ts";
import { Memory } from "../../../../platform/memory.ts";
import { callObject } from "../../../../platform/objects.ts";
import { ok, type Refused, refused } from "../../../../platform/result.ts";
import { monthOf, secondsUntil } from "../../../../platform/time.ts";
import { plans } from "../contract.ts";
import { type Limits, limitFields } from "../rules.ts";
import { type Licence, licenceByHash } from "../store.ts";

/** Changes of a licence are live everywhere within this time; its revocation at once, since its meter knows. */
const LICENCE_LIFE_MS = 1_000;
const LICENCES_MAX = 5_000;

const byKeyHash = new Memory<Licence | null>(LICENCE_LIFE_MS, LICENCES_MAX);

/** The licence that a key opens. */
export const licenceByKey = (env: Env, hash: string): Promise<Licence | null> =>
  byKeyHash.read(hash, () => licenceByHash(env, hash));

export const meterOf = (ctx: Ctx, licenceId: string) => ctx.env.LICENCES.getByName(`${ctx.tenant.id}:${licenceId}`);

/** What a plan allows. A plan that is no longer sold allows what the smallest one does. */
export const limitsOf = (plan: string): Limits => plans.find((it) => it.name === plan) ?? plans[0];

/** What one good call costs under a plan, in millionths of the shop's currency unit. */
export const priceOf = (plan: string): number => (plans.find((it) => it.name === plan) ?? plans[0]).microsPerUnit;

interface Admission {
  result: ReturnType<typeof ok<true>> | Refused<Refusal>;
  headers: Record<string, string>;
  /** Calls that the month still allows after this one. */
  leftInMonth: number;
}

type Refusal = "rate_limited" | "quota_exhausted" | "unauthenticated";

/** Counts one call of a licence, exactly, and says whether it may go on; the headers go with the answer either way. */
export async function admitCall(ctx: Ctx, licence: { licenceId: string; plan: string }): Promise<Admission> {
  const limits = limitsOf(licence.plan);
  const { verdict, used, now } = await ctx.timing.measure(
    "meter",
    callObject(
      () => meterOf(ctx, licence.licenceId),
      async (stub) => await stub.take(limits),
    ),
  );
  const headers = limitFields(used, limits, now);
  const leftInMonth = Math.max(0, limits.callsPerMonth - used.thisMonth);
  switch (verdict) {
    case "admitted":
      return { result: ok(true), headers, leftInMonth };
    case "revoked":
      return { result: refused("unauthenticated", "This key is unknown or revoked."), headers: {}, leftInMonth: 0 };
    case "rate_limited":
      return {
        headers,
        leftInMonth,
        result: refused("rate_limited", `The plan ${licence.plan} allows ${limits.callsPerSecond} calls a second.`, {
          retryAfterSeconds: 1,
          facts: { plan: licence.plan, violated_policies: ["second"] },
        }),
      };
    case "quota_exhausted":
      return {
        headers,
        leftInMonth,
        result: refused("quota_exhausted", `The plan ${licence.plan} allows ${limits.callsPerMonth} calls a month.`, {
          retryAfterSeconds: secondsUntil(monthOf(now).until, now),
          facts: { plan: licence.plan, violated_policies: ["month"], resets_at: asTime(monthOf(now).until) },
        }),
      };
  }
}

const asTime = (at: number): string => new Date(at).toISOString();
