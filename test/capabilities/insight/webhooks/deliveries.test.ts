import { Webhook } from "standardwebhooks";
import { beforeAll, describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import { type Hook, openHook, openReceiver, passTime, type Receiver, verified } from "../../../support/receiver.ts";
import { eventually } from "../../../support/settled.ts";
import { checkOut, fillCart, play } from "../../../support/shopper.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
/** A sender's clock so far ahead sends nothing by itself while a test runs; receivers allow five minutes. */
const AHEAD = 180 * SECOND;

beforeAll(async () => {
  for (const [shop, currency] of [
    ["demo", "USD"],
    ["acme", "EUR"],
  ] as const) {
    const variants = [{ sku: "LAMP", price: { amount: 1_000, currency }, on_hand: 1_000 }];
    const body = { handle: "lamp", title: "Lamp", status: "active", variants };
    expect((await api("POST", "/products", { shop, body })).status).toBe(201);
  }
});

async function buy(shop = "demo") {
  const placed = await checkOut(await fillCart({ LAMP: 1 }, shop), { shop });
  expect(placed.status, placed.text).toBe(201);
  return { orderId: placed.body.order.id as string, paymentId: placed.body.payment.id as string };
}

const deliveries = async (hook: Hook, query = "", shop = "demo") =>
  (await api("GET", `/webhook-endpoints/${hook.id}/deliveries${query}`, { shop })).body.data;
const health = async ({ id }: Hook) => (await api("GET", `/webhook-endpoints/${id}`)).body;

async function received(receiver: Receiver, count: number) {
  await eventually(async () => expect(await receiver.received()).toHaveLength(count));
  return receiver.received();
}

/** An endpoint that has one event whose first try failed, with its clock stopped ahead of time: `passTime` alone goes on. */
async function failingHook(...script: Parameters<Receiver["answers"]>) {
  const receiver = openReceiver();
  await receiver.answers(...script);
  const hook = await openHook(receiver.url, ["collection.changed"]);
  await passTime(hook, AHEAD);
  await happen();
  await eventually(async () => {
    await passTime(hook, 0);
    expect(await deliveries(hook)).toMatchObject([{ attempts: 1 }]);
  });
  return { receiver, hook };
}

const happen = (shop = "demo") =>
  api("POST", "/collections", { shop, body: { handle: `c-${crypto.randomUUID()}`, title: "C", product_handles: [] } });

describe("an endpoint", () => {
  it("gets the events it chose, signed, and no others", async () => {
    const receiver = openReceiver();
    const hook = await openHook(receiver.url, ["order.placed", "order.paid"]);
    const { orderId, paymentId } = await buy();
    await happen();
    await play(paymentId, "paid");
    const sent = (await received(receiver, 2)).map((it) => ({ ...it, event: verified(it, hook.secret) }));
    expect(sent.map(({ event }) => [event.type, event.data])).toEqual(
      expect.arrayContaining([
        ["order.placed", { order_id: orderId }],
        ["order.paid", { order_id: orderId }],
      ]),
    );
    const [first] = sent;
    expect(first).toMatchObject({ method: "POST", headers: { "content-type": "application/json" } });
    expect(first?.headers["webhook-id"]).toMatch(/^evt_[0-9a-z]{26}$/);
    const last_attempt = { attempt: 1, status: 200, failure: null, answer: "ok" };
    const delivered = { state: "delivered", attempts: 1, next_attempt_at: null, last_attempt };
    // What arrived is written down when its answer is here.
    await eventually(async () => expect(await deliveries(hook)).toMatchObject([delivered, delivered]));
  });

  it("is the shop's own: another shop's events never reach it", async () => {
    const [ours, theirs] = [openReceiver(), openReceiver()];
    const [hook] = [await openHook(ours.url, ["order.placed"]), await openHook(theirs.url, ["order.placed"], "acme")];
    const { orderId } = await buy("acme");
    expect(JSON.parse((await received(theirs, 1))[0]?.body ?? "").data).toEqual({ order_id: orderId });
    const own = await buy();
    const [only] = await received(ours, 1);
    expect(verified(only ?? expect.fail(), hook.secret).data).toEqual({ order_id: own.orderId });
    const path = `/webhook-endpoints/${hook.id}`;
    expect((await api("GET", path, { shop: "acme" })).body.code).toBe("unknown_endpoint");
    expect((await api("GET", `${path}/deliveries`, { shop: "acme" })).status).toBe(404);
  });

  it("gets an event once, however often the queue brings it", async () => {
    const receiver = openReceiver();
    const hook = await openHook(receiver.url, ["order.placed"]);
    const message = { id: "evt_twice", type: "order.placed", at: Date.now(), body: "{}" };
    await Promise.all([1, 2, 3].map(() => hook.sender.take(message)));
    await received(receiver, 1);
    await hook.sender.take(message);
    await passTime(hook, DAY);
    expect(await receiver.received()).toHaveLength(1);
  });
});

describe("a delivery that fails", () => {
  it("is tried again with the same id and a fresh time, until it is answered 2xx", async () => {
    const { receiver, hook } = await failingHook({ status: 503 }, { status: 500, body: "sorry" }, { status: 204 });
    expect(await passTime(hook, 3 * SECOND), "too early").toBe(false);
    expect(await passTime(hook, 4 * SECOND)).toBe(true);
    expect(await deliveries(hook)).toMatchObject([
      { state: "waiting", attempts: 2, last_attempt: { status: 500, failure: "refused", answer: "sorry" } },
    ]);
    await passTime(hook, 30 * SECOND);
    expect(await deliveries(hook)).toMatchObject([{ state: "delivered", attempts: 3 }]);
    const tries = await receiver.received();
    expect(new Set(tries.map((it) => it.headers["webhook-id"])).size).toBe(1);
    expect(new Set(tries.map((it) => it.headers["webhook-timestamp"])).size).toBeGreaterThan(1);
    for (const it of tries) expect(verified(it, hook.secret).type).toBe("collection.changed");
    const { body } = await api("GET", `/webhook-endpoints/${hook.id}/deliveries/${tries[0]?.headers["webhook-id"]}`);
    expect(body.log.map((it: { status: number }) => it.status)).toEqual([204, 500, 503]);
    expect(body.body).toBe(tries[0]?.body);
  });

  it("is dead after three days of tries, and can be replayed", async () => {
    const { receiver, hook } = await failingHook({ status: 500 });
    for (let hours = 0; hours < 4 * 24; hours++) await passTime(hook, HOUR);
    const [dead] = await deliveries(hook, "?state=dead");
    expect(dead).toMatchObject({ state: "dead", attempts: 11, next_attempt_at: null });
    expect((await health(hook)).health).toMatchObject({ waiting: 0, dead: 1 });
    await receiver.answers({ status: 200 });
    const replayed = await api("POST", `/webhook-endpoints/${hook.id}/deliveries/${dead.id}/replay`);
    expect([replayed.status, replayed.body.state]).toEqual([202, "waiting"]);
    await passTime(hook, HOUR);
    expect(await deliveries(hook)).toMatchObject([{ state: "delivered", attempts: 12 }]);
    const ids = (await receiver.received()).map((it) => it.headers["webhook-id"]);
    expect(new Set(ids)).toEqual(new Set([dead.id]));
  });

  it("waits as long as the receiver asks", async () => {
    const { hook } = await failingHook({ status: 429, headers: { "retry-after": "3600" } }, { status: 200 });
    expect(await passTime(hook, HOUR - 60 * SECOND)).toBe(false);
    expect(await passTime(hook, 2 * 60 * SECOND)).toBe(true);
  });

  it.each<[string, Parameters<Receiver["answers"]>[0], object]>([
    ["a redirect", { status: 302, headers: { location: "/hooks/elsewhere" } }, { status: 302, failure: "redirected" }],
    ["a late answer", { delay_ms: 60_000 }, { status: null, failure: "timed_out" }],
  ])("is one by %s, which is not followed", async (_, script, expected) => {
    const { receiver, hook } = await failingHook(script);
    expect(await deliveries(hook)).toMatchObject([{ state: "waiting", last_attempt: expected }]);
    expect(await receiver.received()).toHaveLength(1);
  });

  it("is one when nobody listens", async () => {
    const hook = await openHook("http://127.0.0.1:9/", ["webhook_endpoint.disabled"]);
    const { body } = await api("POST", `/webhook-endpoints/${hook.id}/test`);
    expect(body).toMatchObject({
      delivered: false,
      delivery: { last_attempt: { failure: "unreachable", status: null } },
    });
  });

  it("does not keep more than the first kilobyte of an answer, nor wait for its end", async () => {
    const receiver = openReceiver();
    await receiver.answers({ status: 200, body: "x".repeat(700), endless: true });
    const hook = await openHook(receiver.url, ["order.placed"]);
    const { body } = await api("POST", `/webhook-endpoints/${hook.id}/test`);
    expect(body.delivered).toBe(true);
    expect(body.delivery.last_attempt.answer).toBe("x".repeat(1_024));
  });
});

describe("the breaker", () => {
  it("opens after five failures in a row, probes with one try, and closes when that succeeds", async () => {
    const receiver = openReceiver();
    await receiver.answers({ status: 500 });
    const hook = await openHook(receiver.url, ["order.placed"]);
    await passTime(hook, AHEAD);
    for (let i = 0; i < 12; i++)
      await hook.sender.take({ id: `evt_${i}`, type: "order.placed", at: Date.now(), body: "{}" });
    await passTime(hook, 0);
    expect((await health(hook)).health).toMatchObject({ breaker: "open", waiting: 12 });
    const before = (await receiver.received()).length;
    expect(before).toBeLessThanOrEqual(10);
    expect(await passTime(hook, 20 * SECOND), "it rests").toBe(false);
    await passTime(hook, 11 * SECOND);
    expect(await receiver.received(), "one probe").toHaveLength(before + 1);
    expect((await health(hook)).health).toMatchObject({ breaker: "open" });
    await receiver.answers({ status: 200 });
    await passTime(hook, 61 * SECOND);
    expect((await health(hook)).health).toMatchObject({ breaker: "closed", failures_in_a_row: 0, failing_since: null });
    await passTime(hook, HOUR);
    expect((await health(hook)).health).toMatchObject({ waiting: 0, dead: 0 });
  });

  it("switches the endpoint off after five days without a success, and an event says so", async () => {
    const other = openReceiver();
    const watch = await openHook(other.url, ["webhook_endpoint.disabled"]);
    const { hook } = await failingHook({ status: 500 });
    for (let hours = 0; hours < 6 * 24; hours += 6) {
      await hook.sender.take({ id: `evt_${hours}`, type: "collection.changed", at: Date.now(), body: "{}" });
      await passTime(hook, 6 * HOUR);
    }
    const off = await health(hook);
    expect(off).toMatchObject({ enabled: false, disabled_reason: "failing", health: { waiting: 0 } });
    const [told] = await received(other, 1);
    expect(verified(told ?? expect.fail(), watch.secret)).toMatchObject({
      type: "webhook_endpoint.disabled",
      data: { endpoint_id: hook.id, reason: "failing" },
    });
  });

  it("does not matter to a receiver that is gone for good", async () => {
    const { hook } = await failingHook({ status: 410 });
    expect(await health(hook)).toMatchObject({ enabled: false, disabled_reason: "gone" });
    expect(await deliveries(hook)).toMatchObject([{ state: "dead" }]);
    const replay = await api("POST", `/webhook-endpoints/${hook.id}/replays`, {
      body: { from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" },
    });
    expect(replay.body.code).toBe("endpoint_disabled");
    const on = await api("PATCH", `/webhook-endpoints/${hook.id}`, { body: { enabled: true } });
    expect(on.body).toMatchObject({ enabled: true, disabled_reason: null, disabled_at: null });
    expect((await health(hook)).health).toMatchObject({ breaker: "closed", failures_in_a_row: 0 });
  });
});

describe("a secret", () => {
  it("goes on to sign for the time that was asked for, beside the new one", async () => {
    const receiver = openReceiver();
    const hook = await openHook(receiver.url, ["order.placed"]);
    const rotated = await api("POST", `/webhook-endpoints/${hook.id}/rotate-secret`, { body: { old_valid_hours: 1 } });
    expect(rotated.status, rotated.text).toBe(200);
    expect(rotated.body.secret).not.toBe(hook.secret);
    await api("POST", `/webhook-endpoints/${hook.id}/test`);
    const [both] = await receiver.received();
    for (const secret of [hook.secret, rotated.body.secret])
      expect(verified(both ?? expect.fail(), secret)).toBeTruthy();
    await passTime(hook, HOUR);
    await api("POST", `/webhook-endpoints/${hook.id}/test`);
    const [, late] = await receiver.received();
    expect(late?.headers["webhook-signature"]).not.toContain(" ");
    const now = Object.assign({}, late?.headers);
    const at = new Date(Number(now["webhook-timestamp"]) * SECOND);
    const sign = (secret: string) => new Webhook(secret).sign(now["webhook-id"] ?? "", at, late?.body ?? "");
    expect(now["webhook-signature"]).toBe(sign(rotated.body.secret));
  });

  it("is shown once, and two rotations at once lose none", async () => {
    const hook = await openHook(openReceiver().url, ["order.placed"]);
    const path = `/webhook-endpoints/${hook.id}`;
    const answers = await Promise.all(
      [1, 2, 3].map(() => api("POST", `${path}/rotate-secret`, { body: { old_valid_hours: 1 } })),
    );
    const shown = answers.filter((it) => it.status === 200).map((it) => it.body.secret);
    expect(shown.length).toBeGreaterThan(0);
    for (const it of answers) expect(it.status === 200 || it.body.code === "changed_meanwhile").toBe(true);
    const texts = [
      await api("GET", path),
      await api("GET", "/webhook-endpoints"),
      await api("GET", `${path}/deliveries`),
    ];
    for (const { text } of texts) for (const it of [hook.secret, ...shown]) expect(text).not.toContain(it);
    for (let i = shown.length; i < 4; i++) await api("POST", `${path}/rotate-secret`, { body: {} });
    expect((await api("POST", `${path}/rotate-secret`, { body: {} })).body.code).toBe("too_many_secrets");
  });
});

describe("the log", () => {
  it("is paged, newest first, and a range of it is replayed", async () => {
    const receiver = openReceiver();
    const hook = await openHook(receiver.url, ["order.placed"]);
    const first = Date.now() - 10 * DAY;
    for (let i = 0; i < 5; i++)
      await hook.sender.take({ id: `evt_${i}`, type: "order.placed", at: first + i * DAY, body: `{"i":${i}}` });
    await received(receiver, 5);
    await eventually(async () => expect(await deliveries(hook, "?state=delivered")).toHaveLength(5));
    const path = `/webhook-endpoints/${hook.id}/deliveries`;
    const seen: string[] = [];
    for (let cursor = ""; ; ) {
      const { body } = await api("GET", `${path}?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.data.map((it: { id: string }) => it.id));
      if (!body.next_cursor) break;
      cursor = body.next_cursor;
    }
    expect(seen).toEqual(["evt_4", "evt_3", "evt_2", "evt_1", "evt_0"]);
    const day = (days: number) => new Date(first + days * DAY).toISOString();
    const body = { from: day(1), to: day(3), states: ["delivered"] };
    const replayed = await api("POST", `/webhook-endpoints/${hook.id}/replays`, { body });
    expect([replayed.status, replayed.body]).toEqual([202, { replayed: 2 }]);
    const again = (await received(receiver, 7)).slice(5).map((it) => it.headers["webhook-id"]);
    expect(again.sort()).toEqual(["evt_1", "evt_2"]);
    const lost = await api("GET", `${path}/evt_unknown`);
    expect(lost.body.code).toBe("unknown_delivery");
  });
});
