import { describe, expect, it } from "vitest";
import { api } from "../support/api.ts";
import { attack, operations, ownKey, sampleOf, unrefused } from "../support/attack.ts";
import { openWatchedStall } from "../support/stored-state.ts";

const stall = openWatchedStall("demo");
const withParams = operations.filter((line) => line.path.includes("{"));

/** Whether an operation's path stands for this address. */
const isAt = (path: string, address: string): boolean =>
  new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(address);

const ODD_IDS = [
  ...[
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "null",
    "undefined",
    "0",
    "-1",
    "NaN",
    "[object Object]",
  ],
  ...["'", "' OR '1'='1", "1; DROP TABLE orders;--", '" OR 1=1 --', "%", "%%%", "_", "*", "\\", "$where", "{}", "[]"],
  ...[
    "../",
    "../../tenants",
    "..%2f..%2ftenants",
    "..\\..\\tenants",
    "/etc/passwd",
    ".",
    "..",
    "%2e%2e%2f",
    "a/b",
    "a\\b",
  ],
  ...[
    "a\u0000b",
    "a\r\nX-Injected: 1",
    "\u202e",
    "\ufeff",
    "\u200b",
    "\ud83d\ude00",
    "e\u0301".repeat(100),
    "é",
    "ｄｅｍｏ",
  ],
  ...[
    "<script>alert(1)</script>",
    "#{7*7}",
    "{{7*7}}",
    "%s%n",
    "x".repeat(300),
    "x".repeat(8_000),
    "acme:ACME-LAMP",
    ":",
  ],
  ...[
    "ord_00",
    "ord_zz01m7yy6y2rfvps44tgyvgmhag2",
    "cart_",
    "pay__",
    "pay_0001m7yy6y2rfvps44tgyvgmhag2_9999",
    "imp_",
    "rsv_.",
    "rsv_..1",
  ],
  ...[
    "rsv_QQ.zzzzzzzzzz",
    "rsv_____.1",
    "rsv_QQ.-1",
    "ORD_0001M7YY6Y2RFVPS44TGYVGMHAG2",
    "cart_0001m7yy6y2rfvps44tgyvgmhag2\n",
  ],
];

/** What makes a SKU of a thing's own choosing legal is the shop's business: stock may be set for any code. */
const NAMES_ITS_OWN = new Set(["setStock", "pingStock"]);

describe("an id in the path", () => {
  it.each(withParams.map((line) => [line.id, line] as const))(
    "of %s is refused when it names nothing",
    async (_, line) => {
      const names = [...line.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
      const { params } = sampleOf(line, stall());
      const ids = ODD_IDS.filter((id) => !(NAMES_ITS_OWN.has(line.id) && line.params?.safeParse({ sku: id }).success));
      const flaws = await unrefused(
        names.flatMap((name) =>
          ids.map((id) => ({
            name: `${name} = ${JSON.stringify(id).slice(0, 60)}`,
            send: () => attack(line, stall(), { params: { ...params, [name]: id } }),
          })),
        ),
      );
      expect(flaws).toEqual([]);
    },
  );

  it.each(withParams.map((line) => [line.id, line] as const))(
    "of %s is not decoded twice or guessed",
    async (_, line) => {
      const paths = [
        "%",
        "%zz",
        "%c0%af",
        "%ff",
        "%252e%252e%252f",
        "%00",
        "%0d%0aX-Injected:%201",
        ";jsessionid=1",
        "%2",
      ];
      const { body, headers } = sampleOf(line, stall());
      const flaws = await unrefused(
        paths
          .filter((it) => !(NAMES_ITS_OWN.has(line.id) && it.startsWith(";")))
          .map((odd) => ({
            name: odd,
            send: () =>
              api(line.method.toUpperCase(), line.path.replaceAll(/\{\w+\}/g, odd), {
                key: ownKey(line),
                body,
                headers,
              }),
          })),
      );
      expect(flaws).toEqual([]);
    },
  );
});

describe("an address", () => {
  it("that is no operation is refused, whatever the method", async () => {
    const paths = [
      "/",
      "//",
      "/api/v1",
      "/nothing",
      "/stock",
      "/stock/A/B/C/D",
      "/orders/x/y/z",
      "/tenants/demo/nothing",
      "/STOCK/A",
      "/.env",
      "/.git/config",
    ];
    const flaws = await unrefused(
      ["POST", "PUT", "PATCH", "DELETE", "GET", "OPTIONS"].flatMap((method) =>
        paths.map((path) => ({
          name: `${method} ${path}`,
          expected: ["not_found"],
          send: () => api(method, `/api/v1${path}`, { key: null }),
        })),
      ),
    );
    expect(flaws).toEqual([]);
  });

  it("takes only the methods of its operations", async () => {
    const methods = ["get", "post", "put", "patch", "delete", "options", "query"];
    const flaws = await unrefused(
      operations.flatMap((line) => {
        const path = line.path.replaceAll(/\{(\w+)\}/g, (_, it: string) => sampleOf(line, stall()).params?.[it] ?? "");
        const taken = operations.filter((it) => isAt(it.path, path)).map((it) => String(it.method));
        return methods
          .filter((it) => !taken.includes(it))
          .map((method) => ({
            name: `${method} ${line.path}`,
            expected: ["method_not_allowed", "not_found"],
            send: () =>
              api(method.toUpperCase(), path, { key: ownKey(line), ...(method === "get" ? {} : { body: {} }) }),
          }));
      }),
    );
    expect(flaws).toEqual([]);
  });

  it("of 16 KB is served or refused like any other", async () => {
    const flaws = await unrefused([
      { name: "path", send: () => api("GET", `/products/${"x".repeat(16_000)}`, { key: null }) },
      { name: "query", send: () => api("GET", `/products?cursor=${"x".repeat(16_000)}`, { key: null }) },
    ]);
    expect(flaws).toEqual([]);
  });
});
