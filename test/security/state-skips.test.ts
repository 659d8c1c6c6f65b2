import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, api } from "../support/api.ts";
import { unrefused } from "../support/attack.ts";
import { eventually, expectInvariantsHold } from "../support/settled.ts";
import { checkOut, fillCart, play } from "../support/shopper.ts";
import { openStall, type Stall } from "../support/stall.ts";
import { expectNothingStored } from "../support/stored-state.ts";

let stall: Stall;
let foreign: Stall;
beforeAll(async () => {
  stall = await openStall("demo");
  foreign = await openStall("acme");
});

const post = (path: string, body?: object) => () => api("POST", path, { body });
const orderOf = async (id: string) => (await api("GET", `/orders/${id}`)).body;
const placed = async () => {
  const { body } = await checkOut(await fillCart({ [stall.sku]: 1 }));
  return { id: body.order.id, cartId: body.order.id, token: body.order_token, paymentId: body.payment.id };
};

type Attack = readonly [name: string, code: string, send: () => Promise<Answer>];
interface Settled {
  sku: string;
  /** A cart that was ordered under the key `skip`. */
  cart: string;
  /** Reservations: one that was confirmed, one that is held. */
  sold: string;
  held: string;
  /** An order. */
  cancelled: string;
}

/** Every step that some state forbids. */
function skips({ sku, cart, sold, held, cancelled }: Settled): Attack[] {
  const move = (id: string, to: string) => post(`/orders/${id}/transitions`, { to });
  return [
    ["confirm what was released", "reservation_released", post(`/reservations/${stall.settledId}/confirm`)],
    ["release what was sold", "reservation_confirmed", post(`/reservations/${sold}/release`)],
    ["confirm what never was", "unknown_reservation", post(`/reservations/${held.replace(/\.\w+$/, ".zzzz")}/confirm`)],
    ...["fulfilling", "shipped", "delivered", "completed"].map(
      (to) => [`${to} before paid`, "illegal_transition", move(stall.orderId, to)] as const,
    ),
    ...["shipped", "delivered", "completed"].map(
      (to) => [`${to} before fulfilling`, "illegal_transition", move(stall.paid.orderId, to)] as const,
    ),
    ...["fulfilling", "completed"].map(
      (to) => [`${to} after cancelled`, "illegal_transition", move(cancelled, to)] as const,
    ),
    ...["paid", "refunded", "cancelled", "pending_payment", "partially_refunded"].map(
      (to) => [`${to} by hand`, "invalid_request", move(stall.orderId, to)] as const,
    ),
    [
      "open a payment on a paid order",
      "illegal_transition",
      post(`/orders/${stall.paid.orderId}/payments`, { payment_provider: "sandbox" }),
    ],
    [
      "open a payment on a cancelled order",
      "illegal_transition",
      post(`/orders/${cancelled}/payments`, { payment_provider: "sandbox" }),
    ],
    ["play what is settled", "payment_settled", () => play(stall.paid.paymentId, "declined")],
    ["order an ordered cart", "cart_checked_out", () => checkOut(cart)],
    [
      "order it under the same key with another mail",
      "key_reused",
      () => checkOut(cart, { key: "skip", email: "bob@example.com" }),
    ],
    ["change an ordered cart", "cart_checked_out", post(`/carts/${cart}/lines`, { sku, quantity: 1 })],
    ["empty an ordered cart", "cart_checked_out", () => api("DELETE", `/carts/${cart}/lines/line_1`)],
    [
      "pay with another's provider",
      "invalid_request",
      post(`/orders/${stall.orderId}/payments`, { payment_provider: "free" }),
    ],
  ];
}

