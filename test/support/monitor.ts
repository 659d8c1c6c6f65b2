import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { StockMonitor } from "../../durable-objects/stock-monitor.ts";

const HOUR_MS = 3_600_000;
const inMonitor = (shop: string, act: (it: StockMonitor, state: DurableObjectState) => unknown) =>
  runInDurableObject(env.MONITOR.getByName(shop), act);

/** Stops the clock of a shop's monitor and its checks of every second: from now on it checks when it is told to. */
export async function rest(shop: string): Promise<void> {
  await inMonitor(shop, async (it, { storage }) => {
    const at = Date.now();
    Object.assign(it, { now: () => at });
    await storage.setAlarm(at + HOUR_MS);
  });
  // Waits for a check that is under way.
  await env.MONITOR.getByName(shop).check();
}

/** The clock of a monitor that rests goes on by `ms`. */
export const later = (shop: string, ms: number): Promise<unknown> =>
  inMonitor(shop, (it) => {
    const at = it["now"]() + ms;
    Object.assign(it, { now: () => at });
  });
