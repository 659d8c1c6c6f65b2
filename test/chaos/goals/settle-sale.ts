import { setTimeout as sleep } from "node:timers/promises";
import { EVENT_LOST_AFTER_MS } from "../../../scripts/lost-events.mjs";
import { StoredState } from "../kit/stored-state.ts";
import type { World } from "../kit/world.ts";

/** Everything that follows from an acknowledged order has followed within this time after the last fault (T8). */
const SETTLED_MS_MAX = 30_000;
/** Whatever is settled stays so this long, holds that walked away included. */
const QUIET_MS = 4_000;

/** Waits until no event and no order waits any more; answers how long that took in milliseconds. */
export async function settleSale(world: World, violations: string[]): Promise<number> {
  const startedAt = performance.now();
  const state = new StoredState(world.state);
  // The queue forgot everything with the process; the schedules send again what was lost.
  await world.runSchedules(Date.now() + EVENT_LOST_AFTER_MS);
  for (;;) {
    const waiting = state.waitingEvents() + state.waitingOrders();
    const passed = performance.now() - startedAt;
    if (waiting === 0) {
      await sleep(QUIET_MS);
      return Math.round(passed);
    }
    if (passed > SETTLED_MS_MAX) {
      violations.push(`${waiting} orders and events still wait ${Math.round(passed)} ms after the last fault`);
      return Math.round(passed);
    }
    await sleep(250);
  }
}
