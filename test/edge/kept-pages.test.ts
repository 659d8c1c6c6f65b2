import { beforeAll, describe, expect, it } from "vitest";
import { api, openShop, page, shopKey } from "../support/api.ts";

const SHOP = "kept";
const product = (title: string) => ({
  handle: "lamp",
  title,
  status: "active",
  variants: [{ sku: "LAMP", price: { amount: 900, currency: "USD" }, on_hand: 5 }],
});
const nonceOf = (headers: Headers): string =>
  /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1] ?? "";

describe("kept pages", () => {
  beforeAll(async () => {
    await openShop({ id: SHOP });
    expect((await api("POST", "/products", { shop: SHOP, body: product("First name") })).status).toBe(201);
    await page("GET", "/products/lamp", { shop: SHOP });
  });

  it("answer again without rendering, each with a nonce of its own", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => page("GET", "/products/lamp", { shop: SHOP })));
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get("server-timing")).toContain("kept");
      expect(answer.headers.get("cache-control")).toBe("private, no-cache");
      expect(answer.text).toContain(`nonce="${nonceOf(answer.headers)}"`);
      expect(answer.headers.get("x-request-id")).not.toBe("");
    }
    expect(new Set(answers.map((it) => nonceOf(it.headers))).size).toBe(3);
  });

  it.each(["/", "/products/lamp"])("show a change on the next request: %s", async (path) => {
    await page("GET", path, { shop: SHOP });
    await api("PATCH", "/products/lamp", { shop: SHOP, body: { title: `Renamed for ${path}` } });
    expect((await page("GET", path, { shop: SHOP })).text).toContain(`Renamed for ${path}`);
  });

  it("never hold a shopper's cart, and still show each shopper their own", async () => {
    const added = await page("POST", "/cart/lines", {
      shop: SHOP,
      raw: new URLSearchParams({ sku: "LAMP", quantity: "3" }),
      headers: { origin: `http://${SHOP}.localhost` },
    });
    const cookie = /cart=[^;]+/.exec(added.headers.get("set-cookie") ?? "")?.[0] ?? "";
    const mine = await page("GET", "/products/lamp", { shop: SHOP, headers: { cookie } });
    const theirs = await page("GET", "/products/lamp", { shop: SHOP });
    expect(mine.text).toContain("data-cart-count>3<");
    expect(theirs.text).toContain("data-cart-count hidden>0<");
  });

  it("are one for each language, and campaign parameters make no more of them", async () => {
    const chinese = await page("GET", "/products/lamp", { shop: SHOP, headers: { "accept-language": "zh-CN" } });
    expect(chinese.text).toContain('<html lang="zh-CN"');
    const english = await page("GET", "/products/lamp?utm_source=mail&lang=en", {
      shop: SHOP,
      headers: { "accept-language": "zh-CN" },
    });
    expect(english.text).toContain('<html lang="en"');
    expect(english.headers.get("server-timing")).toContain("kept");
    expect(english.text).not.toContain("utm_source");
  });

  it("do not answer staff, who may see more", async () => {
    const headers = { authorization: `Bearer ${await shopKey(SHOP)}` };
    const answer = await page("GET", "/products/lamp", { shop: SHOP, headers });
    expect(answer.headers.get("server-timing")).not.toContain("kept");
  });

  it("need at most three storage reads when the product was never read", async () => {
    const others = ["cold", "colder"].map((handle) => ({ ...product(handle), handle, variants: [] }));
    for (const { handle, ...other } of others)
      await api("POST", "/products", {
        shop: SHOP,
        body: { ...other, handle, variants: [{ sku: handle, price: { amount: 1, currency: "USD" } }] },
      });
    const made = await api("POST", "/collections", {
      shop: SHOP,
      body: { handle: "all", title: "All", product_handles: ["cold", "colder", "lamp"] },
    });
    expect(made.status, made.text).toBe(201);
    await page("GET", "/collections/all?problem=", { shop: SHOP });
    const cold = await page("GET", "/products/cold?problem=none", { shop: SHOP });
    expect(cold.text).toContain("colder");
    expect(cold.headers.get("server-timing")?.match(/\bd1;/g)?.length).toBeLessThanOrEqual(3);
  });

  it("are not kept when there is no such product", async () => {
    expect((await page("GET", "/products/none", { shop: SHOP })).status).toBe(404);
    await api("POST", "/products", {
      shop: SHOP,
      body: {
        ...product("Now here"),
        handle: "none",
        variants: [{ sku: "NONE", price: { amount: 1, currency: "USD" } }],
      },
    });
    expect((await page("GET", "/products/none", { shop: SHOP })).status).toBe(200);
  });
});
