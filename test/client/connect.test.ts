import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { connect, each, orThrow, Refused } from "../../src/client/connect.ts";
import { api, openShop, shopKey } from "../support/api.ts";
import { checkOut, fillCart, putOnSale } from "../support/shopper.ts";

const url = "http://demo.localhost";
const toWorker: typeof fetch = (input, init) => exports.default.fetch(new Request(input, init));

/** The way to the shop, with what stands in it at the first calls; and what went through. */
function way(...obstacles: ((request: Request) => Promise<Response>)[]) {
  const sent: Request[] = [];
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    sent.push(request.clone());
    const obstacle = obstacles.shift();
    return obstacle ? obstacle(request) : toWorker(request);
  };
  return { sent, send };
}

const answerLost = async (request: Request): Promise<Response> => {
  await (await toWorker(request)).arrayBuffer();
  throw new TypeError("The connection was reset.");
};
const says =
  (status: number, headers: Record<string, string>, body = "") =>
  async () =>
    new Response(body, { status, headers });

let apiKey: string;
beforeAll(async () => {
  apiKey = await shopKey("demo");
  await putOnSale("LAMP", 50);
});

describe("a call", () => {
  it("answers the value and what was told beside it", async () => {
    const read = await connect({ url, fetch: toWorker }).readStock({ sku: "LAMP" });
    expect(read).toMatchObject({ ok: true, value: { sku: "LAMP", on_hand: 50 }, call: { status: 200, attempts: 1 } });
    expect(read.call.requestId).toMatch(/^\S+$/);
  });

  it("answers a refusal as a problem, never as an error", async () => {
    const souk = connect({ url, apiKey, fetch: toWorker });
    const refused = await souk.readStock({ sku: "NONE/../LAMP" });
    expect(refused).toMatchObject({ ok: false, problem: { code: "invalid_request" }, call: { status: 422 } });
    const soldOut = await souk.reserveStock({ sku: "LAMP", buyer: "b", quantity: 51 });
    expect(soldOut).toMatchObject({ ok: false, problem: { code: "sold_out", status: 409 } });
    expect(() => orThrow(soldOut)).toThrow(Refused);
  });

  it("reads the receipt and the limits of a partner's key", async () => {
    const { body } = await api("POST", "/api-keys", { body: { name: "P", plan: "bronze", scopes: ["orders:read"] } });
    const { call } = await connect({ url, apiKey: body.key, fetch: toWorker }).listOrders();
    expect(call.receipt).toMatchObject({ units: 1, currency: "USD", remaining: expect.any(Number) });
    expect(Number(call.receipt?.cost)).toBeGreaterThan(0);
    expect(call.limits.length).toBeGreaterThan(0);
    for (const limit of call.limits) expect(limit.left).toBeLessThanOrEqual(limit.limit);
  });

  it("reads text as text and no JSON", async () => {
    const csv = orThrow(await connect({ url, apiKey, fetch: toWorker }).exportCatalog());
    expect(csv).toContain("Handle,Title");
  });
});