describe("a step that is not next", () => {
  it("is refused and changes nothing", async () => {
    const { sku } = stall;
    const hold = await api("POST", `/stock/${sku}/reservations`, {
      body: { buyer: "b", quantity: 1 },
      headers: { "idempotency-key": "skip" },
    });
    await api("POST", `/reservations/${hold.body.id}/confirm`);
    const cart = await fillCart({ [sku]: 1 });
    const { body } = await checkOut(cart, { key: "skip" });
    const cancelled = await placed();
    await api("POST", `/orders/${cancelled.id}/cancel`);
    const line = body.order.lines[0].reservation_id;
    await eventually(async () =>
      expect(
        (await api("POST", `/reservations/${(await orderOf(cancelled.id)).lines[0].reservation_id}/release`)).body
          .status,
      ).toBe("released"),
    );
    const attacks = skips({ sku, cart, sold: hold.body.id, held: line, cancelled: cancelled.id });
    await expectNothingStored([stall, foreign], async () => {
      expect(await unrefused(attacks.map(([name, code, send]) => ({ name, expected: [code], send })))).toEqual([]);
    });
  });

  it("twice is once: a cancelled order gives its units and money back a single time", async () => {
    const { id, token, paymentId } = await placed();
    await play(paymentId, "paid");
    await eventually(async () => expect((await orderOf(id)).state).toBe("paid"));
    await eventually(async () => expect((await api("GET", `/stock/${stall.sku}`)).body.reserved).toBeLessThan(1_000));
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        api("POST", `/orders/${id}/cancel?token=${token}`, i % 2 ? { key: null } : {}),
      ),
    );
    expect(new Set(answers.map((it) => it.body.state))).toEqual(new Set(["cancelled"]));
    await eventually(async () =>
      expect((await orderOf(id)).payments).toMatchObject([{ state: "refunded", refunded: { amount: 1_999 } }]),
    );
    expect((await orderOf(id)).history.map((it: { note: string }) => it.note)).toHaveLength(4);
    await expectInvariantsHold();
  });

  it("after the shipping is no way back", async () => {
    const { id, paymentId, token } = await placed();
    await play(paymentId, "paid");
    await eventually(async () => expect((await orderOf(id)).state).toBe("paid"));
    for (const to of ["fulfilling", "shipped"]) await api("POST", `/orders/${id}/transitions`, { body: { to } });
    const cancelled = await api("POST", `/orders/${id}/cancel?token=${token}`, { key: null });
    expect([cancelled.status, cancelled.body.current_state]).toEqual([409, "shipped"]);
    expect((await api("POST", `/orders/${id}/transitions`, { body: { to: "fulfilling" } })).status).toBe(409);
  });

  it("taken by many at once is taken by one: payments opened together are one attempt", async () => {
    const { id, paymentId } = await placed();
    await play(paymentId, "declined");
    const opened = await Promise.all(
      Array.from({ length: 10 }, () => post(`/orders/${id}/payments`, { payment_provider: "sandbox" })()),
    );
    const ids = (await orderOf(id)).payments.map((it: { id: string }) => it.id);
    expect(new Set(ids).size).toBe(ids.length);
    await Promise.all(ids.map((it: string) => play(it, "paid")));
    await eventually(async () => {
      const { state, payments } = await orderOf(id);
      const kept = payments.filter((it: { state: string }) => it.state === "paid");
      expect([state, kept.length]).toEqual(["paid", 1]);
      const rest = payments.filter((it: { state: string }) => it.state !== "paid");
      for (const it of rest) expect(it.refunded).toEqual(it.captured);
      expect(rest.every((it: { state: string }) => it.state === "refunded")).toBe(true);
    });
    expect(opened.every((it) => it.status === 201)).toBe(true);
    await expectInvariantsHold();
  });

  it("cannot be tried without end", async () => {
    const { id } = await placed();
    const codes = new Set<string>();
    for (let i = 0; i < 60; i++)
      codes.add((await post(`/orders/${id}/payments`, { payment_provider: "sandbox" })()).body.code);
    expect(codes).toEqual(new Set([undefined, "too_many_payments"]));
    expect((await orderOf(id)).payments.length).toBeLessThanOrEqual(50);
  });
});
