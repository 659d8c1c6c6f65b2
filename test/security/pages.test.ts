import { describe, expect, it } from "vitest";
import { storefront } from "../../src/storefront/pages.tsx";
import { page } from "../support/api.ts";
import { pageFlaws } from "../support/page-flaws.ts";
import { home } from "../support/shopper.ts";
import { openWatchedStall } from "../support/stored-state.ts";

const stall = openWatchedStall("demo");
const form = { "content-type": "application/x-www-form-urlencoded" };
const own = { origin: "http://demo.localhost" };

/** The page of a route with this stall's ids in the place of parameters. */
function addressOf(route: string): string {
  const { handle, collection, lineId, orderId, paymentId } = stall();
  const id = route.startsWith("/sales") ? stall().queue.saleId : orderId;
  const ids: Record<string, string> = { ":line": lineId, ":id": id, ":payment": paymentId };
  const path = route.replace(":handle", route.startsWith("/products") ? handle : collection);
  return path.replaceAll(/:\w+/g, (name) => ids[name] ?? name);
}
const routes = (method: string) => [
  ...new Set(storefront.routes.filter((it) => it.method === method).map((it) => it.path)),
];

/** Everything the stall's forms could carry. */
const fields = () =>
  new URLSearchParams({
    ...home,
    email: "ann@example.com",
    cart_id: stall().cartId,
    sku: stall().sku,
    quantity: "1",
    outcome: "paid",
    token: stall().token,
    key: "12345678",
    locale: "en",
  }).toString();

describe("a form", () => {
  it.each(routes("POST"))("posted to %s from elsewhere is refused and changes nothing", async (route) => {
    const senders: [string, Record<string, string>][] = [
      ["no origin", {}],
      ["an empty origin", { origin: "" }],
      ["no origin, but a referrer", { referer: "http://demo.localhost/cart" }],
      ...[
        "null",
        "https://evil.example",
        "http://acme.localhost",
        "http://localhost",
        "https://demo.localhost",
        "http://demo.localhost:8080",
        "http://demo.localhost.evil.example",
        "http://demo.localhost/",
        "HTTP://DEMO.LOCALHOST",
        "http://demo.localhost, http://evil.example",
      ].map((origin): [string, Record<string, string>] => [`origin ${origin}`, { origin }]),
      ...["cross-site", "same-site", "none", ""]
        .filter(Boolean)
        .map((site): [string, Record<string, string>] => [`site ${site}`, { ...own, "sec-fetch-site": site }]),
    ];
    const flaws: string[] = [];
    for (const [name, headers] of senders)
      for (const type of [
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/json",
      ]) {
        const cookie = `cart=${stall().cartId}`;
        const answer = await page("POST", addressOf(route), {
          raw: fields(),
          headers: { cookie, "content-type": type, ...headers },
        });
        if (answer.status !== 403 || answer.body?.code !== "cross_site_request")
          flaws.push(`${name} as ${type} answers ${answer.status}`);
        flaws.push(...pageFlaws(answer).map((flaw) => `${name} ${flaw}`));
      }
    expect(flaws).toEqual([]);
  });

  it.each(routes("POST"))("with odd fields at %s is never an error of ours, and leads nowhere else", async (route) => {
    const odd = [
      "",
      "\u0000",
      "-1",
      "1e9",
      "٣",
      "__proto__",
      "x".repeat(15_000),
      "<script>",
      "%",
      "//evil.example",
      "/\\evil.example",
      "/\t/evil.example",
      "https://evil.example",
      "/a\r\nx-injected: 1",
      "javascript:alert(1)",
      "/?lang=zh&lang=en",
      "///evil.example/%2e%2e",
    ];
    const names = [
      "sku",
      "quantity",
      "back",
      "locale",
      "token",
      "outcome",
      "key",
      "email",
      "expected_total",
      "country",
    ];
    const flaws: string[] = [];
    for (const name of names)
      for (const value of odd) {
        // Without a cart, an order token or an outcome there is nothing that the form could really do.
        const body = new URLSearchParams({ [name]: value }).toString();
        const answer = await page("POST", addressOf(route), {
          raw: body,
          headers: { ...own, ...form, "content-length": String(body.length) },
        });
        const to = answer.headers.get("location");
        if (answer.status >= 500) flaws.push(`${name}=${value.slice(0, 20)} answers ${answer.status}`);
        if (to !== null && new URL(to, own.origin).origin !== own.origin)
          flaws.push(`${name}=${value.slice(0, 20)} leads to ${to}`);
        if (answer.headers.has("x-injected")) flaws.push(`${name} sets a header`);
      }
    expect(flaws).toEqual([]);
  });
});

describe("a page", () => {
  const odd = [
    "__proto__",
    "constructor",
    "..%2f..%2f",
    "%00",
    "%zz",
    "%ff",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "x".repeat(8_000),
    "%e2%80%ae",
    "acme-lamp",
    "ord_00",
  ];
  it.each(routes("GET"))("at %s bears odd addresses and odd questions", async (route) => {
    const flaws: string[] = [];
    const paths = route.includes(":") ? odd.map((it) => route.replaceAll(/:\w+/g, it)) : [];
    const query = [
      "lang=__proto__",
      "lang=../../x",
      "cursor=x",
      "cursor=&trail=x",
      "variant=%00",
      "problem=<script>alert(1)</script>",
      "token=x",
      "x".repeat(9_000),
      "%",
      "a=%ff",
      "trail=%3Cscript%3E+x&cursor=W10",
    ];
    for (const path of [...paths, ...query.map((it) => `${addressOf(route)}?${it}`)]) {
      const answer = await page("GET", path, {
        headers: { "accept-language": "x".repeat(500), cookie: "cart=__proto__; lang=%00; a=b" },
      });
      if (answer.status >= 500) flaws.push(`${path.slice(0, 60)} answers ${answer.status}`);
      if (answer.text.includes("<script>alert(1)")) flaws.push(`${path.slice(0, 60)} runs what it was asked`);
      flaws.push(...pageFlaws(answer).map((flaw) => `${path.slice(0, 60)} ${flaw}`));
    }
    expect(flaws).toEqual([]);
  });

  it("of no shop says so and nothing else", async () => {
    for (const path of ["/", "/cart", "/products/demo-lamp", "/sitemap.xml"])
      expect([path, (await page("GET", path, { shop: "nobody" })).status]).toEqual([path, 404]);
  });
});
