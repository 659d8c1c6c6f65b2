import { mkdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addToCart,
  complaints,
  type Look,
  looks,
  newShopper,
  openBrowser,
  orderCart,
  playAtBank,
} from "./support/browse.ts";
import { findings, isTooWide } from "./support/inspect.ts";
import { type RunningShop, runShop } from "./support/run-shop.ts";

const SHOTS = "e2e-shots";
const SCRIPT_BYTES_MAX = 15_000;
/** "Good" of web.dev's Cumulative Layout Shift is 0.1; nothing of ours should move at all. */
const SHIFT_MAX = 0.01;

let shop: RunningShop;
let browser: Browser;
beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  [shop, browser] = await Promise.all([runShop(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

/** Every page of the shop, in the order in which one shopper sees them. */
const tour: readonly [name: string, go: (page: Page, look: Look) => Promise<unknown>][] = [
  ["home", (page) => page.goto("/")],
  ["collection", (page) => page.goto("/collections/tea")],
  ["product", (page) => page.goto("/products/stoneware-candle")],
  ["product-reduced", (page) => page.goto("/products/carry-lantern")],
  ["missing", (page) => page.goto("/products/not-here")],
  ["cart-empty", (page) => page.goto("/cart")],
  ["product-added", (page) => addToCart(page, "/products/stoneware-candle")],
  ["cart", (page) => page.goto("/cart")],
  ["checkout", (page) => page.goto("/checkout")],
  [
    "checkout-errors",
    (page) => page.click("[data-checkout] button[type=submit]").then(() => page.waitForSelector(".notice-bad")),
  ],
  ["bank", (page, look) => orderCart(page, look.language)],
  ["order-declined", (page) => playAtBank(page, "declined").then(() => page.waitForSelector(".order-bad"))],
  ["order-paid", (page) => payAgain(page)],
];

async function payAgain(page: Page): Promise<void> {
  await page.click("form[action$='/pay'] button");
  await page.waitForURL(/\/pay\/sandbox\//);
  await playAtBank(page, "paid");
  await page.waitForSelector(".order-good");
}

describe("every page", () => {
  for (const { device, scheme, language } of looks)
    it(`is sound on a ${device}, ${scheme}, ${language}`, async () => {
      const look: Look = { device, scheme, language };
      const shopper = await newShopper(browser, shop.origin, look);
      const page = await shopper.newPage();
      const heard = complaints(page);
      for (const [name, go] of tour) {
        await go(page, look);
        await loadPictures(page);
        await page.screenshot({ path: `${SHOTS}/${name}-${device}-${scheme}-${language}.png`, fullPage: true });
        expect(await findings(page), `${name}: axe`).toEqual([]);
        expect(await isTooWide(page), `${name}: scrolls sideways`).toBe(false);
      }
      expect(heard).toEqual([]);
      await shopper.close();
    });
});

describe("the product page", () => {
  it(`loads less than ${SCRIPT_BYTES_MAX} bytes of script and moves nothing`, async () => {
    const shopper = await newShopper(browser, shop.origin, { device: "phone", language: "en" });
    const page = await shopper.newPage();
    const scripts: Promise<Buffer>[] = [];
    page.on("response", (answer) => {
      if (answer.request().resourceType() === "script") scripts.push(answer.body());
    });
    await page.goto("/products/stoneware-candle", { waitUntil: "networkidle" });
    const bytes = (await Promise.all(scripts)).reduce((sum, it) => sum + it.byteLength, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(SCRIPT_BYTES_MAX);
    expect(await layoutShift(page)).toBeLessThan(SHIFT_MAX);
    await shopper.close();
  });

  it("changes the variant in place: address, picture, price", async () => {
    const shopper = await newShopper(browser, shop.origin, { device: "desktop", language: "en" });
    const page = await shopper.newPage();
    await page.goto("/products/stoneware-candle");
    const before = await page.getAttribute(".gallery img", "src");
    await page.evaluate(() => document.body.setAttribute("data-same", ""));
    await page.locator("a.chip").nth(1).click();
    await page.waitForURL(/variant=/);
    expect(await page.getAttribute(".gallery img", "src")).not.toBe(before);
    expect(await page.locator("body[data-same]").count()).toBe(1);
    await expect.poll(() => page.evaluate(() => document.activeElement?.classList.contains("chip"))).toBe(true);
    await shopper.close();
  });

  it("tells search engines what it is, in data that cannot break out", async () => {
    const shopper = await newShopper(browser, shop.origin, { device: "desktop", language: "en" });
    const page = await shopper.newPage();
    await page.goto("/products/stoneware-candle");
    const data = await page.locator("script[type='application/ld+json']").allTextContents();
    expect(data.map((it) => JSON.parse(it)["@type"])).toEqual(["Product", "BreadcrumbList"]);
    expect(data.join("")).not.toContain("<");
    expect(await page.locator("link[rel=alternate][hreflang]").count()).toBe(3);
    const sitemap = await (await shopper.request.get("/sitemaps/products.xml")).text();
    expect(sitemap).toContain("/products/stoneware-candle");
    await shopper.close();
  });
});

async function loadPictures(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
}

const layoutShift = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let total = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) total += "value" in entry ? Number(entry.value) : 0;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(total), 500);
      }),
  );
