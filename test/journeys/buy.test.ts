import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { api } from "../support/api.ts";
import { eventually, expectInvariantsHold } from "../support/settled.ts";
import { checkOut, fillCart, play, putOnSale } from "../support/shopper.ts";

const orderOf = async (checkout: { body: { order: { id: string }; order_token: string } }) =>
  (await api("GET", `/orders/${checkout.body.order.id}?token=${checkout.body.order_token}`, { key: null })).body;

const expectState = (checkout: Parameters<typeof orderOf>[0], state: string) =>
  eventually(async () => expect((await orderOf(checkout)).state).toBe(state));

describe("buy", () => {
  it("ends as a paid order whose stock, D1 row and payment agree", async () => {
    await putOnSale("BUY-1", 10, 2_500);
    await putOnSale("BUY-2", 5, 1_000);
    const cart = await fillCart({ "BUY-1": 2, "BUY-2": 1 });
    const checkout = await checkOut(cart);
    expect(checkout.status, checkout.text).toBe(201);
    expect(checkout.body.order).toMatchObject({ state: "pending_payment", total: { amount: 6_000, currency: "USD" } });
    expect((await api("GET", "/stock/BUY-1")).body).toMatchObject({ on_hand: 10, reserved: 2, available: 8 });
    expect((await play(checkout.body.payment.id, "paid")).status).toBe(200);
    await expectState(checkout, "paid");
    await eventually(async () => {
      expect((await api("GET", "/stock/BUY-1")).body).toMatchObject({ on_hand: 8, reserved: 0, sold: 2 });
      expect((await api("GET", "/stock/BUY-2")).body).toMatchObject({ on_hand: 4, reserved: 0, sold: 1 });
      const row = await env.DB.prepare("SELECT state, total FROM orders WHERE tenant_id = 'demo' AND id = ?")
        .bind(checkout.body.order.id)
        .first();
      expect(row).toEqual({ state: "paid", total: 6_000 });
    });
    const paid = await orderOf(checkout);
    expect(paid.payments[0]).toMatchObject({ state: "paid", captured: { amount: 6_000 }, redirect_url: null });
    await expectInvariantsHold();
  });

  it("declined, then paid on the second try", async () => {
    await putOnSale("DECL-1", 1);
    const checkout = await checkOut(await fillCart({ "DECL-1": 1 }));
    await play(checkout.body.payment.id, "declined");
    await eventually(async () => expect((await orderOf(checkout)).payments[0].state).toBe("declined"));
    const path = `/orders/${checkout.body.order.id}/payments?token=${checkout.body.order_token}`;
    const again = await api("POST", path, { key: null, body: { payment_provider: "sandbox" } });
    expect(again.status, again.text).toBe(201);
    await play(again.body.id, "paid");
    await expectState(checkout, "paid");
    await eventually(async () =>
      expect((await api("GET", "/stock/DECL-1")).body).toMatchObject({ on_hand: 0, sold: 1 }),
    );
    await expectInvariantsHold();
  });

  it("pending, then paid; and paid three times over is paid once", async () => {
    await putOnSale("PEND-1", 2);
    const pending = await checkOut(await fillCart({ "PEND-1": 1 }));
    await play(pending.body.payment.id, "pending_then_paid", 1);
    await eventually(async () => expect((await orderOf(pending)).payments[0].state).toBe("pending"));
    await expectState(pending, "paid");
    const doubled = await checkOut(await fillCart({ "PEND-1": 1 }));
    await play(doubled.body.payment.id, "duplicate_notification");
    await expectState(doubled, "paid");
    await eventually(async () =>
      expect((await api("GET", "/stock/PEND-1")).body).toMatchObject({ on_hand: 0, reserved: 0, sold: 2 }),
    );
    expect((await play(doubled.body.payment.id, "paid")).body.code).toBe("payment_settled");
    await expectInvariantsHold();
  });

  it("cancelled after payment gives money and units back", async () => {
    await putOnSale("CANC-1", 1);
    const checkout = await checkOut(await fillCart({ "CANC-1": 1 }));
    await play(checkout.body.payment.id, "paid");
    await expectState(checkout, "paid");
    const cancelled = await api("POST", `/orders/${checkout.body.order.id}/cancel?token=${checkout.body.order_token}`, {
      key: null,
    });
    expect(cancelled.body).toMatchObject({ state: "cancelled", cancel_reason: "cancelled_by_shopper" });
    await eventually(async () => {
      expect((await orderOf(checkout)).payments[0]).toMatchObject({ state: "refunded", refunded: { amount: 1_999 } });
      expect((await api("GET", "/stock/CANC-1")).body).toMatchObject({ on_hand: 1, reserved: 0 });
    });
    await expectInvariantsHold();
  });
});
