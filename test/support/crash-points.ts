import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import type { StockCounter } from "../../durable-objects/stock-counter.ts";
import { parentOf } from "./divided-stock.ts";

/** Messages between a parent and its shards: each may be lost, and both ends may die with it. */
export const crashPoints = [
  "ask",
  "hear",
  "callIn",
  "packSlots",
  "takeSlots",
  "dropParcel",
  "followSettings",
  "exchange",
] as const;
export type CrashPoint = (typeof crashPoints)[number];
/** When a message's effect is stored and its answer is lost; the same, and every object dies with it. */
export const crashTimes = ["after", "everything after"] as const;
export type CrashTime = (typeof crashTimes)[number];

type Method = (...args: unknown[]) => unknown;

/** The next message of this kind crashes and every `nth` after it, `times` times. Answers how many did so far, and how to stop. */
export async function crashAt(
  sku: string,
  point: CrashPoint,
  time: CrashTime,
  nth: number,
  times: number,
): Promise<{ crashed: () => number; stop: () => void }> {
  const prototype = await runInDurableObject(parentOf(sku), (it: StockCounter) => ownerOf(it, point));
  const original = prototype[point] as Method;
  let seen = 0;
  let crashed = 0;
  let isAllDue = false;
  // Only the test itself may end everything.
  const watch = setInterval(() => {
    if (isAllDue) void abortAllDurableObjects();
    isAllDue = false;
  }, 1);
  prototype[point] = async function (this: { ctx: DurableObjectState }, ...args: unknown[]) {
    const isDue = seen++ % nth === 0 && crashed < times;
    if (isDue) crashed++;
    const answer = await original.apply(this, args);
    if (isDue && time === "after") this.ctx.abort("crash after");
    if (isDue && time === "everything after") {
      isAllDue = true;
      await new Promise((resume) => setTimeout(resume, 1_000));
    }
    return answer;
  };
  const stop = () => {
    clearInterval(watch);
    prototype[point] = original;
  };
  return { crashed: () => crashed, stop };
}

function ownerOf(it: object, name: string): Record<string, unknown> {
  for (let owner = it; owner; owner = Object.getPrototypeOf(owner))
    if (owner !== it && Object.hasOwn(owner, name)) return owner as Record<string, unknown>;
  throw new Error(`there is no message ${name}`);
}
