import { capabilities } from "../capabilities/index.ts";
import { tenantIds } from "../capabilities/money/tenants/actions.ts";
import { sweepOutbox } from "../platform/events.ts";
import { describe, log } from "../platform/log.ts";
import { brokenInvariants } from "./check-invariants.ts";
import { systemContext } from "./system-context.ts";

/** Runs what is due for every shop: lost events, then each capability's schedules, then (hourly) the invariants. */
export async function runSchedules(event: ScheduledController, env: Env, exec: ExecutionContext): Promise<void> {
  await sweepOutbox(env, event.scheduledTime);
  const isFullHour = new Date(event.scheduledTime).getUTCMinutes() === 0;
  const due = capabilities.flatMap(({ every }) => [
    ...(every?.minute ?? []),
    ...(isFullHour ? (every?.hour ?? []) : []),
  ]);
  for (const tenantId of await tenantIds(env)) {
    const ctx = await systemContext(env, exec, tenantId);
    if (!ctx) continue;
    for (const run of due)
      await run(ctx).catch((error) =>
        log("error", "schedule_failed", { tenantId, name: run.name, error: describe(error) }),
      );
    if (isFullHour)
      for (const broken of await brokenInvariants(ctx))
        log("error", "invariant_broken", { tenantId, invariant: broken.name, violation: broken.violations[0] });
  }
}
