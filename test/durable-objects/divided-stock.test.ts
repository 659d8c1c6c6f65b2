import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { buyersOf, divide, parentOf, recount, reserve, settle } from "../support/divided-stock.ts";
import { eventually } from "../support/settled.ts";

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

  it("needs at most one message to or from the parent for twenty units", async () => {
    await stocked("FEW", 1_000);
    await divide("FEW", 8);
    for (let wave = 0; wave < 11; wave++) await many(100, (i) => reserve("FEW", `b${wave}-${i}`, `k${wave}-${i}`));
    expect(await recount("FEW")).toMatchObject({ reserved: 1_000, available: 0 });
    const { asks = 0, callIns = 0 } = (await parentOf("FEW").shape()) ?? {};
    expect(asks).toBeGreaterThan(0);
    expect(asks + callIns).toBeLessThanOrEqual(50);
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

  it("sells units that one shard's buyers gave back to another's within about a second", async () => {
    await stocked("BACK", 40);
    await divide("BACK", 8);
    const [giving, wanting] = [await buyersOf("BACK", [2], 40), await buyersOf("BACK", [5], 2)];
    const held = await Promise.all(giving.map((buyer) => reserve("BACK", buyer, `k-${buyer}`)));
    expect(outcomes(held)).toEqual({ reserved: 40 });
    const [buyer = "", other = ""] = wanting;
    expect(await reserve("BACK", buyer, "too-early")).toMatchObject({ outcome: "sold_out" });
    const [first] = held;
    await settle("BACK", giving[0] ?? "", "release", first && "seq" in first ? first.seq : 0);
    let tries = 0;
    await eventually(async () =>
      expect(await reserve("BACK", buyer, `try-${tries++}`)).toMatchObject({ outcome: "reserved" }),
    );
    const short = await reserve("BACK", other, "short", 1, 50);
    expect(short.outcome).toBe("sold_out");
    expect(await recount("BACK")).toMatchObject({ reserved: 40, available: 0 });
  });

  it("is set, adjusted, limited and read as one", async () => {
    await stocked("ONE", 80, 5);
    await divide("ONE", 8);
    await many(24, (i) => reserve("ONE", `b${i}`, `k${i}`, 2));
    const parent = parentOf("ONE");
    await eventually(async () => expect(await parent.snapshot()).toMatchObject({ onHand: 80, reserved: 48, sold: 0 }));
    expect(await parent.change({ kind: "adjust", delta: -33, reason: "x" })).toEqual({ outcome: "below_reserved" });
    const set = { kind: "set", onHand: 50, perBuyerLimit: 2, key: "set" } as const;
    expect(await parent.change(set)).toMatchObject({ outcome: "changed", level: { onHand: 50, reserved: 48 } });
    expect(await parent.change(set)).toMatchObject({ outcome: "changed", level: { onHand: 50, reserved: 48 } });
    expect(await parent.change({ ...set, onHand: 51 })).toEqual({ outcome: "key_reused" });
    const limited = await many(24, (i) => reserve("ONE", `b${i}`, `more${i}`));
    expect(outcomes(limited)).toEqual({ limit_reached: 24 });
    expect(outcomes(await many(4, (i) => reserve("ONE", `new${i}`, `new${i}`)))).toEqual({ reserved: 2, sold_out: 2 });
    await parent.change({ kind: "adjust", delta: 3, reason: "found" });
    expect(outcomes(await many(4, (i) => reserve("ONE", `late${i}`, `late${i}`)))).toEqual({
      reserved: 3,
      sold_out: 1,
    });
    expect(await parent.change(set)).toMatchObject({ outcome: "changed", level: { onHand: 50, reserved: 48 } });
    expect(await recount("ONE")).toMatchObject({ onHand: 53, reserved: 53 });
  });

  it("is one row of the mirror, which follows all shards", async () => {
    await stocked("ROW", 60);
    await divide("ROW", 8);
    await many(30, (i) => reserve("ROW", `b${i}`, `k${i}`));
    await eventually(async () => {
      const rows = await env.DB.prepare("SELECT on_hand, reserved FROM stock_levels WHERE sku LIKE 'ROW%'").all();
      expect(rows.results).toEqual([{ on_hand: 60, reserved: 30 }]);
    });
  });

  it("shows every hold once, page by page", async () => {
    await stocked("PAGES", 100);
    await many(20, (i) => reserve("PAGES", `a${i}`, `a${i}`));
    await divide("PAGES", 3);
    await many(20, (i) => reserve("PAGES", `b${i}`, `b${i}`));
    const seen: string[] = [];
    let before: number | undefined;
    do {
      const page = await parentOf("PAGES").holds({ limit: 7, before });
      seen.push(...(page?.holds ?? []).map((it) => it.buyer));
      before = page?.before;
    } while (before !== undefined);
    expect(seen.sort()).toEqual(Array.from({ length: 40 }, (_, i) => `${i < 20 ? "a" : "b"}${i % 20}`).sort());
  });
});
