import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { forgetAudited } from "../../../../src/capabilities/money/gateway/actions.ts";
import { systemContext } from "../../../../src/edge/system-context.ts";
import { api, openShop } from "../../../support/api.ts";
import { eventually } from "../../../support/settled.ts";

const SHOP = "gate";
const put = (name: string, body: object, shop = SHOP) => api("PUT", `/gateway/plugins/${name}`, { shop, body });
const set = async (name: string, metadata: object, more: object = {}) => {
  const answer = await put(name, { enabled: true, version: 1, order: 10, metadata, ...more });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};
const off = (name: string, metadata: object) => set(name, metadata, { enabled: false });
const ask = (path: string, call: object = {}) => api("GET", path, { shop: SHOP, ...call });

const ISSUER = "https://issuer.example";
type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let pair: Pair;
const publicOf = async ({ publicKey }: Pair, kid: string) => ({ ...(await exportJWK(publicKey)), kid });
const tokenOf = ({ privateKey }: Pair, kid: string, claims: Record<string, unknown> = {}, seconds = 60) =>
  new SignJWT({ scope: "orders:read keys:write", iss: ISSUER, aud: "gate", sub: "anna", ...claims })
    .setProtectedHeader({ alg: "ES256", kid })
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(privateKey);
const terms = { issuer: ISSUER, audience: "gate", scopes: ["orders:read", "usage:read"] };

beforeAll(async () => {
  for (const id of [SHOP, "gate-2"]) await openShop({ id });
  pair = await generateKeyPair("ES256", { extractable: true });
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  for (const [name, metadata] of [
    ["rate-limit", { limit: 1, seconds: 1 }],
    ["audit", {}],
    ["jwt-auth", { ...terms, jwks: { keys: [await publicOf(pair, "k1")] } }],
  ] as const)
    await off(name, metadata);
});

