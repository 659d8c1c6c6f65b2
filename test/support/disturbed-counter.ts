import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { StockCounter } from "../../durable-objects/stock-counter.ts";

/** Lets a part of a counter of the demo shop behave as `change` says, until the answer is called or the object starts anew. */
export async function disturb(
  name: string,
  partOf: (it: StockCounter) => object,
  change: { [name: string]: unknown },
): Promise<() => Promise<void>> {
  const swap = (to: { [name: string]: unknown }) =>
    runInDurableObject(env.STOCK.getByName(`demo:${name}`), (it: StockCounter) => {
      const part = partOf(it);
      const before = Object.fromEntries(Object.keys(change).map((key) => [key, Reflect.get(part, key)]));
      Object.assign(part, to);
      return before;
    });
  const before = await swap(change);
  return async () => {
    await swap(before);
  };
}

const refuse = () => Promise.reject(new Error("cut off"));

/** Units that leave this counter are noted and do not arrive. */
export const keepUnitsBack = (name: string): Promise<() => Promise<void>> =>
  disturb(name, (it) => it["transfers"], { env: { STOCK: { getByName: () => ({ takeIn: refuse }) } } });

/** What this counter decides for other SKUs of its sale does not reach them. */
export const keepEditsBack = (name: string): Promise<() => Promise<void>> =>
  disturb(name, (it) => it["pool"]["edits"], { env: { STOCK: { getByName: () => ({ changeSale: refuse }) } } });
