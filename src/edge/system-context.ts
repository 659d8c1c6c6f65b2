import { tenantById } from "../capabilities/money/tenants/actions.ts";
import type { Ctx } from "../platform/context.ts";
import { newId } from "../platform/ids.ts";
import { publicOrigin } from "../platform/public-origin.ts";
import { Timing } from "../platform/timing.ts";

/** The context of work that no request asked for: events and schedules. Undefined when the shop is gone. */
export async function systemContext(
  env: Env,
  exec: ExecutionContext,
  tenantId: string,
  arm = "control",
): Promise<Ctx | undefined> {
  const tenant = await tenantById(env, tenantId);
  if (!tenant) return undefined;
  return {
    env,
    tenant,
    actor: { kind: "system" },
    requestId: newId("req"),
    origin: publicOrigin(env, `${tenantId}.${env.PLATFORM_DOMAIN}`),
    now: () => Date.now(),
    arm,
    timing: new Timing(),
    waitUntil: (work) => exec.waitUntil(work),
    visit: (url) => exec.exports.default.fetch(new Request(url)),
  };
}
