import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { api, shopKey } from "../support/api.ts";
import { addressOf, attack, operations, ownKey, sampleOf, unrefused } from "../support/attack.ts";
import { openWatchedStall } from "../support/stored-state.ts";

const stall = openWatchedStall("demo");
const flipped = (key: string, at: number): string =>
  key.slice(0, at) + String.fromCharCode(key.charCodeAt(at) ^ 1) + key.slice(at + 1);

/** Authorization headers that are nobody's, made from a key that is somebody's. */
const headersFrom = (key: string): [string, string][] => [
  ["no scheme", key],
  ["another scheme", `Basic ${btoa(`${key}:`)}`],
  ["the scheme in another case", `bearer ${key}`],
  ["no key", "Bearer "],
  ["two blanks", `Bearer  ${key}`],
  ["a tab", `Bearer\t${key}`],
  ["two keys", `Bearer ${key} ${key}`],
  ["two keys in one header", `Bearer ${key}, Bearer ${key}`],
  ["one bit flipped", `Bearer ${flipped(key, key.length - 1)}`],
  ["the first letter flipped", `Bearer ${flipped(key, 0)}`],
  ["cut by one", `Bearer ${key.slice(0, -1)}`],
  ["longer by one", `Bearer ${key}0`],
  ["in upper case", `Bearer ${key.toUpperCase()}`],
  ["10 kB", `Bearer ${"x".repeat(10_000)}`],
  ["a quote", `Bearer ' OR 1=1 --`],
  ["a pattern", "Bearer sk_live_%"],
  ["an unsigned token", `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"demo"}')}.`],
  ["undefined", "Bearer undefined"],
];

describe("a key", () => {
  it.each(operations.map((line) => [line.id, line] as const))(
    "that is wrong is refused by %s, even where none is needed",
    async (_, line) => {
      const own = line.who === "operator" ? env.OPERATOR_KEY : await shopKey("demo");
      const flaws = await unrefused(
        headersFrom(own).map(([name, authorization]) => ({
          name,
          expected: ["unauthenticated"],
          send: () => attack(line, stall(), { headers: { authorization } }),
        })),
      );
      expect(flaws).toEqual([]);
    },
  );

  it.each(
    operations
      .filter((line) => line.who !== "visitor" && line.who !== "shopper")
      .map((line) => [line.id, line] as const),
  )("is needed by %s, in its header and of the right kind", async (_, line) => {
    const own = line.who === "operator" ? env.OPERATOR_KEY : await shopKey("demo");
    const others = line.who === "operator" ? [await shopKey("demo"), await shopKey("acme")] : [env.OPERATOR_KEY];
    const address = addressOf(line, sampleOf(line, stall()));
    const inQuery = `${address}${address.includes("?") ? "&" : "?"}api_key=${own}&key=${own}&access_token=${own}`;
    const { body, raw, headers } = sampleOf(line, stall());
    const sent = raw === undefined ? { body, headers } : { raw, headers };
    const flaws = await unrefused([
      { name: "none", expected: [401], send: () => attack(line, stall(), { key: null }) },
      ...others.map((key) => ({
        name: "another kind",
        expected: [401, 403],
        send: () => attack(line, stall(), { key }),
      })),
      {
        name: "in the query",
        expected: [401],
        send: () => api(line.method.toUpperCase(), inQuery, { key: null, ...sent }),
      },
      ...["x-api-key", "api-key", "cookie", "x-forwarded-authorization", "proxy-authorization"].map((name) => ({
        name: `in ${name}`,
        expected: [401],
        send: () => attack(line, stall(), { key: null, headers: { [name]: `Bearer ${own}` } }),
      })),
    ]);
    expect(flaws).toEqual([]);
  });

  it("is never repeated in an answer", async () => {
    const key = await shopKey("demo");
    for (const [, authorization] of headersFrom(key))
      expect((await api("GET", "/orders", { headers: { authorization } })).text).not.toContain(key.slice(8, -1));
  });
});

describe("the shop of a call", () => {
  it.each(operations.map((line) => [line.id, line] as const))(
    "of %s is that of its host, and nothing else names it",
    async (_, line) => {
      const spoofs = ["x-forwarded-host", "x-original-host", "x-host", "forwarded", "x-shop", "x-real-host"];
      const value = (name: string) => (name === "forwarded" ? "host=demo.localhost" : "demo.localhost");
      const isOperators = line.who === "operator";
      const flaws = await unrefused([
        ...["acme", "", "DEMO", "demo ,acme", "__proto__", "' OR 1=1"].map((id) => ({
          name: `X-Tenant-ID ${id}`,
          expected: ["wrong_shop"],
          send: () => attack(line, stall(), { headers: { "x-tenant-id": id } }),
        })),
        ...(isOperators ? [] : ["nobody", "demo.demo", "xdemo", "demo-", "DEMO.acme", "tenants", "__proto__"]).flatMap(
          (shop) => [
            {
              name: `host ${shop}`,
              expected: line.who === "visitor" ? ["unknown_host"] : ["unknown_host", "unauthenticated"],
              send: () => attack(line, stall(), { shop, key: null }),
            },
            {
              name: `host ${shop} with a key`,
              expected: ["wrong_shop"],
              send: async () => attack(line, stall(), { shop, key: await shopKey("demo") }),
            },
          ],
        ),
        ...(isOperators ? [] : spoofs).map((name) => ({
          name,
          expected: line.who === "visitor" ? ["unknown_host"] : ["unknown_host", "unauthenticated"],
          send: () => attack(line, stall(), { shop: "nobody", key: null, headers: { [name]: value(name) } }),
        })),
      ]);
      expect(flaws).toEqual([]);
    },
  );

  it("that is unknown says so before it asks for a key", async () => {
    const answer = await api("GET", "/orders", { shop: "nobody", key: null });
    expect([answer.status, answer.body.code]).toEqual([404, "unknown_host"]);
  });
});

describe("an Idempotency-Key", () => {
  const keyed = operations.filter((line) => line.key);
  const odd = ["", " ", "x".repeat(256), "x".repeat(5_000), "a b", "a\tb", "ключ", "é", "a\u007f", "a, b c"];

  it.each(keyed.map((line) => [line.id, line] as const))("of %s is refused when it is no key", async (_, line) => {
    const flaws = await unrefused(
      odd.map((key) => ({
        name: JSON.stringify(key).slice(0, 40),
        expected: ["malformed_header"],
        send: () => attack(line, stall(), { headers: { "idempotency-key": Buffer.from(key).toString("latin1") } }),
      })),
    );
    expect(flaws).toEqual([]);
  });

  it("is asked for where it is required", async () => {
    for (const line of keyed.filter((it) => it.key === "required")) {
      const { params, body } = sampleOf(line, stall());
      const answer = await api(line.method.toUpperCase(), addressOf(line, { params }), { key: ownKey(line), body });
      expect([line.id, answer.status, answer.body.code]).toEqual([line.id, 422, "key_required"]);
    }
  });
});
