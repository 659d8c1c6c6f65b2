import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { decodeJwt, decodeProtectedHeader, generateKeyPair, importJWK, jwtVerify, SignJWT } from "jose";
import * as oauth from "oauth4webapi";
import { afterEach, describe, expect, it, vi } from "vitest";
import worker from "../../../../src/worker.ts";
import { api, operate, page } from "../../../support/api.ts";
import { eventually } from "../../../support/settled.ts";

const ISSUER = new URL("http://demo.localhost");
/** A client library's requests go to the Worker, as a network would bring them. */
const options = {
  [oauth.allowInsecureRequests]: true,
  [oauth.customFetch]: async (url: string, init: RequestInit) =>
    worker.fetch(new Request(url, init), env, createExecutionContext()),
} as const;

async function makeClient(scopes: string[]): Promise<{ id: string; key: string }> {
  const { body } = await api("POST", "/api-keys", { body: { name: "OAuth", plan: "house", scopes } });
  return { id: body.api_key.id, key: body.key };
}

async function tokenOf(client: { id: string; key: string }, auth = oauth.ClientSecretBasic, scope?: string) {
  const discovered = await oauth.discoveryRequest(ISSUER, { ...options, algorithm: "oauth2" });
  const server = await oauth.processDiscoveryResponse(ISSUER, discovered);
  const self = { client_id: client.id };
  const parameters = new URLSearchParams(scope === undefined ? {} : { scope });
  const answer = await oauth.clientCredentialsGrantRequest(server, self, auth(client.key), parameters, options);
  return oauth.processClientCredentialsResponse(server, self, answer);
}

afterEach(() => {
  vi.useRealTimers();
});

describe("a token", () => {
  it.each([
    ["Basic", oauth.ClientSecretBasic],
    ["the form", oauth.ClientSecretPost],
  ])("is had by a standard client library by %s and opens what its key does", async (_, auth) => {
    const { access_token, expires_in, scope } = await tokenOf(await makeClient(["orders:read"]), auth);
    expect([expires_in, scope]).toEqual([600, "orders:read"]);
    expect((await api("GET", "/orders", { key: access_token })).status).toBe(200);
    expect((await api("GET", "/api-keys", { key: access_token })).body.code).toBe("forbidden");
    expect((await api("GET", "/orders", { key: access_token, shop: "acme" })).status).toBe(401);
  });

  it("has no more than it asked for, and never more than its key", async () => {
    const client = await makeClient(["orders:read", "stock:write"]);
    const { access_token } = await tokenOf(client, oauth.ClientSecretBasic, "orders:read");
    expect((await api("PUT", "/stock/TOKEN", { key: access_token, body: { on_hand: 1 } })).body.code).toBe("forbidden");
    await expect(tokenOf(client, oauth.ClientSecretBasic, "orders:write")).rejects.toThrow();
  });

  it("gets no other token: a narrow one would become a wide one, and last for ever", async () => {
    const { access_token } = await tokenOf(await makeClient(["*"]), oauth.ClientSecretBasic, "stock:read");
    const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/x-www-form-urlencoded" };
    const body = "grant_type=client_credentials";
    const asked = new Request(new URL("/api/v1/oauth/token", ISSUER), { method: "POST", headers, body });
    const answer = await worker.fetch(asked, env, createExecutionContext());
    expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([401, "invalid_client"]);
  });

  it("ends by itself, and within a second of its key", async () => {
    const [client, other] = [await makeClient(["orders:read"]), await makeClient(["orders:read"])];
    const [lasting, revoked] = [await tokenOf(client), await tokenOf(other)];
    const status = async (key: string) => (await api("GET", "/orders", { key })).status;
    const now = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now });
    expect(await status(revoked.access_token)).toBe(200);
    await api("DELETE", `/api-keys/${other.id}`);
    vi.setSystemTime(now + 1_001);
    expect(await status(revoked.access_token)).toBe(401);
    await expect(tokenOf(other)).rejects.toMatchObject({ status: 401 });
    vi.setSystemTime(now + 599_000);
    expect(await status(lasting.access_token)).toBe(200);
    vi.setSystemTime(now + 601_000);
    expect(await status(lasting.access_token)).toBe(401);
  });

  it("is verified by anybody with the published keys, and signed by nobody else", async () => {
    const { access_token } = await tokenOf(await makeClient(["orders:read"]));
    const { keys } = (await page("GET", "/.well-known/jwks.json")).body;
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(key).not.toHaveProperty("d");
    const { kid } = decodeProtectedHeader(access_token);
    const own = keys.find((it: { kid: string }) => it.kid === kid);
    const { payload } = await jwtVerify(access_token, await importJWK(own, "EdDSA"), { audience: "souk:demo" });
    expect(payload).toEqual(decodeJwt(access_token));
    const { privateKey } = await generateKeyPair("EdDSA");
    const forge = (header: { alg: string; kid?: string; typ?: string }, key: Parameters<SignJWT["sign"]>[0]) =>
      new SignJWT({ scope: "*" })
        .setProtectedHeader(header)
        .setAudience("souk:demo")
        .setSubject(String(payload.sub))
        .setExpirationTime("5m")
        .sign(key);
    const forged = [
      await forge({ alg: "EdDSA", kid, typ: "at+jwt" }, privateKey),
      await forge({ alg: "EdDSA", typ: "at+jwt" }, privateKey),
      await forge({ alg: "HS256", kid, typ: "at+jwt" }, new TextEncoder().encode(own.x)),
      `${btoa('{"alg":"none"}')}.${access_token.split(".")[1]}.`,
      `${access_token}x`,
      "a.b.c",
      "...",
    ];
    for (const token of forged) expect((await api("GET", "/orders", { key: token })).status, token).toBe(401);
  });
});

