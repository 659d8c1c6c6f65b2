import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { StockCounter } from "../../durable-objects/stock-counter.ts";
import { ring } from "../support/ring.ts";
import { type ModelStep, StockModel, seeded } from "../support/stock-model.ts";

const counter = (sku: string) => env.STOCK.getByName(`demo:${sku}`);
const stocked = async (sku: string, onHand: number, perBuyerLimit?: number) => {
  await counter(sku).change({ kind: "set", onHand, perBuyerLimit });
  return counter(sku);
};
const MINUTE = 60_000;

describe("a stock counter", () => {
  it("lets holds expire by alarm, once, and mirrors the level to D1", async () => {
    const stub = await stocked("EXPIRE", 5);
    await stub.reserve({ key: "a", buyer: "ann", quantity: 2, ttlMs: MINUTE });
    await runInDurableObject(stub, (it: StockCounter) => Object.assign(it, { now: () => Date.now() + 2 * MINUTE }));
    await ring(stub);
    expect(await stub.snapshot()).toMatchObject({ onHand: 5, reserved: 0, sold: 0 });
    const row = await env.DB.prepare(
      "SELECT on_hand, reserved FROM stock_levels WHERE tenant_id = 'demo' AND sku = 'EXPIRE'",
    ).first();
    expect(row).toEqual({ on_hand: 5, reserved: 0 });
    expect(await stub.settle("confirm", 1)).toEqual({ outcome: "refused", status: "expired" });
    expect(await stub.settle("release", 1)).toMatchObject({ outcome: "settled" });
    expect(await stub.snapshot()).toMatchObject({ onHand: 5, reserved: 0 });
  });

  it("frees an expired hold for the next buyer even when the alarm is late", async () => {
    const stub = await stocked("LATE-ALARM", 1);
    await stub.reserve({ key: "a", buyer: "ann", quantity: 1, ttlMs: MINUTE });
    expect(await stub.reserve({ key: "b", buyer: "bob", quantity: 1, ttlMs: MINUTE })).toMatchObject({
      outcome: "sold_out",
    });
    await runInDurableObject(stub, (it: StockCounter) => Object.assign(it, { now: () => Date.now() + 2 * MINUTE }));
    expect(await stub.reserve({ key: "c", buyer: "bob", quantity: 1, ttlMs: MINUTE })).toMatchObject({
      outcome: "reserved",
    });
  });

  it("remembers everything that it answered across eviction and crash", async () => {
    let stub = await stocked("CRASH", 100, 3);
    const held = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        stub.reserve({ key: `k${i}`, buyer: `b${i % 10}`, quantity: 1, ttlMs: MINUTE }),
      ),
    );
    expect(held.filter((it) => it.outcome === "reserved")).toHaveLength(30);
    await evictDurableObject(stub);
    stub = counter("CRASH");
    expect(await stub.reserve({ key: "k0", buyer: "b0", quantity: 1, ttlMs: MINUTE })).toMatchObject({
      outcome: "already_reserved",
    });
    await abortAllDurableObjects();
    stub = counter("CRASH");
    expect(await stub.snapshot()).toMatchObject({ onHand: 100, reserved: 30 });
    expect(await stub.reserve({ key: "new", buyer: "b0", quantity: 1, ttlMs: MINUTE })).toMatchObject({
      outcome: "limit_reached",
    });
  });

  it("knows no stock of a SKU after a refused adjustment", async () => {
    const stub = counter("NEVER-STOCKED");
    expect(await stub.change({ kind: "adjust", delta: 1, reason: "found" })).toEqual({ outcome: "unknown_sku" });
    expect(await stub.snapshot()).toBeUndefined();
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
    const sku = `MODEL-${seed}`;
    let stub = await stocked(sku, 500, 40);
    const model = new StockModel(500, 40);
    const ask = (step: ModelStep) => {
      if (step.kind === "reserve") return stub.reserve({ ...step, ttlMs: 60 * MINUTE });
      return step.kind === "adjust" ? stub.change(step) : stub.settle(step.kind, step.seq);
    };
    for (let turn = 0; turn < 300; turn++) {
      const steps = Array.from({ length: 10 }, (_, i) => model.randomStep(random, `${turn}-${i}`));
      const answers = await Promise.all(steps.map(ask));
      for (const [i, step] of steps.entries()) {
        const answer = answers[i];
        const expected = model.expected(step);
        if (expected) expect(answer?.outcome, `turn ${turn}, step ${i}`).toBe(expected);
        if (!expected || expected === "reserved" || expected === "changed")
          model.apply(step, answer && "seq" in answer ? answer.seq : undefined);
      }
      if (turn % 100 !== 99) continue;
      await abortAllDurableObjects();
      stub = counter(sku);
    }
    const { onHand, reserved, sold } = model;
    expect(await stub.snapshot()).toMatchObject({ onHand, reserved, sold });
    const audit = await stub.audit();
    expect([audit?.moved, audit?.held, audit?.confirmed]).toEqual([onHand, reserved, sold]);
  });
});
