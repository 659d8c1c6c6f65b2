import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { api, openShop } from "../../../support/api.ts";
import { openReceiver, type Receiver } from "../../../support/receiver.ts";

const SHOP = "gate-keys";
const ISSUER = "https://issuer.example";
const terms = { issuer: ISSUER, audience: "gate", scopes: ["orders:read"] };
type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let pair: Pair;

const put = (metadata: object) =>
  api("PUT", "/gateway/plugins/jwt-auth", { shop: SHOP, body: { enabled: true, version: 1, order: 1, metadata } });
const set = async (metadata: object) => expect((await put(metadata)).status).toBe(200);
const orders = async (key: string) => (await api("GET", "/orders", { shop: SHOP, key })).status;
const publicOf = async ({ publicKey }: Pair, kid: string) => ({ ...(await exportJWK(publicKey)), kid });
const tokenOf = ({ privateKey }: Pair, kid: string) =>
  new SignJWT({ scope: "orders:read", iss: ISSUER, aud: "gate", sub: "anna" })
    .setProtectedHeader({ alg: "ES256", kid })
    .setExpirationTime(Math.floor(Date.now() / 1000) + 60)
    .sign(privateKey);

beforeAll(async () => {
  await openShop({ id: SHOP });
  pair = await generateKeyPair("ES256", { extractable: true });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the keys of an issuer", () => {
  it("takes no key by which nothing can be verified, and lets nobody in by one that the issuer publishes", async () => {
    const [x, y] = ["A".repeat(43), "A".repeat(43)];
    const offCurve = { kty: "EC", kid: "k1", crv: "P-256", x, y };
    const short = { kty: "RSA", kid: "k2", e: "AQAB", n: `x${"A".repeat(170)}` };
    const good = await publicOf(pair, "k0");
    const answer = await put({ ...terms, jwks: { keys: [good, offCurve, short] } });
    expect([answer.status, answer.body.errors.map((it: { field: string }) => it.field)]).toEqual([
      422,
      ["metadata.jwks.keys.1", "metadata.jwks.keys.2"],
    ]);
    const issuer = openReceiver();
    await issuer.answers({ body: JSON.stringify({ keys: [good, offCurve, short] }) });
    await set({ ...terms, jwks_url: issuer.url });
    expect(await orders(await tokenOf(pair, "k0"))).toBe(200);
    expect(await orders(await tokenOf(pair, "k1"))).toBe(401);
    const signed = await tokenOf(pair, "k0");
    const head = btoa('{"alg":"RS256","kid":"k2"}').replaceAll("=", "");
    expect(await orders([head, ...signed.split(".").slice(1)].join("."))).toBe(401);
  });

  it("asks an issuer once for all calls that come together, and seldom while it is away", async () => {
    const issuer = openReceiver();
    const now = Date.now();
    await issuer.answers({ body: JSON.stringify({ keys: [await publicOf(pair, "k1")] }), delay_ms: 200 });
    await set({ ...terms, jwks_url: issuer.url });
    const token = await tokenOf(pair, "k1");
    expect(await Promise.all([1, 2, 3, 4].map(() => orders(token)))).toEqual([200, 200, 200, 200]);
    expect(await issuer.received()).toHaveLength(1);
    const away = openReceiver();
    await away.answers({ status: 503 });
    await set({ ...terms, jwks_url: away.url });
    vi.useFakeTimers({ toFake: ["Date"], now });
    for (const [ms, asked] of [
      [0, 1],
      [11_000, 2],
      [12_000, 2],
      [13_000, 2],
    ] as const) {
      vi.setSystemTime(now + ms);
      expect(await orders(token)).toBe(401);
      expect(await away.received()).toHaveLength(asked);
    }
  });

  it("trusts the last keys of an issuer that is away for an hour, however often it was asked since", async () => {
    const issuer = openReceiver();
    await issuer.answers({ body: JSON.stringify({ keys: [await publicOf(pair, "k1")] }) }, { status: 503 });
    await set({ ...terms, jwks_url: issuer.url });
    const now = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now });
    for (const [ms, status] of [
      [0, 200],
      [3_500_000, 200],
      [3_700_000, 401],
    ] as const) {
      vi.setSystemTime(now + ms);
      expect(await orders(await tokenOf(pair, "k1"))).toBe(status);
    }
  });

  it("follows the issuer's keys as they change, asks for them seldom and outlives its absence", async () => {
    const issuer: Receiver = openReceiver();
    const publish = async (...keys: object[]) => issuer.answers({ body: JSON.stringify({ keys }) });
    const next = await generateKeyPair("ES256");
    await publish(await publicOf(pair, "k1"));
    await set({ ...terms, jwks_url: issuer.url });
    const now = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now });
    for (let i = 0; i < 5; i++) expect(await orders(await tokenOf(pair, "k1"))).toBe(200);
    expect(await issuer.received()).toHaveLength(1);
    await publish(await publicOf(next, "k2"));
    expect(await orders(await tokenOf(next, "k2"))).toBe(401);
    vi.setSystemTime(now + 11_000);
    expect(await orders(await tokenOf(next, "k2"))).toBe(200);
    expect(await orders(await tokenOf(pair, "k1"))).toBe(401);
    await issuer.answers({ status: 503 });
    vi.setSystemTime(now + 400_000);
    expect(await orders(await tokenOf(next, "k2"))).toBe(200);
    vi.setSystemTime(now + 5_000_000);
    expect(await orders(await tokenOf(next, "k2"))).toBe(401);
  });
});