describe("the token endpoint", () => {
  const ask = (raw: string, headers: Record<string, string> = {}) =>
    api("POST", "/oauth/token", {
      key: null,
      raw,
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    });

  it.each([
    ["", 400, "unsupported_grant_type"],
    ["grant_type=password", 400, "unsupported_grant_type"],
    ["grant_type=client_credentials", 401, "invalid_client"],
    ["grant_type=client_credentials&client_id=key_x&client_secret=y", 401, "invalid_client"],
    ["grant_type=client_credentials&client_id=a&client_id=b", 400, "invalid_request"],
  ])("refuses %s", async (raw, status, error) => {
    const answer = await ask(raw);
    expect([answer.status, answer.body]).toEqual([status, { error, error_description: expect.any(String) }]);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("www-authenticate")?.split(" ")[0]).toBe(status === 401 ? "Basic" : undefined);
  });

  it("is understood by a strict client library when it refuses", async () => {
    const client = await makeClient(["orders:read"]);
    const error = (it: Promise<unknown>) => it.then(() => undefined).catch((thrown) => thrown);
    const excess = await error(tokenOf(client, oauth.ClientSecretBasic, 'orders:write "\\'));
    expect(excess).toBeInstanceOf(oauth.ResponseBodyError);
    expect([excess.error, excess.status]).toEqual(["invalid_scope", 400]);
    expect(excess.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
    const stranger = await error(tokenOf({ ...client, key: `${client.key}x` }));
    expect(stranger).toBeInstanceOf(oauth.WWWAuthenticateChallengeError);
    expect(stranger.cause).toMatchObject([{ scheme: "basic", parameters: { error: "invalid_client" } }]);
  });

  it("speaks so too where the gateway refuses for it", async () => {
    const headers = { authorization: "Nonsense" };
    expect((await ask("grant_type=client_credentials", headers)).body.error).toBe("invalid_client");
    const elsewhere = await api("POST", "/oauth/token", { shop: "nobody", key: null, raw: "" });
    expect([elsewhere.status, elsewhere.body.error]).toEqual([400, "invalid_request"]);
    await operate("POST", "/tenants", { id: "tokenless", name: "T", currency: "USD", locale: "en" });
    await operate("POST", "/tenants/tokenless/transitions", { to: "suspended", reason: "test" });
    await eventually(async () => {
      const shut = await api("POST", "/oauth/token", { shop: "tokenless", key: null, raw: "" });
      expect([shut.status, shut.body.error]).toEqual([400, "unauthorized_client"]);
    });
  });

  it("refuses credentials that do not belong together, and odd ones", async () => {
    const [a, b] = [await makeClient(["orders:read"]), await makeClient(["orders:read"])];
    const basic = (text: string) => ask("grant_type=client_credentials", { authorization: `Basic ${btoa(text)}` });
    for (const text of [`${a.id}:${b.key}`, a.key, `:${a.key}`, "%:%", "%zz:%zz", ""])
      expect((await basic(text)).status, text).toBe(401);
    expect((await basic(`${a.id}:${a.key}`)).status).toBe(200);
  });
});
