import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { type OrderJournal, WAITING_ORDERS_MAX } from "../../durable-objects/order-journal.ts";
import type { Order } from "../../src/capabilities/selling/orders/rules.ts";
import { newId } from "../../src/platform/ids.ts";

const journal = (name: string) => env.JOURNAL.getByName(name);
const money = (amount: number) => ({ amount, currency: "USD" });

function draft(): Order {
  const id = `ord_00${newId("ord").slice(4)}`;
  const at = new Date().toISOString();
  return {
    id,
    number: "",
    state: "pending_payment",
    cancel_reason: null,
    email: "a@example.com",
    shipping_address: { name: "A", line1: "1", city: "C", country: "US" },
    locale: "en",
    lines: [
      {
        sku: "A",
        quantity: 1,
        title: "A",
        variant_title: "",
        handle: "a",
        image: null,
        unit_price: money(5),
        total: money(5),
        reservation_id: "r",
      },
    ],
    subtotal: money(5),
    shipping: money(0),
    total: money(5),
    payments: [
      {
        id: `pay_${id.slice(4)}_1`,
        provider: "sandbox",
        state: "open",
        amount: money(5),
        captured: money(0),
        refunded: money(0),
        redirect_url: "/",
      },
    ],
    history: [{ at, state: "pending_payment", note: "placed" }],
    arm: "control",
    placed_at: at,
    pay_before: new Date(Date.now() + 7_200_000).toISOString(),
    version: 1,
  };
}

const place = (name: string, order: Order, key = order.id) => journal(name).place({ key, fingerprint: "f", order });

const brokenD1 = {
  ...env,
  DB: { prepare: () => ({ bind: () => ({}) }), batch: () => Promise.reject(new Error("D1 is down")) },
};

describe("an order journal", () => {
  it("keeps what it acknowledged through a crash before D1 heard of it", async () => {
    const orders = Array.from({ length: 50 }, draft);
    const answers = await Promise.all(orders.map((order) => place("crash:00", order)));
    expect(answers.every((it) => it.outcome === "placed")).toBe(true);
    await abortAllDurableObjects();
    const after = await Promise.all(orders.map((order) => journal("crash:00").read(order.id)));
    expect(after.map((it) => it?.id)).toEqual(orders.map((it) => it.id));
    await journal("crash:00").flush();
    const row = await env.DB.prepare("SELECT count(*) AS n FROM orders WHERE tenant_id = 'crash'").first<{
      n: number;
    }>();
    expect(row?.n).toBe(50);
  });

  it("gives every order a number of its own", async () => {
    await Promise.all(Array.from({ length: 30 }, () => place("number:00", draft())));
    await journal("number:00").flush();
    const { results } = await env.DB.prepare(
      "SELECT doc ->> 'number' AS number FROM orders WHERE tenant_id = 'number'",
    ).all();
    expect(new Set(results.map((it) => it.number)).size).toBe(30);
  });

  it("goes on acknowledging while D1 is down, and drains when it is back", async () => {
    const stub = journal("down:00");
    await runInDurableObject(stub, (it: OrderJournal) => Object.assign(it, { env: brokenD1 }));
    const answers = await Promise.all(Array.from({ length: 120 }, () => place("down:00", draft())));
    expect(answers.every((it) => it.outcome === "placed")).toBe(true);
    expect(await stub.waiting()).toBe(120);
    await runInDurableObject(stub, (it: OrderJournal) => Object.assign(it, { env }));
    await stub.flush();
    expect(await stub.waiting()).toBe(0);
  });

  it(`refuses new orders while ${WAITING_ORDERS_MAX} wait, and takes them again after`, async () => {
    const stub = journal("full:00");
    await runInDurableObject(stub, (it: OrderJournal) => Object.assign(it, { env: brokenD1 }));
    const answers = await Promise.all(Array.from({ length: WAITING_ORDERS_MAX + 10 }, () => place("full:00", draft())));
    expect(answers.filter((it) => it.outcome === "placed")).toHaveLength(WAITING_ORDERS_MAX);
    expect(answers.filter((it) => it.outcome === "full")).toHaveLength(10);
    await runInDurableObject(stub, (it: OrderJournal) => Object.assign(it, { env }));
    await stub.flush();
    expect((await place("full:00", draft())).outcome).toBe("placed");
  });

  it("never places an order that was fenced", async () => {
    const order = draft();
    expect(await journal("fence:00").fence(order.id)).toEqual({ outcome: "fenced" });
    expect(await place("fence:00", order)).toEqual({ outcome: "fenced" });
    const placed = draft();
    await place("fence:00", placed);
    expect(await journal("fence:00").fence(placed.id)).toMatchObject({ outcome: "placed" });
  });

  it("refuses an illegal move with the current state named, and a move made twice is no error", async () => {
    const order = draft();
    await place("move:00", order);
    const move = (to: "shipped" | "cancelled") =>
      journal("move:00").edit({ kind: "move", orderId: order.id, to, note: "t" });
    expect(await move("shipped")).toEqual({ outcome: "illegal", state: "pending_payment" });
    expect(await move("cancelled")).toMatchObject({ outcome: "done", order: { state: "cancelled", version: 2 } });
    expect(await move("cancelled")).toMatchObject({ outcome: "done", order: { version: 2 } });
  });
});
