import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { forgetOldMails, sendDue } from "../../../../src/capabilities/selling/mail/actions/send-mail.ts";
import { postLetter } from "../../../../src/capabilities/selling/mail/actions.ts";
import { deliverEvents } from "../../../../src/edge/deliver-events.ts";
import { systemContext } from "../../../../src/edge/system-context.ts";
import { api } from "../../../support/api.ts";
import { mailsTo, mailTo } from "../../../support/mails.ts";
import { openReceiver } from "../../../support/receiver.ts";
import { eventually } from "../../../support/settled.ts";
import { checkOut, fillCart, play, putOnSale } from "../../../support/shopper.ts";

const DAY_MS = 86_400_000;
beforeAll(() => putOnSale("MAIL-LAMP", 100));

async function buy(more: { email: string; body?: object }) {
  const { body } = await checkOut(await fillCart({ "MAIL-LAMP": 2 }), more);
  return { order: body.order, token: body.order_token as string, payment: body.payment.id as string };
}

/** A shop's background work with another mail provider; what it starts is waited for by `settled`. */
async function contextWith(vars: Partial<Env>, later = 0) {
  const started: Promise<unknown>[] = [];
  const exec = { waitUntil: (work: Promise<unknown>) => started.push(work) } as unknown as ExecutionContext;
  const ctx = await systemContext({ ...env, ...vars }, exec, "demo");
  if (!ctx) throw new Error("there is no shop");
  ctx.now = () => Date.now() + later;
  return { ctx, settled: () => Promise.all(started) };
}
const letter = { locale: "en", subject: "Lamps\r\nBcc: a@example.com", paragraphs: ["<b>Bright</b>"] } as const;
const postOf = (to: string) => ({ key: to, kind: "test", to, letter });

describe("the mail of an order", () => {
  it("comes when it is paid, in the order's language, and leads to its page", async () => {
    const { order, token, payment } = await buy({ email: "zh.buyer@example.com", body: { locale: "zh-CN" } });
    expect(await mailsTo("zh.buyer@example.com", "order_confirmation")).toEqual([]);
    await play(payment, "paid");
    const mail = await mailTo("zh.buyer@example.com", "order_confirmation");
    expect(mail.subject).toMatch(/^你在Ten Lamps的订单 /);
    expect(mail.text).toContain("2 × Product MAIL-LAMP");
    expect(mail.href).toBe(`http://demo.localhost/orders/${order.id}?token=${token}`);
  });

  it("leads to the shop's own domain once it is proven, and back to the platform's when it is given up", async () => {
    const shop = "demo";
    const host = "mail-lamps.example.com";
    await api("POST", "/shop/hosts", { shop, body: { host } });
    const hrefFor = async (email: string) => {
      await play((await buy({ email })).payment, "paid");
      return new URL((await mailTo(email, "order_confirmation")).href).host;
    };
    expect(await hrefFor("domain.pending@example.com")).toBe("demo.localhost");
    await api("POST", `/tenants/${shop}/hosts/${host}/verification`, { key: env.OPERATOR_KEY });
    expect(await hrefFor("domain.own@example.com")).toBe(host);
    await api("DELETE", `/shop/hosts/${host}`, { shop });
    expect(await hrefFor("domain.gone@example.com")).toBe("demo.localhost");
  });

  it("is one, however often the event is delivered", async () => {
    const { order, payment } = await buy({ email: "once@example.com" });
    await play(payment, "paid");
    await mailTo("once@example.com", "order_confirmation");
    const { ctx } = await contextWith({});
    const body = { id: "evt_again", tenantId: "demo", type: "order.paid", at: 0, arm: "control" };
    const message = {
      body: { ...body, payload: { order_id: order.id } },
      ack: () => undefined,
      retry: () => undefined,
    };
    const batch = { queue: "souk-events", messages: Array.from({ length: 5 }, () => message) };
    await deliverEvents(batch as never, env, { waitUntil: ctx.waitUntil } as never);
    expect(await mailsTo("once@example.com", "order_confirmation")).toHaveLength(1);
  });
});