describe("a call that is sent again", () => {
  it("has one effect when its answer was lost, since its key stays the same", async () => {
    const { sent, send } = way(answerLost, answerLost);
    const held = await connect({ url, apiKey, fetch: send }).reserveStock({ sku: "LAMP", buyer: "lost", quantity: 3 });
    expect(held).toMatchObject({
      ok: true,
      value: { quantity: 3, outcome: "already_reserved" },
      call: { attempts: 3 },
    });
    const keys = new Set(sent.map((it) => it.headers.get("idempotency-key")));
    expect(keys).toEqual(new Set([held.call.key]));
    expect((await api("GET", "/stock/LAMP")).body.reserved).toBe(3);
  });

  it("has a new key for the next call, or the caller's", async () => {
    const { sent, send } = way();
    const souk = connect({ url, apiKey, fetch: send });
    for (const options of [{}, {}, { key: "mine" }])
      await souk.reserveStock({ sku: "LAMP", buyer: "keys", quantity: 1 }, options);
    const keys = sent.map((it) => it.headers.get("idempotency-key"));
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe("mine");
  });

  it("waits as long as it is told, unless that is longer than its caller's patience", async () => {
    const { sent, send } = way(says(503, { "retry-after": "0" }), says(429, { "retry-after": "0" }));
    const souk = connect({ url, apiKey, fetch: send, patienceMs: 2_000 });
    expect(await souk.readStock({ sku: "LAMP" })).toMatchObject({ ok: true, call: { attempts: 3 } });
    expect(sent).toHaveLength(3);
    const full = way(says(429, { "retry-after": "86400" }, '{"code":"quota_exhausted","status":429}'));
    const refused = await connect({ url, fetch: full.send, patienceMs: 2_000 }).readStock({ sku: "LAMP" });
    expect(refused).toMatchObject({ ok: false, problem: { code: "quota_exhausted" }, call: { attempts: 1 } });
  });

  it("is not sent again when it might have a second effect", async () => {
    const { sent, send } = way(answerLost);
    const souk = connect({ url, apiKey, fetch: send });
    const lost = await souk.createCollection({ handle: "once", title: "Once" });
    expect(lost).toMatchObject({ ok: false, problem: { code: "no_answer" }, call: { status: 0, attempts: 1 } });
    expect(sent).toHaveLength(1);
    expect((await souk.createCollection({ handle: "once", title: "Once" })).ok).toBe(false);
  });

  it("gives up after five, and says what stands in the way", async () => {
    const wall = says(503, { "retry-after": "0" }, "<h1>Bad gateway</h1>");
    const { sent, send } = way(...Array.from({ length: 9 }, () => wall));
    const result = await connect({ url, fetch: send }).readStock({ sku: "LAMP" });
    expect(result).toMatchObject({ ok: false, problem: { code: "unreadable_answer", status: 503 } });
    expect(sent).toHaveLength(5);
  });

  it("stops when its caller says so", async () => {
    const { send } = way(says(503, { "retry-after": "1" }));
    const souk = connect({ url, fetch: send });
    const signal = AbortSignal.timeout(50);
    await expect(souk.readStock({ sku: "LAMP" }, { signal })).rejects.toThrow(/timeout|abort/i);
  });
});

describe("each", () => {
  it("brings every item of a list, page by page", async () => {
    await openShop({ id: "pages", currency: "EUR" });
    await putOnSale("PAGED", 10, 500, "pages");
    const placed = new Set<string>();
    for (let i = 0; i < 5; i++)
      placed.add((await checkOut(await fillCart({ PAGED: 1 }, "pages"), { shop: "pages" })).body.order.id);
    const souk = connect({ url: "http://pages.localhost", apiKey: await shopKey("pages"), fetch: toWorker });
    await expect
      .poll(async () => {
        const found = new Set<string>();
        for await (const order of each(souk.listOrders, { limit: 2 })) found.add(order.id);
        return found;
      })
      .toEqual(placed);
  });

  it("throws what refuses a page", async () => {
    const orders = each(connect({ url, fetch: toWorker }).listOrders, {});
    await expect(orders.next()).rejects.toMatchObject({ name: "Refused", problem: { code: "unauthenticated" } });
  });
});

describe("client credentials", () => {
  const credentials = async () => {
    const { body } = await api("POST", "/api-keys", { body: { name: "O", scopes: ["orders:read"] } });
    return { clientId: body.api_key.id as string, clientSecret: body.key as string };
  };
  const tokensAsked = (sent: Request[]) => sent.filter((it) => it.url.endsWith("/oauth/token")).length;

  it("fetch one token for many calls", async () => {
    const { sent, send } = way();
    const souk = connect({ url, oauth: await credentials(), fetch: send });
    const all = await Promise.all([souk.listOrders(), souk.listOrders(), souk.listOrders()]);
    expect(all.map((it) => it.ok)).toEqual([true, true, true]);
    expect((await souk.listOrders()).ok).toBe(true);
    expect(tokensAsked(sent)).toBe(1);
  });

  it("fetch another once when a token is refused", async () => {
    const forged = says(200, { "content-type": "application/json" }, '{"access_token":"a.b.c","expires_in":600}');
    const { sent, send } = way(forged);
    const souk = connect({ url, oauth: await credentials(), fetch: send });
    expect((await souk.listOrders()).ok).toBe(true);
    expect(tokensAsked(sent)).toBe(2);
  });

  it("that are wrong are told as such", async () => {
    const oauth = { ...(await credentials()), clientSecret: "sk_live_wrong" };
    const refused = await connect({ url, oauth, fetch: toWorker }).listOrders();
    expect(refused).toMatchObject({ ok: false, problem: { code: "no_token", status: 401 } });
  });
});
