import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { StockCounter } from "../../durable-objects/stock-counter.ts";

const counter = (sku: string) => env.STOCK.getByName(`demo:${sku}`);
const stocked = async (sku: string, onHand: number, perBuyerLimit?: number) => {
  await counter(sku).change({ kind: "set", onHand, perBuyerLimit });
  return counter(sku);
};
const MINUTE = 60_000;

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe("a stock counter", () => {
  it("lets holds expire by alarm, once, and mirrors the level to D1", async () => {
    const stub = await stocked("EXPIRE", 5);
    await stub.reserve({ key: "a", buyer: "ann", quantity: 2, ttlMs: MINUTE });
    await runInDurableObject(stub, (it: StockCounter) => Object.assign(it, { now: () => Date.now() + 2 * MINUTE }));
    await runDurableObjectAlarm(stub);
    expect(await stub.snapshot()).toMatchObject({ onHand: 5, reserved: 0, sold: 0 });
    const row = await env.DB.prepare("SELECT on_hand, reserved FROM stock_levels WHERE tenant_id = 'demo' AND sku = 'EXPIRE'").first();
    expect(row).toEqual({ on_hand: 5, reserved: 0 });
    expect(await stub.settle("confirm", 1)).toEqual({ outcome: "refused", status: "expired" });
    expect(await stub.settle("release", 1)).toMatchObject({ outcome: "settled" });
    expect(await stub.snapshot()).toMatchObject({ onHand: 5, reserved: 0 });
  });

  it("frees an expired hold for the next buyer even when the alarm is late", async () => {
    const stub = await stocked("LATE-ALARM", 1);
    await stub.reserve({ key: "a", buyer: "ann", quantity: 1, ttlMs: MINUTE });
    expect(await stub.reserve({ key: "b", buyer: "bob", quantity: 1, ttlMs: MINUTE })).toMatchObject({ outcome: "sold_out" });
    await runInDurableObject(stub, (it: StockCounter) => Object.assign(it, { now: () => Date.now() + 2 * MINUTE }));
    expect(await stub.reserve({ key: "c", buyer: "bob", quantity: 1, ttlMs: MINUTE })).toMatchObject({ outcome: "reserved" });
  });

  it("remembers everything that it answered across eviction and crash", async () => {
    let stub = await stocked("CRASH", 100, 3);
    const held = await Promise.all(
      Array.from({ length: 40 }, (_, i) => stub.reserve({ key: `k${i}`, buyer: `b${i % 10}`, quantity: 1, ttlMs: MINUTE })),
    );
    expect(held.filter((it) => it.outcome === "reserved")).toHaveLength(30);
    await evictDurableObject(stub);
    stub = counter("CRASH");
    expect(await stub.reserve({ key: "k0", buyer: "b0", quantity: 1, ttlMs: MINUTE })).toMatchObject({ outcome: "already_reserved" });
    await abortAllDurableObjects();
    stub = counter("CRASH");
    expect(await stub.snapshot()).toMatchObject({ onHand: 100, reserved: 30 });
    expect(await stub.reserve({ key: "new", buyer: "b0", quantity: 1, ttlMs: MINUTE })).toMatchObject({ outcome: "limit_reached" });
  });

  it("creates nothing for a SKU that somebody made up", async () => {
    const stub = counter("MADE-UP");
    expect(await stub.snapshot()).toBeUndefined();
    const tables = await runInDurableObject(stub, (_, state) =>
      state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'counter'").toArray(),
    );
    expect(tables).toEqual([]);
  });

  it.each([1, 2, 3])("agrees with a plain model over 3,000 random operations in turns, seed %i", async (seed) => {
    const random = seeded(seed);
    const pick = (below: number) => Math.floor(random() * below);
    const sku = `MODEL-${seed}`;
    let stub = await stocked(sku, 500, 40);
    const model = { onHand: 500, sold: 0, held: new Map<number, { buyer: string; quantity: number }>(), bought: new Map<string, number>() };
    const reserved = () => [...model.held.values()].reduce((sum, it) => sum + it.quantity, 0);
    const unitsOf = (buyer: string) =>
      (model.bought.get(buyer) ?? 0) + [...model.held.values()].filter((it) => it.buyer === buyer).reduce((sum, it) => sum + it.quantity, 0);
    for (let step = 0; step < 300; step++) {
      const turn = Array.from({ length: 10 }, (_, i) => {
        const dice = pick(10);
        const seq = [...model.held.keys()][pick(model.held.size)] ?? 0;
        if (dice < 5) return { kind: "reserve" as const, key: `${step}-${i}`, buyer: `b${pick(20)}`, quantity: 1 + pick(4) };
        if (dice < 7) return { kind: "confirm" as const, seq };
        if (dice < 9) return { kind: "release" as const, seq };
        return { kind: "adjust" as const, delta: pick(41) - 15 || 1, reason: "count" };
      });
      const answers = await Promise.all(
        turn.map((it) => {
          if (it.kind === "reserve") return stub.reserve({ ...it, ttlMs: 60 * MINUTE });
          return it.kind === "adjust" ? stub.change(it) : stub.settle(it.kind, it.seq);
        }),
      );
      for (const [i, it] of turn.entries()) {
        const answer = answers[i];
        if (it.kind === "reserve") {
          const expected =
            unitsOf(it.buyer) + it.quantity > 40 ? "limit_reached" : it.quantity > model.onHand - reserved() ? "sold_out" : "reserved";
          expect(answer?.outcome, `step ${step}.${i}`).toBe(expected);
          if (answer && "hold" in answer && expected === "reserved") model.held.set(answer.hold.seq, it);
        } else if (it.kind === "adjust") {
          const fits = model.onHand + it.delta >= reserved();
          expect(answer?.outcome, `step ${step}.${i}`).toBe(fits ? "changed" : "below_reserved");
          if (fits) model.onHand += it.delta;
        } else {
          const hold = model.held.get(it.seq);
          if (hold && it.kind === "confirm") {
            model.onHand -= hold.quantity;
            model.sold += hold.quantity;
            model.bought.set(hold.buyer, (model.bought.get(hold.buyer) ?? 0) + hold.quantity);
          }
          model.held.delete(it.seq);
        }
      }
      if (step % 100 === 99) {
        await abortAllDurableObjects();
        stub = counter(sku);
      }
    }
    expect(await stub.snapshot()).toMatchObject({ onHand: model.onHand, reserved: reserved(), sold: model.sold });
    const audit = await stub.audit();
    expect([audit?.moved, audit?.held, audit?.confirmed]).toEqual([model.onHand, reserved(), model.sold]);
  });
});