describe("the plug-ins of a shop", () => {
  it("are listed in their order, with every version's metadata as a schema", async () => {
    await set("audit", {}, { order: 5 });
    const { data } = (await ask("/gateway/plugins")).body;
    expect(data.map((it: { name: string }) => it.name)).toEqual(["audit", "jwt-auth", "rate-limit"]);
    expect(data[0]).toMatchObject({ enabled: true, version: 1, order: 5, changed_by: expect.stringMatching(/^key_/) });
    expect(data[2].versions[0].metadata.properties.limit).toMatchObject({ type: "integer", minimum: 1 });
  });

  it.each([
    ["nonsense", {}, 404, "unknown_plugin"],
    ["rate-limit", { version: 2 }, 422, "unknown_version"],
    ["rate-limit", { metadata: { limit: 0, seconds: 1 } }, 422, "invalid_request"],
    ["rate-limit", { metadata: { limit: 5, seconds: 1, burst: 3 } }, 422, "invalid_request"],
    ["audit", { metadata: { keep_days: 4_000 } }, 422, "invalid_request"],
    ["jwt-auth", { metadata: { ...terms } }, 422, "invalid_request"],
    ["jwt-auth", { metadata: { ...terms, jwks_url: "http://10.0.0.1/jwks" } }, 422, "forbidden_address"],
    ["jwt-auth", { metadata: { ...terms, jwks_url: "https://metadata.internal/x" } }, 422, "forbidden_address"],
    ["jwt-auth", { metadata: { ...terms, scopes: ["*"], jwks_url: "https://a.example.com" } }, 422, "invalid_request"],
    ["jwt-auth", { metadata: { ...terms, jwks: { keys: [{ kty: "EC", kid: "a", d: "x" }] } } }, 422, "invalid_request"],
    ["jwt-auth", { metadata: { ...terms, jwks: { keys: [{ kty: "OKP", kid: "a" }] } } }, 422, "invalid_request"],
  ])("refuse %s with %j", async (name, wish, status, code) => {
    const answer = await put(name, { enabled: true, version: 1, order: 1, metadata: {}, ...wish });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it("give nobody more than who sets them has", async () => {
    const { body } = await api("POST", "/api-keys", {
      shop: SHOP,
      body: { name: "Gate", plan: "house", scopes: ["gateway:write", "orders:read"] },
    });
    const metadata = { ...terms, jwks: { keys: [await publicOf(pair, "k1")] } };
    const wish = { key: body.key, body: { enabled: true, version: 1, order: 1, metadata } };
    const answer = await api("PUT", "/gateway/plugins/jwt-auth", { shop: SHOP, ...wish });
    expect([answer.status, answer.body.code, answer.body.scopes]).toEqual([403, "scope_exceeded", ["usage:read"]]);
  });

  it("run in their order, which the answer names, and cost a shop without any nothing", async () => {
    await set("audit", {}, { order: 1 });
    await set("rate-limit", { limit: 1_000, seconds: 1 }, { order: 2 });
    const timing = (await ask("/orders")).headers.get("server-timing");
    expect(timing).toContain('plugins;desc="audit@1 rate-limit@1"');
    await set("audit", {}, { order: 3 });
    expect((await ask("/orders")).headers.get("server-timing")).toContain('desc="rate-limit@1 audit@1"');
    expect((await api("GET", "/orders", { shop: "gate-2" })).headers.get("server-timing")).not.toContain("plugins");
  });
});

describe("rate-limit", () => {
  it("lets exactly its limit through of many at once, by caller, and is off again without a restart", async () => {
    await set("rate-limit", { limit: 7, seconds: 3_600, operations: ["listOrders"] });
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask("/orders")));
    expect(answers.filter((it) => it.status === 200)).toHaveLength(7);
    const refused = answers.find((it) => it.status === 429);
    expect(refused?.body).toMatchObject({ code: "rate_limited", violated_policies: ["plug-in"] });
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask("/products")).status).toBe(200);
    expect((await api("GET", "/orders", { shop: "gate-2" })).status).toBe(200);
    await off("rate-limit", { limit: 7, seconds: 3_600 });
    expect((await ask("/orders")).status).toBe(200);
  });

  it("counts an IPv6 caller by the network they were given, whichever address of it they choose", async () => {
    await set("rate-limit", { limit: 2, seconds: 3_600, operations: ["listProducts"] });
    const from = async (address: string) =>
      (await ask("/products", { key: null, headers: { "cf-connecting-ip": address } })).status;
    const own = await Promise.all(["2001:db8:7:1::1", "2001:db8:7:1::2", "2001:db8:7:1:ffff::3"].map(from));
    expect(own.toSorted()).toEqual([200, 200, 429]);
    expect(await from("2001:db8:7:2::1")).toBe(200);
  });

  it("never closes the plug-ins' own operations", async () => {
    await set("rate-limit", { limit: 1, seconds: 3_600, by: "shop" });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await ask("/products")).status);
    expect(statuses).toEqual([200, 429, 429]);
    expect((await ask("/gateway/plugins")).status).toBe(200);
  });
});

