import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { beforeAll, describe, expect, it } from "vitest";
import { sandboxSecret } from "../../src/capabilities/selling/payments/providers/sandbox.ts";
import { api, type Call } from "../support/api.ts";
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
    const move = (id: string, to: string) => post(`/orders/${id}/transitions`, { to });
    const line = body.order.lines[0].reservation_id;
    await eventually(async () =>
      expect(
        (await api("POST", `/reservations/${(await orderOf(cancelled.id)).lines[0].reservation_id}/release`)).body
          .status,
      ).toBe("released"),
    );
    const attacks = [
      ["confirm what was released", "reservation_released", post(`/reservations/${stall.settledId}/confirm`)],
      ["release what was sold", "reservation_confirmed", post(`/reservations/${hold.body.id}/release`)],
      [
        "confirm what never was",
        "unknown_reservation",
        post(`/reservations/${line.replace(/\.\w+$/, ".zzzz")}/confirm`),
      ],
      ...["fulfilling", "shipped", "delivered", "completed"].map(
        (to) => [`${to} before paid`, "illegal_transition", move(stall.orderId, to)] as const,
      ),
      ...["shipped", "delivered", "completed"].map(
        (to) => [`${to} before fulfilling`, "illegal_transition", move(stall.paid.orderId, to)] as const,
      ),
      ...["fulfilling", "completed"].map(
        (to) => [`${to} after cancelled`, "illegal_transition", move(cancelled.id, to)] as const,
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
        post(`/orders/${cancelled.id}/payments`, { payment_provider: "sandbox" }),
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
    ] as const;
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

describe("a notification", () => {
  const note = (payment: string, type = "payment.paid") => JSON.stringify({ type, data: { payment_id: payment } });
  const signed = (body: string, { at = 0, shop = "demo", id = "msg_1" } = {}): Record<string, string> => {
    const when = new Date(Date.now() + at * 1000);
    return {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(when.getTime() / 1000)),
      "webhook-signature": new Webhook(sandboxSecret(env.SOUK_SECRET, shop)).sign(id, when, body),
    };
  };
  const notify = (raw: BodyInit, headers: Record<string, string>, more: Call & { to?: string } = {}) =>
    api("POST", `/payments/webhooks/${more.to ?? "sandbox"}`, { key: null, raw, headers, ...more });

  it("that the provider did not send is refused, and none changes what the bank says", async () => {
    const good = note(stall.paymentId);
    const own = signed(good);
    const signature = own["webhook-signature"] ?? "";
    const without = (name: string) => Object.fromEntries(Object.entries(own).filter(([it]) => it !== name));
    const forged = (value: string) => ({ ...own, "webhook-signature": value });
    const odd = (text: string) =>
      [`signed, but ${JSON.stringify(text).slice(0, 40)}`, "malformed_body", () => notify(text, signed(text))] as const;
    const attacks = [
      ["nothing signed", "bad_signature", () => notify(good, {})],
      ...Object.keys(own).map(
        (name) => [`without ${name}`, "bad_signature", () => notify(good, without(name))] as const,
      ),
      ...[
        "",
        "v1",
        "v1,",
        "v1,AAAA",
        "v2,AAAA",
        signature.slice(3),
        signature.replace("v1", "v0"),
        signature.slice(0, -2),
        signature.toUpperCase(),
        "v1,é",
        "x".repeat(9_000),
      ].map((it) => [`signature ${it.slice(0, 20)}`, "bad_signature", () => notify(good, forged(it))] as const),
      ...["0", "-1", "NaN", "1e99", "9999999999999", "", "x"].map(
        (it) => [`time ${it}`, "bad_signature", () => notify(good, { ...own, "webhook-timestamp": it })] as const,
      ),
      ["another id", "bad_signature", () => notify(good, { ...own, "webhook-id": "msg_2" })],
      ["301 seconds old", "bad_signature", () => notify(good, signed(good, { at: -302 }))],
      ["301 seconds ahead", "bad_signature", () => notify(good, signed(good, { at: 302 }))],
      ["another shop's signature", "bad_signature", () => notify(good, signed(good, { shop: "acme" }))],
      ["written anew", "bad_signature", () => notify(JSON.stringify(JSON.parse(good), null, 1), own)],
      ["longer by a blank", "bad_signature", () => notify(`${good} `, own)],
      ["about another payment", "bad_signature", () => notify(note(stall.paid.paymentId), own)],
      ...[
        "",
        "{",
        "null",
        "[]",
        "{}",
        '"x"',
        '{"type":"payment.paid"}',
        note("pay_x"),
        note("__proto__"),
        note(`${stall.paymentId} `),
        '{"type":1,"data":{"payment_id":1}}',
      ].map(odd),
      [
        "an unknown payment",
        "payment_unverified",
        () => notify(note("pay_0001m7yy6y2rfvps44tgyvgmhag2_1"), signed(note("pay_0001m7yy6y2rfvps44tgyvgmhag2_1"))),
      ],
      [
        "another shop's payment",
        "payment_unverified",
        () => notify(note(foreign.paid.paymentId), signed(note(foreign.paid.paymentId))),
      ],
      ["paid, which the bank does not know", "payment_unverified", () => notify(good, own)],
      ...["stripe", "__proto__", "constructor", "Sandbox", "toString"].map(
        (to) => [`to ${to}`, "unknown_provider", () => notify(good, own, { to })] as const,
      ),
      ["of 2 MB", "body_too_large", () => notify(" ".repeat(2_097_152), own)],
      ["no UTF-8", "malformed_body", () => notify(Buffer.from([0xff]), own)],
    ] as const;
    await expectNothingStored([stall, foreign], async () => {
      expect(await unrefused(attacks.map(([name, code, send]) => ({ name, expected: [code], send })))).toEqual([]);
    });
  });

  it("repeated three times at once, late and in reverse is one effect", async () => {
    const { id, paymentId } = await placed();
    await play(paymentId, "duplicate_notification");
    const [paid, declined] = [note(paymentId), note(paymentId, "payment.declined")];
    await eventually(async () => {
      const answers = await Promise.all(
        [declined, paid, paid, paid, declined].map((body, i) => notify(body, signed(body, { at: -i * 60 }))),
      );
      expect(answers.map((it) => it.status)).toEqual([200, 200, 200, 200, 200]);
      expect((await orderOf(id)).state).toBe("paid");
    });
    const { payments, history } = await orderOf(id);
    expect(payments).toMatchObject([{ state: "paid", captured: { amount: 1_999 }, refunded: { amount: 0 } }]);
    expect(history).toHaveLength(2);
    await expectInvariantsHold();
  });
});
