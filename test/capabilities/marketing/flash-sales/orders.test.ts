import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { StockCounter } from "../../../../durable-objects/stock-counter.ts";
import { api } from "../../../support/api.ts";
import { codeOf, join, openSale, orderAtOnce, orderHeld } from "../../../support/flash-sale.ts";
import { eventually, expectInvariantsHold } from "../../../support/settled.ts";
import { home, play } from "../../../support/shopper.ts";

const _stock = async (sku: string) => (await api("GET", `/stock/${sku}`)).body;

describe("an order of a flash sale", () => {
  it("is held and placed in one step, seen at once, and paid like any other", async () => {
    const sale = await openSale("ONE-STEP", { quantity: 3 });
    const joined = await join(sale.id, "Ann@example.com", { body: { ...orderAtOnce, locale: "en" }, key: "one-step" });
    expect(joined.status, joined.text).toBe(201);
    const { order, payment, order_token } = joined.body.checkout;
    expect(order).toMatchObject({ state: "pending_payment", email: "Ann@example.com", total: { amount: 999 } });
    expect(order.number).toMatch(/^\d+-\d+-\d{5}$/);
    expect(joined.body.expires_at).toBe(order.pay_before);
    const read = await api("GET", `/orders/${order.id}?token=${order_token}`, { key: null });
    expect(read.body).toEqual(order);
    expect((await api("GET", payment.redirect_url.replace("/pay/sandbox", "/shop"), { key: null })).status).toBe(404);
    await play(payment.id, "paid");
    await eventually(async () => {
      expect((await api("GET", `/orders/${order.id}`)).body.state).toBe("paid");
      expect((await api("GET", `/stock/ONE-STEP`)).body).toMatchObject({ on_hand: 97 });
    });
    expect(
      (await join(sale.id, "Ann@example.com", { body: { ...orderAtOnce, locale: "en" }, key: "one-step" })).text,
    ).toBe(joined.text);
    await expectInvariantsHold();
  });

  it("that is cancelled gives its unit back to the sale", async () => {
    const sale = await openSale("BACK-1", { quantity: 1 });
    const first = await join(sale.id, "ann@example.com", { body: orderAtOnce });
    const { order, order_token } = first.body.checkout;
    expect((await api("POST", `/orders/${order.id}/cancel?token=${order_token}`, { key: null })).status).toBe(200);
    await eventually(async () =>
      expect((await join(sale.id, "bob@example.com", { body: orderAtOnce })).status).toBe(201),
    );
    await expectInvariantsHold();
  });

  it("of held units has the price of the counter that holds them, whatever the edge remembers", async () => {
    const sale = await openSale("PRICE-1", { per_buyer_limit: 2 });
    const held = await join(sale.id, "ann@example.com", { body: { quantity: 2 } });
    // As if another isolate had edited the sale in the last moment before its start, and this one had not heard of it yet.
    await runInDurableObject(env.STOCK.getByName(`demo:PRICE-1#${sale.id}`), (it: StockCounter) => {
      const pool = it["pool"];
      const terms = pool.sale;
      if (terms) pool["keep"]({ ...terms, price: { ...terms.price, amount: 555 }, version: terms.version + 1 });
    });
    const placed = await orderHeld(sale.id, held.body.id);
    expect(placed.body.order, placed.text).toMatchObject({
      total: { amount: 1_110 },
      lines: [{ unit_price: { amount: 555 } }],
      payments: [{ amount: { amount: 1_110 } }],
    });
    expect((await orderHeld(sale.id, held.body.id)).text).toBe(placed.text);
  });

  it("of units that were held before is placed once, at the sale's price", async () => {
    const sale = await openSale("HELD-1", { per_buyer_limit: 2 });
    const held = await join(sale.id, "ann@example.com", { body: { quantity: 2 }, key: "held" });
    const placed = await orderHeld(sale.id, held.body.id);
    expect(placed.status, placed.text).toBe(201);
    expect(placed.body.order).toMatchObject({ email: "ann@example.com", total: { amount: 1_998, currency: "USD" } });
    const again = await Promise.all(Array.from({ length: 10 }, () => orderHeld(sale.id, held.body.id)));
    expect(new Set(again.map((it) => it.text))).toEqual(new Set([placed.text]));
    const moved = { ...orderAtOnce, shipping_address: { ...home, city: "Elsewhere" } };
    const other = await orderHeld(sale.id, held.body.id, moved);
    expect([codeOf(other), other.body.order_id]).toEqual(["409 already_ordered", placed.body.order.id]);
    expect((await join(sale.id, "ann@example.com", { body: { quantity: 2 }, key: "held" })).text).toBe(held.text);
    await eventually(async () =>
      expect((await api("GET", `/orders?limit=100`)).body.data.map((it: { id: string }) => it.id)).toContain(
        placed.body.order.id,
      ),
    );
    expect((await orderHeld(sale.id, held.body.id)).text).toBe(placed.text);
    await expectInvariantsHold();
  });

  it("needs the participation's own id", async () => {
    const [sale, other] = [await openSale("OWN-1"), await openSale("OWN-2")];
    const { body } = await join(sale.id, "ann@example.com");
    const [, seq, quantity, slot, signature] = /^par_(\w+?)_(\w+?)_(\w+?)_(.+)$/.exec(body.id) ?? [];
    for (const id of [
      `par_2_${quantity}_${slot}_${signature}`,
      `par_${seq}_2_${slot}_${signature}`,
      `par_0${seq}_${quantity}_${slot}_${signature}`,
      `par_${seq}_${quantity}_${slot}_${"a".repeat(32)}`,
    ])
      expect(codeOf(await orderHeld(sale.id, id))).toBe("404 unknown_participation");
    expect(codeOf(await orderHeld(other.id, body.id))).toBe("404 unknown_participation");
  });
});
