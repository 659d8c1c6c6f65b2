import { describe, expect, it } from "vitest";
import { api } from "../support/api.ts";
import { attack, operations, ownKey, sampleOf, unrefused } from "../support/attack.ts";
import { openWatchedStall } from "../support/stored-state.ts";

const stall = openWatchedStall("demo");
const withParams = operations.filter((line) => line.path.includes("{"));
const withQuery = operations.filter((line) => line.query);

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

describe("the query", () => {
  it.each(withQuery.map((line) => [line.id, line] as const))("of %s is refused when it is odd", async (_, line) => {
    const { query = {} } = sampleOf(line, stall());
    const good = new URLSearchParams(query).toString();
    const [name = "limit"] = Object.keys(query);
    const odd = [
      `${good}&${name}=${query[name] ?? 1}`,
      `${good}&${name}=99`,
      `${name}=1&${name.replace(/^./, (it) => `%${it.charCodeAt(0).toString(16)}`)}=2`,
      ...[
        "__proto__=1",
        "constructor=1",
        "toString=1",
        "tenant_id=acme",
        "status[]=paid",
        "limit[$gt]=1",
        "%00=1",
        "offset=-1",
      ],
      ...["api_key=sk_live_1", "page=2", "x".repeat(5_000)].map((it) => it),
    ];
    const path = line.path.replaceAll(/\{(\w+)\}/g, (_m, it: string) => sampleOf(line, stall()).params?.[it] ?? "");
    const key = ownKey(line);
    const flaws = await unrefused(
      odd.map((it) => ({
        name: it.slice(0, 60),
        expected: ["invalid_request"],
        send: () => api(line.method.toUpperCase(), `${path}?${it}`, { key, body: sampleOf(line, stall()).body }),
      })),
    );
    expect(flaws).toEqual([]);
  });

  const lists = withQuery.filter((line) => line.answer.shape && /^list/.test(line.id));
  const limits = [
    "0",
    "-1",
    "0.5",
    "1e9",
    "1000000000",
    "101",
    "",
    "abc",
    "٣",
    "NaN",
    "1e309",
    "2147483648",
    "9007199254740993",
    "1,2",
    "1;2",
    "null",
  ];
  it.each(lists.map((line) => [line.id, line] as const))(
    "of %s is refused with an odd limit, filter or cursor",
    async (_, line) => {
      const { productCursor, orderCursor, pictureCursor: listPictures, saleCursor: listFlashSales } = stall();
      const mine = { listOrders: orderCursor, listPictures, listFlashSales }[line.id] ?? productCursor;
      const other = line.id === "listOrders" ? stall().productCursor : stall().orderCursor;
      const decoded = Buffer.from(mine, "base64url").toString();
      const encode = (text: string) => Buffer.from(text).toString("base64url");
      const cursors = [
        ...[
          "",
          "x",
          "null",
          "[]",
          "W10",
          "e30",
          "bnVsbA",
          `${mine}x`,
          `${mine}=`,
          mine.slice(1),
          mine.slice(0, -2),
          mine.toUpperCase(),
          other,
        ],
        ...[
          "{}",
          "null",
          "[]",
          "[1,2]",
          '["demo "]',
          '["__proto__",1,"x"]',
          decoded.replace("demo", "acme"),
          `${decoded} `,
          `${decoded}x`,
          "[".repeat(100),
        ].map(encode),
        ...["' OR 1=1 --", "x".repeat(500), "../../x", "\u0000"],
      ];
      const filters = {
        status: ["nonsense", "", "'", "draft'--"],
        state: ["nonsense", "", "PAID"],
        collection: ["nonsense", "'", "%"],
      };
      const own = Object.keys(sampleOf(line, stall()).query ?? {});
      const attacks = [
        ...limits.map((limit) => ({ limit })),
        ...cursors.map((cursor) => ({ limit: "1", cursor })),
        ...Object.entries(filters)
          .filter(([name]) => own.includes(name))
          .flatMap(([name, values]) => values.map((it) => ({ [name]: it }))),
      ];
      const flaws = await unrefused(
        attacks.map((query) => ({
          name: JSON.stringify(query).slice(0, 80),
          expected: ["invalid_request", "not_found"],
          send: () => attack(line, stall(), { query, key: true }),
        })),
      );
      expect(flaws).toEqual([]);
      expect((await attack(line, stall(), { query: { limit: "1", cursor: mine }, key: true })).status).toBe(200);
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
      "/tenants/demo",
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
        const taken = operations.filter((it) => it.path === line.path).map((it) => String(it.method));
        const path = line.path.replaceAll(/\{(\w+)\}/g, (_, it: string) => sampleOf(line, stall()).params?.[it] ?? "");
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
