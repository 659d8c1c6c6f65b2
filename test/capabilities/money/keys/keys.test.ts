import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { excessScopes, isKey, writeKey } from "../../../../src/capabilities/money/keys/rules.ts";
import { api } from "../../../support/api.ts";
import { storedTables } from "../../../support/stored-state.ts";

const make = async (terms: object = {}, key?: string) =>
  api("POST", "/api-keys", {
    ...(key === undefined ? {} : { key }),
    body: { name: "Partner", plan: "house", scopes: ["*"], ...terms },
  });

describe("an API key", () => {
  it("is shown once, and only its hash is kept", async () => {
    const { status, body, text } = await make({ scopes: ["orders:read"], spend_cap_micros: 5_000_000 });
    expect(status, text).toBe(201);
    expect(body.api_key).toMatchObject({ mode: "live", plan: "house", scopes: ["orders:read"], revoked_at: null });
    expect(body.key.startsWith(`${body.api_key.prefix}_`)).toBe(true);
    expect(body.key.endsWith(body.api_key.last4)).toBe(true);
    const answers = [await api("GET", `/api-keys/${body.api_key.id}`), await api("GET", "/api-keys")];
    expect(answers[0]?.body).toEqual(body.api_key);
    expect(answers[1]?.body.data[0]).toEqual(body.api_key);
    for (const answer of answers) expect(answer.text).not.toContain(body.key);
    for (const name of (await storedTables()).keys()) {
      const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all();
      expect(JSON.stringify(results), name).not.toContain(body.key);
    }
  });

  it("opens what its scopes name and nothing else", async () => {
    const { key } = (await make({ scopes: ["orders:read"] })).body;
    expect((await api("GET", "/orders", { key })).status).toBe(200);
    expect((await api("GET", "/reservation-licences", { key })).body.code).toBe("forbidden");
  });

  it("gives no more than it has", async () => {
    const { key } = (await make({ scopes: ["keys:write", "orders:read"] })).body;
    const refused = await make({ scopes: ["orders:read", "stock:write"] }, key);
    expect([refused.status, refused.body.code, refused.body.scopes]).toEqual([403, "scope_exceeded", ["stock:write"]]);
    expect((await make({ scopes: ["*"] }, key)).body.code).toBe("scope_exceeded");
    expect((await make({ scopes: ["orders:read"] }, key)).status).toBe(201);
  });

  it("for tests reads and changes nothing", async () => {
    const { key } = (await make({ mode: "test" })).body;
    expect(key).toMatch(/^sk_test_/);
    expect((await api("GET", "/orders", { key })).status).toBe(200);
    const refused = await api("PUT", "/stock/TEST-KEY", { key, body: { on_hand: 5 } });
    expect([refused.status, refused.body.code]).toEqual([403, "test_key_reads_only"]);
    expect((await api("GET", "/stock/TEST-KEY", { key })).status).toBe(404);
  });

  it("is refused within a second of its revocation, everywhere and for good", async () => {
    const { key, api_key } = (await make()).body;
    expect((await api("GET", "/orders", { key })).status).toBe(200);
    const revoked = await api("DELETE", `/api-keys/${api_key.id}`);
    expect(revoked.body.revoked_at).not.toBeNull();
    const now = Date.now();
    try {
      vi.spyOn(Date, "now").mockReturnValue(now + 1_001);
      expect((await api("GET", "/orders", { key })).status).toBe(401);
    } finally {
      vi.restoreAllMocks();
    }
    expect((await api("DELETE", `/api-keys/${api_key.id}`)).body).toEqual(revoked.body);
    expect((await api("PATCH", `/api-keys/${api_key.id}`, { body: { name: "Again" } })).body.code).toBe("key_revoked");
  });

  it("that is the last to do everything stays", async () => {
    const { data } = (await api("GET", "/api-keys?limit=100", { shop: "acme" })).body;
    const masters = data.filter((it: { scopes: string[]; revoked_at: unknown }) => it.scopes.includes("*"));
    expect(masters).toHaveLength(1);
    const refused = await api("DELETE", `/api-keys/${masters[0].id}`, { shop: "acme" });
    expect([refused.status, refused.body.code]).toEqual([409, "last_key"]);
  });

  it("that is mistyped is known as such, whatever letter is wrong", () => {
    const key = writeKey("live", "0123456789", "abcdefghijklmnopqrstuvwxyz");
    expect(isKey(key)).toBe(true);
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: key.length - 1 }),
        fc.constantFrom(..."0123456789abcdefghijklmnopqrstuvwxyz"),
        (at, letter) => {
          const other = key.slice(0, at) + letter + key.slice(at + 1);
          expect(isKey(other)).toBe(other === key);
        },
      ),
    );
  });

  it("with all scopes may give any", () => {
    expect(excessScopes(["*"], ["a:read", "*"])).toEqual([]);
    expect(excessScopes(["a:read"], ["a:read", "*"])).toEqual(["*"]);
  });
});

it("on a paid plan manages no keys, not even its own", async () => {
  const wish = { name: "Paying", plan: "bronze", scopes: ["keys:read", "keys:write"] };
  const { key, api_key } = (await api("POST", "/api-keys", { body: wish })).body;
  const free = { plan: "house", spend_cap_micros: null };
  const tries = [
    await api("PATCH", `/api-keys/${api_key.id}`, { key, body: free }),
    await api("POST", "/api-keys", { key, body: { ...wish, plan: "house" } }),
    await api("DELETE", `/api-keys/${api_key.id}`, { key }),
  ];
  expect(tries.map((it) => [it.status, it.body.code])).toEqual(Array(3).fill([403, "scope_exceeded"]));
});

it("that may do less than another neither changes nor revokes it", async () => {
  const make = (scopes: string[]) => api("POST", "/api-keys", { body: { name: "Some", plan: "house", scopes } });
  const { key } = (await make(["keys:write", "orders:read"])).body;
  const { id } = (await make(["orders:write"])).body.api_key;
  for (const [method, body] of [
    ["PATCH", { name: "x" }],
    ["DELETE", undefined],
  ] as const)
    expect((await api(method, `/api-keys/${id}`, { key, body })).body.code).toBe("scope_exceeded");
});
