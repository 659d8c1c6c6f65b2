import { tenantById } from "../../src/capabilities/money/tenants/actions.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { Timing } from "../../src/platform/timing.ts";

/** The context in which an object calls actions on its own behalf: in an alarm, no request asks. Undefined when the shop is gone. */
export async function objectContext(
  env: Env,
  state: DurableObjectState,
  { tenantId, requestId, arm = "control" }: { tenantId: string; requestId: string; arm?: string },
): Promise<Ctx | undefined> {
  const tenant = await tenantById(env, tenantId);
  if (!tenant) return undefined;
  return {
    env,
    tenant,
    actor: { kind: "system" },
    requestId,
    origin: `https://${tenantId}.${env.PLATFORM_DOMAIN}`,
    now: () => Date.now(),
    arm,
    timing: new Timing(),
    waitUntil: (work) => state.waitUntil(work),
  };
}
