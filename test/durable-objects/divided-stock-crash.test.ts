import { describe, expect, it } from "vitest";
import { crashAt, crashPoints, crashTimes } from "../support/crash-points.ts";
import { parentOf, recount, reserve, settle, settledAt, stubbornly } from "../support/divided-stock.ts";
import { eventually } from "../support/settled.ts";

const UNITS = 80;
const LIMIT = 2;
const BUYERS = 50;

/** Every buyer asks three times for one unit and may have two: 100 wishes for 80 units. */
async function rush(sku: string) {
  const wishes = Array.from({ length: 3 * BUYERS }, (_, i) => ({ buyer: `b${i % BUYERS}`, key: `k${i}` }));
  const answers = [];
  for (let at = 0; at < wishes.length; at += 60)
    answers.push(
      ...(await Promise.all(
        wishes.slice(at, at + 60).map(async ({ buyer, key }) => ({
          buyer,
          key,
          answer: await stubbornly(() => reserve(sku, buyer, key)),
        })),
      )),
    );
  return answers;
}

/** A shard reports what changed since it last asked for units. The rush may end with an asking, so that nothing is left to report. */
async function giveAndTake(sku: string, held: Awaited<ReturnType<typeof rush>>): Promise<void> {
  for (const { buyer, key, answer } of held) {
    if (!("seq" in answer)) throw new Error(`${key} is no hold`);
    await stubbornly(() => settle(sku, buyer, "release", answer.seq));
    expect((await stubbornly(() => reserve(sku, buyer, `${key} again`))).outcome).toMatch(/reserved$/);
  }
}

const cases = crashPoints.flatMap((point) => crashTimes.map((time) => ({ point, time })));

describe("a SKU that is split and merged while its counters crash", () => {
  it.each(cases)("loses and repeats nothing: $point, $time", async ({ point, time }) => {
    const sku = `CRASH-${point}-${time.replaceAll(" ", "-")}`;
    await parentOf(sku).change({ kind: "set", onHand: UNITS - 40, perBuyerLimit: LIMIT });
    const crash = await crashAt(sku, point, time, 2, 3);
    try {
      const add = (delta: number, key: string) =>
        stubbornly(async () => await parentOf(sku).change({ kind: "adjust", delta, reason: "more", key }));
      const aims = async () => {
        for (const shards of [4, 2]) {
          await stubbornly(() => parentOf(sku).reshard(shards));
          await settledAt(sku, shards);
          await add(10, `${shards}`);
        }
        await add(20, "last");
      };
      const [answers] = await Promise.all([rush(sku), aims()]);
      const held = answers.filter(({ answer }) => answer.outcome.endsWith("reserved"));
      const units = new Map<string, number>();
      for (const { buyer } of held) units.set(buyer, (units.get(buyer) ?? 0) + 1);
      expect(Math.max(...units.values())).toBeLessThanOrEqual(LIMIT);
      await eventually(async () => {
        expect(await recount(sku)).toMatchObject({ onHand: UNITS, reserved: held.length });
      });
      for (const { buyer, key } of held.slice(0, 20))
        expect((await stubbornly(() => reserve(sku, buyer, key))).outcome).toBe("already_reserved");
      // What is left can be sold to the last unit.
      const more = await Promise.all(
        Array.from({ length: UNITS - held.length + 5 }, (_, i) =>
          stubbornly(() => reserve(sku, `late-${i}`, `late-${i}`)),
        ),
      );
      expect(more.filter((it) => it.outcome === "reserved")).toHaveLength(UNITS - held.length);
      if (point === "hear") {
        await giveAndTake(sku, held.slice(0, 10));
        await eventually(() => expect(crash.crashed()).toBeGreaterThan(0));
      }
      await stubbornly(() => parentOf(sku).reshard(1));
      await settledAt(sku, 1);
      // The crash may come as late as this.
      expect(await stubbornly(() => recount(sku))).toMatchObject({ onHand: UNITS, reserved: UNITS, counters: 1 });
    } finally {
      crash.stop();
    }
    expect(crash.crashed()).toBeGreaterThan(0);
  });
});
