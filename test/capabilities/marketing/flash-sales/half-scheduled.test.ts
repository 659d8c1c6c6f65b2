import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { StockCounter } from "../../../../durable-objects/stock-counter.ts";
import { sha256Hex } from "../../../../src/platform/signatures.ts";
import { api } from "../../../support/api.ts";
import { disturb, keepUnitsBack } from "../../../support/disturbed-counter.ts";
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
    const open = await keepShut(`demo:HALF-2#${id}`);
    expect((await schedule()).status).toBe(503);
    await eventually(async () => expect((await readSale(id)).items.map(skuOf)).toEqual(["HALF-1"]));
    open();
    const made = await schedule();
    expect([made.status, made.body.items?.map(skuOf)]).toEqual([201, ["HALF-1", "HALF-2"]]);
    expect([await stock("HALF-1"), await stock("HALF-2")]).toEqual([6, 6]);
    for (const sku of ["HALF-1", "HALF-2"])
      expect(codeOf(await join(id, "ann@example.com", { body: { sku } }))).toBe("201");
    await expectInvariantsHold();
  });
});

describe("a draft that nobody opens", () => {
  const idOf = (key: string): string => `fls_${sha256Hex(`demo:${key}`).slice(0, 26)}`;
  const soldBy = (sku: string, id: string) => `${sku}#${id}`;

  /** Six minutes later, by the clocks of these counters and for good. */
  async function forget(...names: string[]): Promise<void> {
    const later = Date.now() + 6 * 60_000;
    for (const name of names) await disturb(name, (it) => it, { now: () => later });
    // The second time the mirror follows, by the same clocks.
    for (const name of [...names, ...names]) await runDurableObjectAlarm(env.STOCK.getByName(`demo:${name}`));
  }

  it("gives its units back by itself after a few minutes, and not before", async () => {
    for (const sku of ["DROP-1", "DROP-2"]) await putOnSale(sku, 10);
    const [one, two] = ["DROP-1", "DROP-2"].map((sku) => soldBy(sku, idOf("drop")));
    await keepShut(`demo:${one}`);
    const schedule = scheduling({ "DROP-1": 4, "DROP-2": 4 }, "drop", {
      starts_at: inMinutes(60),
      ends_at: inMinutes(90),
    });
    expect((await schedule()).status).toBe(503);
    await runDurableObjectAlarm(env.STOCK.getByName(`demo:${two}`));
    expect([await stock("DROP-1"), await stock("DROP-2")]).toEqual([6, 6]);
    await forget(`${two}`, `${one}`);
    await eventually(async () => expect([await stock("DROP-1"), await stock("DROP-2")]).toEqual([10, 10]));
    expect((await api("GET", `/flash-sales/${idOf("drop")}`, { key: null })).status).toBe(404);
    await expectInvariantsHold();
  });

  it("is opened where the sale is open, with what was changed since, and nothing of that is taken back", async () => {
    for (const sku of ["OPEN-1", "OPEN-2"]) await putOnSale(sku, 10);
    const id = idOf("open");
    const [one, two] = ["OPEN-1", "OPEN-2"].map((sku) => soldBy(sku, id));
    const open = await keepShut(`demo:${two}`);
    expect((await scheduling({ "OPEN-1": 4, "OPEN-2": 4 }, "open")()).status).toBe(503);
    await eventually(async () => expect((await readSale(id)).items.map(skuOf)).toEqual(["OPEN-1"]));
    expect((await api("PATCH", `/flash-sales/${id}`, { body: { title: "Half" } })).status).toBe(200);
    open();
    await forget(`${one}`, `${two}`);
    await eventually(async () => expect((await readSale(id)).items.map(skuOf)).toEqual(["OPEN-1", "OPEN-2"]));
    expect((await api("PATCH", `/flash-sales/${id}`, { body: { ends_at: inMinutes(99) } })).status).toBe(200);
    expect((await env.STOCK.getByName(`demo:${two}`).sale())?.title).toBe("Half");
    expect([await stock("OPEN-1"), await stock("OPEN-2")]).toEqual([6, 6]);
    await expectInvariantsHold();
  });

  it("sends units home at once that come after it was withdrawn", async () => {
    for (const sku of ["TARDY-1", "TARDY-2"]) await putOnSale(sku, 10);
    const restore = await keepUnitsBack("TARDY-1");
    const schedule = scheduling({ "TARDY-1": 4, "TARDY-2": 11 }, "tardy");
    expect(codeOf(await schedule())).toBe("409 not_enough_stock");
    expect(await stock("TARDY-1")).toBe(6);
    await restore();
    await eventually(async () => expect(await stock("TARDY-1")).toBe(10));
    await api("PUT", "/stock/TARDY-2", { body: { on_hand: 11 } });
    expect((await schedule()).body.quantity).toBe(15);
    expect([await stock("TARDY-1"), await stock("TARDY-2")]).toEqual([6, 0]);
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
