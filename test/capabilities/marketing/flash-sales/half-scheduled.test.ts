import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { StockCounter } from "../../../../durable-objects/stock-counter.ts";
import { sha256Hex } from "../../../../src/platform/signatures.ts";
import { api } from "../../../support/api.ts";
import { codeOf, inMinutes, join, readSale, scheduleSale } from "../../../support/flash-sale.ts";
import { eventually, expectInvariantsHold } from "../../../support/settled.ts";
import { putOnSale } from "../../../support/shopper.ts";

const price = { amount: 1, currency: "USD" };
const stock = async (sku: string) => (await api("GET", `/stock/${sku}`)).body.on_hand;
const skuOf = (it: { sku: string }): string => it.sku;

/** The same request each time, under one key. */
function scheduling(units: { [sku: string]: number }, key: string, terms: object = {}) {
  const items = Object.entries(units).map(([sku, quantity]) => ({ sku, sale_price: price, quantity }));
  const times = { starts_at: inMinutes(-1), ends_at: inMinutes(60) };
  return () => scheduleSale({ items, sale_price: undefined, quantity: undefined, ...times, ...terms }, { key });
}

/** Keeps a counter from opening its part of a sale until the answer is called. */
async function keepShut(name: string): Promise<() => void> {
  let isShut = true;
  await runInDurableObject(env.STOCK.getByName(name), (it: StockCounter) => {
    const pool = it["pool"];
    const decide = pool.decide.bind(pool);
    Object.assign(pool, {
      decide: (command: Parameters<typeof decide>[0]) =>
        isShut && command.kind === "open" ? { outcome: "unknown" } : decide(command),
    });
  });
  return () => {
    isShut = false;
  };
}

describe("scheduling several SKUs that stops half way", () => {
  it("gives all units back where one has too few, however many counters each was to have", async () => {
    for (const sku of ["WIDE-1", "WIDE-2"]) await putOnSale(sku, 40);
    const schedule = scheduling({ "WIDE-1": 40, "WIDE-2": 41 }, "wide", { shards: 4 });
    expect(codeOf(await schedule())).toBe("409 not_enough_stock");
    await eventually(async () => expect(await stock("WIDE-1")).toBe(40));
    await api("PUT", "/stock/WIDE-2", { body: { on_hand: 41 } });
    expect((await schedule()).body).toMatchObject({ quantity: 81, shards: 4 });
    expect([await stock("WIDE-1"), await stock("WIDE-2")]).toEqual([0, 0]);
    await expectInvariantsHold();
  });

  it("is finished under the same key when one of them was open already", async () => {
    for (const sku of ["HALF-1", "HALF-2"]) await putOnSale(sku, 10);
    const id = `fls_${sha256Hex("demo:half").slice(0, 26)}`;
    const schedule = scheduling({ "HALF-1": 4, "HALF-2": 4 }, "half");
    const open = await keepShut(`demo:HALF-1#${id}`);
    expect((await schedule()).status).toBe(500);
    await eventually(async () => expect((await readSale(id)).items.map(skuOf)).toEqual(["HALF-2"]));
    open();
    const made = await schedule();
    expect([made.status, made.body.items?.map(skuOf)]).toEqual([201, ["HALF-1", "HALF-2"]]);
    expect([await stock("HALF-1"), await stock("HALF-2")]).toEqual([6, 6]);
    for (const sku of ["HALF-1", "HALF-2"])
      expect(codeOf(await join(id, "ann@example.com", { body: { sku } }))).toBe("201");
    await expectInvariantsHold();
  });
});

describe("a sale of several counters", () => {
  it("gives back what an edit takes from it, wherever the units are", async () => {
    await putOnSale("LESS-1", 100);
    const made = await scheduling({ "LESS-1": 80 }, "less", { shards: 4, starts_at: inMinutes(30) })();
    const counter = env.STOCK.getByName(`demo:LESS-1#${made.body.id}`);
    await eventually(async () => expect((await counter.shape())?.isSettled).toBe(true));
    const edited = await api("PATCH", `/flash-sales/${made.body.id}`, { body: { quantity: 10 } });
    expect([edited.status, edited.body.quantity]).toEqual([200, 10]);
    await eventually(async () => expect(await stock("LESS-1")).toBe(90));
    await expectInvariantsHold();
  });
});
