import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { OrderJournal } from "../../durable-objects/order-journal.ts";
import type { Order } from "../../src/capabilities/selling/orders/rules.ts";
import { api, openShop } from "../support/api.ts";
import { ring } from "../support/ring.ts";
import { eventually } from "../support/settled.ts";
import { checkOut, fillCart, play, putOnSale } from "../support/shopper.ts";

const DAY_MS = 86_400_000;
const journalOf = (shop: string, id: string) => env.JOURNAL.getByName(`${shop}:${id.slice(4, 6)}`);

/** The journal's clock goes on by `days`, and its alarm comes. */
async function later(journal: ReturnType<typeof journalOf>, days: number): Promise<void> {
  await runInDurableObject(journal, (it: OrderJournal) => {
    Object.assign(it, { now: () => Date.now() + days * DAY_MS });
  });
  await ring(journal);
}

/** Orders whose documents the journal still has. */
const kept = (journal: ReturnType<typeof journalOf>): Promise<string[]> =>
  runInDurableObject(journal, (_: OrderJournal, { storage }) =>
    storage.sql
      .exec<{ id: string }>("SELECT id FROM orders")
      .toArray()
      .map((row) => row.id),
  );

/** A paid and a cancelled order of a shop of its own, both with D1. */
async function twoOrders(shop: string) {
  await openShop({ id: shop, currency: "EUR" });
  await putOnSale(`${shop}-lamp`, 50, 1_999, shop);
  const place = async (key: string) => {
    const cart = await fillCart({ [`${shop}-lamp`]: 2 }, shop);
    const again = () => checkOut(cart, { shop, key });
    return { again, first: await again() };
  };
  const [paid, cancelled] = [await place("paid-1"), await place("cancelled-1")];
  await play(paid.first.body.payment.id, "paid", undefined, shop);
  await eventually(async () => {
    const { state } = (await api("GET", `/orders/${paid.first.body.order.id}`, { shop })).body;
    expect(state).toBe("paid");
  });
  await api("POST", `/orders/${cancelled.first.body.order.id}/cancel`, { shop });
  return { paid, cancelled };
}

describe("an order that is 30 days old", () => {
  it("has left its journal, and is read, repeated, fenced and changed as before", async () => {
    const { paid, cancelled } = await twoOrders("leaves");
    const orders = [paid, cancelled].map(({ first }) => first.body.order);
    const read = (id: string) => api("GET", `/orders/${id}`, { shop: "leaves" });
    const before = await Promise.all(orders.map(async ({ id }) => (await read(id)).text));
    for (const { id } of orders) {
      const journal = journalOf("leaves", id);
      await later(journal, 29);
      expect(await kept(journal)).toContain(id);
      await later(journal, 31);
      expect(await kept(journal)).toEqual([]);
    }
    expect(await Promise.all(orders.map(async ({ id }) => (await read(id)).text))).toEqual(before);
    for (const { again, first } of [paid, cancelled]) {
      const { status, body } = await again();
      expect([status, body.order.id, body.order.number]).toEqual([201, first.body.order.id, first.body.order.number]);
    }
    const [first] = orders;
    expect(await journalOf("leaves", first.id).fence(first.id)).toMatchObject({ outcome: "placed" });
    const { body: shipped } = await api("POST", `/orders/${first.id}/cancel`, { shop: "leaves" });
    expect([shipped.state, shipped.version]).toEqual(["cancelled", (JSON.parse(before[0] ?? "") as Order).version + 1]);
    await journalOf("leaves", first.id).flush();
    expect((await api("GET", "/orders", { shop: "leaves" })).body.data).toContainEqual(
      expect.objectContaining({ id: first.id, state: "cancelled" }),
    );
  });

  it("is repeated with the same bytes until then, whatever became of it", async () => {
    const { paid } = await twoOrders("repeats");
    const { id } = paid.first.body.order;
    await later(journalOf("repeats", id), 29);
    const again = await paid.again();
    expect([again.status, again.text]).toEqual([201, paid.first.text]);
  });

  it("stays while it waits for D1, and counts for good", async () => {
    const { paid } = await twoOrders("stays");
    const { id } = paid.first.body.order;
    const journal = journalOf("stays", id);
    await journal.flush();
    const placed = await journal.count();
    await runInDurableObject(journal, (_: OrderJournal, { storage }) =>
      storage.sql.exec("UPDATE orders SET flushed = flushed - 1 WHERE id = ?", id),
    );
    await later(journal, 31);
    expect(await kept(journal)).toEqual([id]);
    expect(await journal.count()).toBe(placed);
  });
});