describe("audit", () => {
  const trail = async (query = "") => (await ask(`/gateway/audit${query}`)).body;

  it("keeps who called what and how it was answered, page by page, and forgets after its days", async () => {
    await set("audit", { calls: "all", keep_days: 1 });
    for (const path of ["/orders", "/orders?limit=x", "/products"])
      await ask(path, { headers: { "x-request-id": "audited-call" } });
    await eventually(async () =>
      expect(
        (await trail()).data.filter((it: { request_id: string }) => it.request_id === "audited-call"),
      ).toMatchObject([
        { operation: "listProducts", status: 200, caller: expect.stringMatching(/^key_/) },
        { operation: "listOrders", status: 422 },
        { operation: "listOrders", status: 200 },
      ]),
    );
    await off("audit", {});
    const all = (await trail("?limit=100")).data;
    const paged = [];
    for (let cursor = ""; ; ) {
      const { data, next_cursor } = await trail(`?limit=2${cursor}`);
      paged.push(...data);
      if (!next_cursor) break;
      cursor = `&cursor=${next_cursor}`;
    }
    expect(paged).toEqual(all);
    expect((await api("GET", "/gateway/audit", { shop: "gate-2" })).body.data).toEqual([]);
    const exec = createExecutionContext();
    const ctx = await systemContext(env, exec, SHOP);
    if (!ctx) throw new Error("the shop is gone");
    const forgetAfter = (days: number) => forgetAudited({ ...ctx, now: () => Date.now() + days * 86_400_000 });
    await forgetAfter(0.9);
    expect((await trail("?limit=100")).data).toEqual(all);
    await forgetAfter(1.1);
    expect(
      (await trail("?limit=100")).data.some((it: { request_id: string }) => it.request_id === "audited-call"),
    ).toBe(false);
  });

  it("before another plug-in sees what that refuses, after it does not", async () => {
    await set("rate-limit", { limit: 1, seconds: 3_600, operations: ["listProducts"] }, { order: 2 });
    const refusedSeen = async (requestId: string) => {
      for (let i = 0; i < 2; i++) await ask("/products", { headers: { "x-request-id": requestId } });
      await ask("/shop", { headers: { "x-request-id": `${requestId}-end` } });
      let seen: { request_id: string; status: number }[] = [];
      await eventually(async () => {
        seen = (await trail()).data;
        expect(seen.some((it) => it.request_id === `${requestId}-end`)).toBe(true);
      });
      return seen.some((it) => it.request_id === requestId && it.status === 429);
    };
    await set("audit", { calls: "all" }, { order: 1 });
    expect(await refusedSeen("before-it")).toBe(true);
    await set("audit", { calls: "all" }, { order: 3 });
    expect(await refusedSeen("after-it1")).toBe(false);
  });
});

describe("jwt-auth", () => {
  const orders = async (key: string, path = "/orders") => (await ask(path, { key })).status;

  it("lets in a token of the shop's issuer, with the scopes that both name, and meters it by its plan", async () => {
    const token = await tokenOf(pair, "k1");
    expect(await orders(token)).toBe(401);
    await set("jwt-auth", { ...terms, jwks: { keys: [await publicOf(pair, "k1")] } });
    const answer = await ask("/orders", { key: token });
    expect([answer.status, answer.headers.get("souk-usage")?.split(",")[0]]).toEqual([200, "meter=orders"]);
    expect((await ask("/api-keys", { key: token })).body.code).toBe("forbidden");
    expect((await ask("/usage", { key: token })).body.code).toBe("forbidden");
    expect((await api("GET", "/orders", { shop: "gate-2", key: token })).status).toBe(401);
    await off("jwt-auth", { ...terms, jwks: { keys: [await publicOf(pair, "k1")] } });
    expect(await orders(token)).toBe(401);
  });

  it("refuses what is forged, expired, meant for others or signed otherwise", async () => {
    await set("jwt-auth", { ...terms, jwks: { keys: [await publicOf(pair, "k1")] } });
    const stranger = await generateKeyPair("ES256");
    const good = await tokenOf(pair, "k1");
    const none = `${btoa('{"alg":"none","kid":"k1"}').replaceAll("=", "")}.${good.split(".")[1]}.`;
    for (const token of [
      await tokenOf(stranger, "k1"),
      await tokenOf(pair, "k2"),
      await tokenOf(pair, "k1", {}, -60),
      await tokenOf(pair, "k1", { iss: "https://other.example" }),
      await tokenOf(pair, "k1", { aud: "else" }),
      await tokenOf(pair, "k1", { sub: undefined }),
      none,
      `${good}x`,
      "a.b.c",
    ])
      expect(await orders(token), token).toBe(401);
    expect(await orders(good)).toBe(200);
    expect((await ask("/orders")).status).toBe(200);
  });
});
