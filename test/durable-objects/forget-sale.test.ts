import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { OrderJournal } from "../../durable-objects/order-journal.ts";
import type { StockCounter } from "../../durable-objects/stock-counter.ts";
import { idsFrom, newId } from "../../src/platform/ids.ts";
import { api } from "../support/api.ts";
import { codeOf, join, openSale, orderAtOnce, orderHeld, passFor, readSale } from "../support/flash-sale.ts";
import { ring } from "../support/ring.ts";
import { eventually, expectInvariantsHold } from "../support/settled.ts";
import { play } from "../support/shopper.ts";

const DAY_MS = 86_400_000;
type Counter = ReturnType<typeof env.STOCK.getByName>;

/** The counter's clock goes on by `days` and its alarm comes as often as it wants soon; then this is when it wants to be woken next. */
async function later(counter: Counter, days: number): Promise<number | null> {
  await runInDurableObject(counter, (it: StockCounter) => {
    Object.assign(it, { now: () => Date.now() + days * DAY_MS });
  });
  for (let alarms = 0; alarms < ALARMS_MAX; alarms++) {
    await ring(counter);
    const next = await runInDurableObject(counter, (_: StockCounter, state) => state.storage.getAlarm());
    if (next === null || next > Date.now() + (days + 0.5) * DAY_MS) return next;
  }
  throw new Error("the counter never rests");
}
const ALARMS_MAX = 10;

const rowsOf = (counter: Counter): Promise<Record<string, number>> =>
  runInDurableObject(counter, (_: StockCounter, { storage }) =>
    Object.fromEntries(
      ["holds", "placed", "outbox", "passes", "bought"].map((table) => [
        table,
        storage.sql.exec<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`).one().rows,
      ]),
    ),
  );

describe("a flash sale that has been over for 100 days", () => {
  it("is forgotten but for its sums, by itself, and not a day before", async () => {
    const terms = { quantity: 10, per_buyer_limit: 2, waiting_room: { admit_per_second: 9 } };
    const sale = await openSale("PAST-1", terms);
    const take = (name: string, body: object = {}) => {
      const email = `${name}@example.com`;
      return join(sale.id, email, { body: { ...body, pass: passFor(sale.id, email) } });
    };
    const paid = await take("ann", orderAtOnce);
    await play(paid.body.checkout.payment.id, "paid");
    const held = await take("bob");
    const left = await take("cyd", orderAtOnce);
    await api("POST", `/orders/${left.body.checkout.order.id}/cancel`);
    await api("POST", `/flash-sales/${sale.id}/cancel`);
    await eventually(async () => {
      expect((await api("GET", `/orders/${paid.body.checkout.order.id}`)).body.state).toBe("paid");
      expect((await api("GET", "/stock/PAST-1")).body.on_hand).toBe(98);
    });
    const counter = env.STOCK.getByName(`demo:PAST-1#${sale.id}`);
    expect(await later(counter, 99)).toBe(Date.parse(sale.ends_at) + 100 * DAY_MS);
    expect(await rowsOf(counter)).toEqual({ holds: 3, placed: 2, outbox: 0, passes: 0, bought: 0 });
    await later(counter, 101);
    expect(await rowsOf(counter)).toEqual({ holds: 1, placed: 1, outbox: 0, passes: 0, bought: 1 });
    expect(await readSale(sale.id)).toMatchObject({ state: "cancelled", quantity: 10 });
    expect(codeOf(await orderHeld(sale.id, held.body.id))).toBe("404 unknown_participation");
    expect((await api("GET", `/orders/${paid.body.checkout.order.id}`)).body.state).toBe("paid");
    await expectInvariantsHold();
  });
});

describe("a fence", () => {
  it("falls 30 days after the id of its order was made", async () => {
    const journal = env.JOURNAL.getByName("demo:3f");
    const id = (daysAgo: number) => `ord_3f${idsFrom(Date.now() - daysAgo * DAY_MS)}`;
    const ids = [id(29), id(31), `ord_3f${newId("ord").slice(4)}`];
    for (const it of ids) expect((await journal.fence(it)).outcome).toBe("fenced");
    await ring(journal);
    const standing = await runInDurableObject(journal, (_: OrderJournal, { storage }) =>
      storage.sql.exec<{ id: string }>("SELECT order_id AS id FROM fences").toArray(),
    );
    expect(standing.map((it) => it.id).toSorted()).toEqual([ids[0], ids[2]].toSorted());
  });
});
