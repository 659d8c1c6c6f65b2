import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { api, openShop, page } from "../support/api.ts";

const SHOP = "feeds";
const PART = 10_000;

/** Every opened element is closed, in order: enough to see text that broke out. */
function expectWellFormed(text: string): void {
  const open: string[] = [];
  for (const [, closing, name, isEmpty] of text
    .replace(/<\?xml[^>]*\?>/, "")
    .matchAll(/<(\/?)([\w:]+)[^<>]*?(\/?)>/g)) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!isEmpty) open.push(name ?? "");
  }
  expect(open).toEqual([]);
  expect(text).not.toMatch(/&(?!amp;|lt;|gt;|quot;|apos;)/);
}

describe("feeds", () => {
  beforeAll(async () => {
    await openShop({ id: SHOP });
    const made = await api("POST", "/products", {
      shop: SHOP,
      body: {
        handle: "pot",
        title: 'Pot & <lid> "B\u0007"',
        vendor: "Kiln",
        status: "active",
        options: [{ name: "Size" }],
        images: [{ src: "/demo/pot.svg" }, { src: "https://img.example/pot-2.jpg" }],
        variants: [
          {
            sku: "POT-S",
            options: ["S"],
            price: { amount: 1_250, currency: "USD" },
            compare_at_price: { amount: 1_500, currency: "USD" },
            barcode: "4006381333931",
            grams: 700,
            on_hand: 3,
          },
          { sku: "POT-L", options: ["L"], price: { amount: 2_000, currency: "USD" } },
        ],
      },
    });
    expect(made.status, made.text).toBe(201);
    await api("POST", "/products", {
      shop: SHOP,
      body: {
        handle: "secret",
        status: "draft",
        title: "Draft",
        variants: [{ sku: "D", price: { amount: 1, currency: "USD" } }],
      },
    });
  });

  it.each(["/sitemap.xml", "/sitemaps/pages.xml", "/sitemaps/products.xml", "/feeds/new.rss", "/feeds/merchant.xml"])(
    "%s is well-formed and shows no draft",
    async (path) => {
      const answer = await page("GET", path, { shop: SHOP });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toBe("application/xml; charset=utf-8");
      expectWellFormed(answer.text);
      expect(answer.text).not.toMatch(/secret|Draft/);
    },
  );

  it("says of each variant what a merchant feed needs", async () => {
    const { text } = await page("GET", "/feeds/merchant.xml", { shop: SHOP });
    const [small = "", large = ""] = text.match(/<item>.*<\/item>/g) ?? [];
    expect(small).toContain("<g:id>POT-S</g:id><g:title>Pot &amp; &lt;lid&gt; &quot;B&quot; S</g:title>");
    expect(small).toContain("<g:price>15.00 USD</g:price><g:sale_price>12.50 USD</g:sale_price>");
    expect(small).toContain("<g:gtin>4006381333931</g:gtin><g:item_group_id>pot</g:item_group_id>");
    expect(small).toContain(`<g:link>http://${SHOP}.localhost/products/pot?variant=POT-S</g:link>`);
    expect(small).toContain("<g:additional_image_link>https://img.example/pot-2.jpg</g:additional_image_link>");
    expect(large).toContain("<g:availability>out_of_stock</g:availability><g:price>20.00 USD</g:price>");
  });

  it("tells language models where things are", async () => {
    const { text } = await page("GET", "/llms.txt", { shop: SHOP });
    expect(text).toContain(`(http://${SHOP}.localhost/api/v1/products)`);
  });

  it("splits a catalogue of more products than a sitemap takes, each product in one part", async () => {
    const { results: columns } = await env.DB.prepare("SELECT name FROM pragma_table_info('products')").all<{
      name: string;
    }>();
    const copied = columns.map(({ name }) =>
      name === "handle" ? "'copy-' || n" : name === "id" ? "'prd_copy' || n" : name,
    );
    await env.DB.prepare(
      `WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n <= ${PART})
       INSERT INTO products (${columns.map(({ name }) => name)}) SELECT ${copied} FROM products, count
       WHERE tenant_id = '${SHOP}' AND handle = 'pot'`,
    ).run();
    const index = await page("GET", "/sitemap.xml", { shop: SHOP });
    const parts = [...index.text.matchAll(/<loc>http:\/\/[^/]+(\/sitemaps\/products[^<]+)<\/loc>/g)].map(
      ([, path]) => path,
    );
    expect(parts).toHaveLength(2);
    const handles = new Set<string>();
    for (const path of parts) {
      const { text } = await page("GET", path ?? "", { shop: SHOP });
      const found = [...text.matchAll(/<loc>[^<]*\/products\/([^<]+)<\/loc>/g)].map(([, handle]) => handle ?? "");
      expect(found.length).toBeLessThanOrEqual(PART);
      for (const handle of found) {
        expect(handles.has(handle)).toBe(false);
        handles.add(handle);
      }
    }
    expect(handles.size).toBe(PART + 2);
  });
});