describe("a mail provider", () => {
  it.each([
    ["cloudflare", { address: "shop@example.com", name: "Ten Lamps" }],
    ["resend", '"Ten Lamps" <shop@example.com>'],
  ])("%s is sent each mail once, after as many failures as it takes", async (provider, from) => {
    const receiver = openReceiver();
    await receiver.answers({ status: 500 }, { status: 429 }, { status: 200, body: "{}" });
    const vars = {
      MAIL_PROVIDER: provider,
      MAIL_API_URL: receiver.url,
      MAIL_API_KEY: "k1",
      MAIL_FROM: "shop@example.com",
    };
    const to = `${provider}@example.com`;
    const first = await contextWith(vars);
    await Promise.all([postLetter(first.ctx, postOf(to)), postLetter(first.ctx, postOf(to))]);
    await first.settled();
    expect(await receiver.received()).toHaveLength(1);
    await sendDue((await contextWith(vars)).ctx);
    expect(await receiver.received(), "not before its time").toHaveLength(1);
    const { ctx: soon } = await contextWith(vars, 61_000);
    await Promise.all([sendDue(soon), sendDue(soon)]);
    expect(await receiver.received()).toHaveLength(2);
    await sendDue((await contextWith(vars, 300_000)).ctx);
    await sendDue((await contextWith(vars, DAY_MS)).ctx);
    const got = await receiver.received();
    expect(got).toHaveLength(3);
    const [mail] = await mailsTo(to, "test");
    expect(mail).toMatchObject({ state: "sent", attempts: 3, failure: null });
    expect(got.map((it) => it.headers["idempotency-key"])).toEqual([mail?.id, mail?.id, mail?.id]);
    expect(got[2]?.headers.authorization).toBe("Bearer k1");
    const sent = JSON.parse(got[2]?.body ?? "");
    expect(sent).toMatchObject({ from, to: [to], subject: "Lamps Bcc: a@example.com" });
    expect([sent.text, sent.html]).toEqual([
      expect.stringContaining("<b>Bright</b>"),
      expect.stringContaining("&lt;b&gt;Bright&lt;/b&gt;"),
    ]);
    const read = await api("GET", `/mails/${mail?.id}`);
    expect(read.body.text, "the provider has it").toBeNull();
  });

  it("that refuses a mail, or none at all, ends it, and what it said is kept nowhere", async () => {
    const receiver = openReceiver();
    await receiver.answers({ status: 422 });
    const refusing = {
      MAIL_PROVIDER: "resend",
      MAIL_API_URL: receiver.url,
      MAIL_API_KEY: "",
      MAIL_FROM: "a@example.com",
    };
    for (const [to, vars, state] of [
      ["refused@example.com", refusing, "failed"],
      ["nobody@example.com", { MAIL_PROVIDER: "" }, "unsent"],
    ] as const) {
      const { ctx, settled } = await contextWith(vars);
      await postLetter(ctx, postOf(to));
      await settled();
      expect(await mailsTo(to, "test")).toMatchObject([{ state }]);
    }
    const { results } = await env.DB.prepare("SELECT body FROM mails WHERE kind = 'test'").all();
    expect(results.filter((it) => it.body !== null)).toEqual([]);
  });

  it("that is missing leaves staff what they may pass on: links that open nothing alone", async () => {
    const { ctx, settled } = await contextWith({ MAIL_PROVIDER: "" });
    await postLetter(ctx, { ...postOf("passed.on@example.com"), kind: "passed_on", opensNothingAlone: true });
    await settled();
    const [mail] = await mailsTo("passed.on@example.com", "passed_on");
    const read = await api("GET", `/mails/${mail?.id}`);
    expect([mail?.state, read.body.text]).toEqual(["unsent", expect.stringContaining("<b>Bright</b>")]);
  });

  it("is not asked to send what has run out, nor forever", async () => {
    const receiver = openReceiver();
    await receiver.answers({ status: 500 });
    const vars = { MAIL_PROVIDER: "resend", MAIL_API_URL: receiver.url, MAIL_API_KEY: "", MAIL_FROM: "a@example.com" };
    const late = await contextWith(vars);
    await postLetter(late.ctx, { ...postOf("late@example.com"), sendBefore: Date.now() - 1 });
    await late.settled();
    expect(await mailsTo("late@example.com", "test")).toMatchObject([{ state: "failed", failure: "too late" }]);
    expect(await receiver.received()).toEqual([]);
    const hopeless = await contextWith(vars);
    await postLetter(hopeless.ctx, postOf("hopeless@example.com"));
    await hopeless.settled();
    for (let day = 1; day <= 12; day++) await sendDue((await contextWith(vars, day * DAY_MS)).ctx);
    expect(await receiver.received()).toHaveLength(11);
    expect(await mailsTo("hopeless@example.com", "test")).toMatchObject([{ state: "failed", failure: "answered 500" }]);
  });
});

describe("the outbox", () => {
  it("forgets mails after 14 days", async () => {
    const { ctx, settled } = await contextWith({ MAIL_PROVIDER: "console" });
    await postLetter(ctx, postOf("old@example.com"));
    await settled();
    await forgetOldMails((await contextWith({}, 13 * DAY_MS)).ctx);
    expect(await mailsTo("old@example.com", "test")).toHaveLength(1);
    await forgetOldMails((await contextWith({}, 15 * DAY_MS)).ctx);
    await eventually(async () => expect(await mailsTo("old@example.com", "test")).toEqual([]));
  });
});
