import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { StockCounter } from "../../durable-objects/stock-counter.ts";
import { api, openShop } from "../support/api.ts";
import { divide, parentOf, recount } from "../support/divided-stock.ts";
import { ring } from "../support/ring.ts";
import { eventually } from "../support/settled.ts";
import { checkOut, fillCart, play, putOnSale } from "../support/shopper.ts";

const DAY_MS = 86_400_000;
type Counter = ReturnType<typeof parentOf>;

/** The counter's clock goes on to `days` from now, and its alarm comes. */
async function later(counter: Counter, days: number): Promise<void> {
  await runInDurableObject(counter, (it: StockCounter) => {
    Object.assign(it, { now: () => Date.now() + days * DAY_MS });
  });
  await ring(counter);
}

const rowsOf = (counter: Counter): Promise<{ holds: number; movements: number; bought: number }> =>
  runInDurableObject(counter, (_: StockCounter, { storage }) =>
    storage.sql
      .exec<{ holds: number; movements: number; bought: number }>(
        `SELECT (SELECT count(*) FROM holds) AS holds, (SELECT count(*) FROM movements) AS movements,
                (SELECT count(*) FROM bought) AS bought`,
      )
      .one(),
  );

const stock = (sku: string, on_hand: number, per_buyer_limit: number | null = null) =>
  api("PUT", `/stock/${sku}`, { body: { on_hand, per_buyer_limit } });
const hold = (sku: string, buyer: string, quantity = 1) =>
  api("POST", `/stock/${sku}/reservations`, {
    body: { buyer, quantity, ttl_seconds: 60 },
    headers: { "idempotency-key": `${buyer}-${quantity}` },
  });
const settle = (id: string, how: "confirm" | "release") => api("POST", `/reservations/${id}/${how}`);

/** One hold confirmed, one released, one expired, and a later one; answers the ids of all. */
async function sellSome(sku: string): Promise<string[]> {
  const ids: string[] = [];
  for (const buyer of ["buys", "leaves", "waits"]) ids.push((await hold(sku, buyer, 2)).body.id);
  await settle(ids[0] ?? "", "confirm");
  await settle(ids[1] ?? "", "release");
  return [...ids, (await hold(sku, "comes")).body.id];
}

describe("a settled hold", () => {
  it("is known for 90 days, to its key and by its id", async () => {
    await stock("OLD-1", 20);
    const ids = await sellSome("OLD-1");
    await later(parentOf("OLD-1"), 89);
    const again = await hold("OLD-1", "buys", 2);
    expect(again.body).toMatchObject({ id: ids[0], outcome: "already_reserved", status: "confirmed" });
    expect((await settle(ids[2] ?? "", "confirm")).body.code).toBe("reservation_expired");
    expect((await api("GET", "/stock/OLD-1/reservations")).body.data).toHaveLength(4);
  });

  it("is forgotten then, and the books add up as before", async () => {
    await stock("OLD-2", 20);
    const ids = await sellSome("OLD-2");
    await later(parentOf("OLD-2"), 91);
    expect(await rowsOf(parentOf("OLD-2"))).toEqual({ holds: 1, movements: 2, bought: 1 });
    expect(await recount("OLD-2")).toMatchObject({ onHand: 18, reserved: 0, sold: 2 });
    const settled = await Promise.all(ids.slice(0, 3).map((id) => settle(id, "release")));
    expect(settled.map((it) => it.body.code)).toEqual(Array(3).fill("unknown_reservation"));
    const next = await hold("OLD-2", "buys", 2);
    expect(next.body.outcome).toBe("reserved");
    expect(ids).not.toContain(next.body.id);
    expect(await recount("OLD-2")).toMatchObject({ onHand: 18, reserved: 2, sold: 2 });
  });

  it("counts towards its buyer's limit for good, wherever the buyer's slot goes", async () => {
    await stock("OLD-3", 20, 2);
    await sellSome("OLD-3");
    await later(parentOf("OLD-3"), 91);
    const tries = async () => (await hold("OLD-3", "buys", 1)).body.code;
    expect(await tries()).toBe("limit_reached");
    await divide("OLD-3", 4);
    expect([await tries(), (await recount("OLD-3")).sold]).toEqual(["limit_reached", 2]);
    await divide("OLD-3", 1);
    expect([await tries(), (await recount("OLD-3")).sold]).toEqual(["limit_reached", 2]);
    expect((await hold("OLD-3", "leaves", 1)).body.outcome).toBe("reserved");
  });
});

describe("a counter", () => {
  it("stops growing: after 400 days it has the rows of the last 90", async () => {
    await stock("YEAR", 100_000);
    for (let day = 0; day < 400; day += 4) {
      await later(parentOf("YEAR"), day);
      const sold = await Promise.all(["a", "b", "c"].map((name) => hold("YEAR", `${name}-${day}`)));
      await Promise.all(sold.map(({ body }, i) => (i === 2 ? undefined : settle(body.id, "confirm"))));
    }
    const { holds, movements } = await rowsOf(parentOf("YEAR"));
    expect(holds).toBeLessThanOrEqual(24 * 3);
    expect(movements).toBeLessThanOrEqual(24 * 2 + 4);
    expect((await recount("YEAR")).sold).toBe(200);
  });

  it("gets back the units of a paid order that is cancelled when its hold is forgotten", async () => {
    const shop = "restock";
    await openShop({ id: shop, currency: "EUR" });
    await putOnSale("restock-lamp", 10, 1_999, shop);
    const { body } = await checkOut(await fillCart({ "restock-lamp": 3 }, shop), { shop, key: "order-1" });
    await play(body.payment.id, "paid", undefined, shop);
    const level = async () => (await api("GET", "/stock/restock-lamp", { shop })).body;
    await eventually(async () => expect(await level()).toMatchObject({ on_hand: 7, sold: 3 }));
    await api("POST", "/stock/restock-lamp/reservations", {
      shop,
      body: { buyer: "next", quantity: 1 },
      headers: { "idempotency-key": "next" },
    });
    await later(env.STOCK.getByName(`${shop}:restock-lamp`), 91);
    expect(await rowsOf(env.STOCK.getByName(`${shop}:restock-lamp`))).toMatchObject({ holds: 1, bought: 1 });
    await api("POST", `/orders/${body.order.id}/cancel`, { shop });
    await eventually(async () => expect(await level()).toMatchObject({ on_hand: 10 }));
  });
});
