import { describe, expect, it } from "vitest";
import { buyersOf, divide, parentOf, recount, reserve, settle } from "../support/divided-stock.ts";

const stocked = (sku: string, onHand: number, perBuyerLimit?: number) =>
  parentOf(sku).change({ kind: "set", onHand, perBuyerLimit });
const many = <It>(count: number, of: (i: number) => Promise<It>) =>
  Promise.all(Array.from({ length: count }, (_, i) => of(i)));
const outcomes = (answers: readonly { outcome: string }[]) => {
  const counts: Record<string, number> = {};
  for (const { outcome } of answers) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

describe("a SKU over 8 shards", () => {
  it("sells the last unit to uneven buyers, and not one more", async () => {
    await stocked("UNEVEN", 500);
    await divide("UNEVEN", 8);
    const [here, there] = [await buyersOf("UNEVEN", [3], 450), await buyersOf("UNEVEN", [0, 1, 5], 100)];
    const answers = await Promise.all([...here, ...there].map((buyer) => reserve("UNEVEN", buyer, `k-${buyer}`)));
    expect(outcomes(answers)).toEqual({ reserved: 500, sold_out: 50 });
    expect(await recount("UNEVEN")).toMatchObject({ onHand: 500, reserved: 500, available: 0, counters: 9 });
  });

  it("needs few messages to the parent", async () => {
    await stocked("FEW", 2_000);
    await divide("FEW", 8);
    for (let wave = 0; wave < 22; wave++) await many(100, (i) => reserve("FEW", `b${wave}-${i}`, `k${wave}-${i}`));
    expect(await recount("FEW")).toMatchObject({ reserved: 2_000, available: 0 });
    const shape = await parentOf("FEW").shape();
    expect((shape?.asks ?? 0) + (shape?.callIns ?? 0)).toBeLessThan(100);
  });

  it("keeps limits, keys and every unit while it is split and merged under 1,000 buyers", async () => {
    await stocked("LIVE", 700, 2);
    const wave = (name: string) =>
      many(250, (i) => reserve("LIVE", `${name}-${i % 100}`, `${name}-${i}`)).then((answers) => {
        // 100 buyers ask 2 or 3 times and may have 2 each.
        expect(outcomes(answers)).toEqual({ reserved: 200, limit_reached: 50 });
      });
    for (const [name, shards] of [
      ["a", 8],
      ["b", 3],
      ["c", 1],
    ] as const) {
      await Promise.all([divide("LIVE", shards), wave(name)]);
      await recount("LIVE");
    }
    expect(await recount("LIVE")).toMatchObject({ onHand: 700, reserved: 600, counters: 1 });
    const again = await many(250, (i) => reserve("LIVE", `a-${i % 100}`, `a-${i}`));
    expect(outcomes(again)).toEqual({ already_reserved: 200, limit_reached: 50 });
    const answers = await many(150, (i) => reserve("LIVE", `d-${i}`, `d-${i}`));
    expect(outcomes(answers)).toEqual({ reserved: 100, sold_out: 50 });
  });

  it("finds a hold after it moved, and confirms and releases it there", async () => {
    await stocked("FIND", 100);
    const before = await many(20, (i) => reserve("FIND", `b${i}`, `k${i}`));
    await divide("FIND", 8);
    for (const [i, hold] of before.entries()) {
      const seq = "seq" in hold ? hold.seq : 0;
      expect(await settle("FIND", `b${i}`, i % 2 ? "confirm" : "release", seq)).toMatchObject({ outcome: "settled" });
    }
    expect(await recount("FIND")).toMatchObject({ onHand: 90, reserved: 0, sold: 10 });
    await divide("FIND", 1);
    expect(await recount("FIND")).toMatchObject({ onHand: 90, sold: 10, counters: 1 });
  });
});
