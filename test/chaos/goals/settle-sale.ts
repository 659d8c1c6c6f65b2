import { setTimeout as sleep } from "node:timers/promises";
import { EVENT_LOST_AFTER_MS } from "../../../scripts/lost-events.mjs";
import { StoredState } from "../kit/stored-state.ts";
import type { World } from "../kit/world.ts";

/** Everything that follows from an acknowledged order has followed within this time after the last fault (T8), on a quiet machine. */
export const SETTLED_GOAL_MS = 30_000;
/** Judged in the short form: on a busy machine things take longer, but something goes on all the time. */
const STANDSTILL_MS_MAX = 60_000;
const SWEEP_MS = 3_000;
/** Holds that walked away end this soon; those of orders last for minutes. */
const SHORT_HOLD_MS = 10_000;
/** Whatever is settled stays so this long. */
const QUIET_MS = 4_000;

/** Runs the schedules as often as cron would in minutes, until no event, order, parcel or short hold waits; answers how long that took. */
export async function settleSale(world: World, violations: string[]): Promise<number> {
  const startedAt = performance.now();
  const state = new StoredState(world.state);
  let sweptAt = Number.NEGATIVE_INFINITY;
  let fewest = { count: Number.POSITIVE_INFINITY, at: 0 };
  for (;;) {
    const passed = performance.now() - startedAt;
    if (passed - sweptAt >= SWEEP_MS) {
      sweptAt = passed;
      // The queue forgot everything with the process; the schedules send again what was lost.
      await world.runSchedules(Date.now() + EVENT_LOST_AFTER_MS);
    }
    const count = state.waitingEvents() + state.waitingOrders() + waitingAtCounters(state);
    if (count < fewest.count) fewest = { count, at: passed };
    const isStill = count > 0 && passed - fewest.at > STANDSTILL_MS_MAX;
    if (isStill)
      violations.push(`${count} orders, events, parcels and holds wait, and none got done for ${STANDSTILL_MS_MAX} ms`);
    if (count === 0 || isStill) {
      await sleep(QUIET_MS);
      return Math.round(passed);
    }
    await sleep(200);
  }
}

/** Parcels of buyers between two counters, and holds that are about to end or should have. */
function waitingAtCounters(state: StoredState): number {
  const soon = Date.now() + SHORT_HOLD_MS;
  return state.counters().reduce((sum, { parcels, holds }) => {
    const ending = holds.filter((it) => it.status === "held" && it.expiresAt < soon);
    return sum + parcels + ending.length;
  }, 0);
}
