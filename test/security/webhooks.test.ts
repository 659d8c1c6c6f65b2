import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { beforeAll, describe, expect, it } from "vitest";
import { sandboxSecret } from "../../src/capabilities/selling/payments/providers/sandbox.ts";
import { type Answer, api, type Call } from "../support/api.ts";
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

const orderOf = async (id: string) => (await api("GET", `/orders/${id}`)).body;

type Attack = readonly [name: string, code: string, send: () => Promise<Answer>];

/** Notifications that the provider did not sign, or not now. */
function forgeries(): Attack[] {
  const good = note(stall.paymentId);
  const own = signed(good);
  const signature = own["webhook-signature"] ?? "";
  const without = (name: string) => Object.fromEntries(Object.entries(own).filter(([it]) => it !== name));
  const forged = (value: string) => ({ ...own, "webhook-signature": value });
  return [
    ["nothing signed", "bad_signature", () => notify(good, {})],
    ...Object.keys(own).map((name) => [`without ${name}`, "bad_signature", () => notify(good, without(name))] as const),
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
    ["too old", "bad_signature", () => notify(good, signed(good, { at: -302 }))],
    ["too far ahead", "bad_signature", () => notify(good, signed(good, { at: 360 }))],
    ["another shop's signature", "bad_signature", () => notify(good, signed(good, { shop: "acme" }))],
    ["written anew", "bad_signature", () => notify(JSON.stringify(JSON.parse(good), null, 1), own)],
    ["longer by a blank", "bad_signature", () => notify(`${good} `, own)],
    ["about another payment", "bad_signature", () => notify(note(stall.paid.paymentId), own)],
  ];
}

/** Well signed, but about nothing that the shop should act on. */
function wrongNotes(): Attack[] {
  const good = note(stall.paymentId);
  const own = signed(good);
  const odd = (text: string) =>
    [`signed, but ${JSON.stringify(text).slice(0, 40)}`, "malformed_body", () => notify(text, signed(text))] as const;
  return [
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
  ];
}

describe("a notification", () => {
  it("that the provider did not send is refused, and none changes what the bank says", async () => {
    const attacks = [...forgeries(), ...wrongNotes()];
    await expectNothingStored([stall, foreign], async () => {
      expect(await unrefused(attacks.map(([name, code, send]) => ({ name, expected: [code], send })))).toEqual([]);
    });
  });

  it("repeated three times at once, late and in reverse is one effect", async () => {
    const { body } = await checkOut(await fillCart({ [stall.sku]: 1 }));
    const [id, paymentId] = [body.order.id, body.payment.id];
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
