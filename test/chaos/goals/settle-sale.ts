import { setTimeout as sleep } from "node:timers/promises";
import { EVENT_LOST_AFTER_MS } from "../../../scripts/lost-events.mjs";
import { StoredState } from "../kit/stored-state.ts";
import type { World } from "../kit/world.ts";

/** Everything that follows from an acknowledged order has followed within this time after the last fault (T8). */
const SETTLED_MS_MAX = 30_000;
const SWEEP_MS = 3_000;
/** Whatever is settled stays so this long, holds that walked away included. */
const QUIET_MS = 4_000;

/** Runs the schedules as often as cron would in minutes, until no event and no order waits; answers how long that took. */
export async function settleSale(world: World, violations: string[]): Promise<number> {
  const startedAt = performance.now();
  const state = new StoredState(world.state);
  let sweptAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    const passed = performance.now() - startedAt;
    if (passed - sweptAt >= SWEEP_MS) {
      sweptAt = passed;
      // The queue forgot everything with the process; the schedules send again what was lost.
      await world.runSchedules(Date.now() + EVENT_LOST_AFTER_MS);
    }
    const waiting = state.waitingEvents() + state.waitingOrders() + state.waitingParcels();
    if (waiting > 0 && passed > SETTLED_MS_MAX)
      violations.push(`${waiting} orders, events and parcels still wait ${Math.round(passed)} ms after the last fault`);
    if (waiting === 0 || passed > SETTLED_MS_MAX) {
      await sleep(QUIET_MS);
      return Math.round(passed);
    }
    await sleep(200);
  }
}
