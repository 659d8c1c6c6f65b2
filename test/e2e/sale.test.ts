import { mkdirSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { complaints, fillCheckout, type Look, newShopper, openBrowser } from "./support/browse.ts";
import { findings, isTooWide } from "./support/inspect.ts";
import { type RunningShop, runShop } from "./support/run-shop.ts";

const SHOTS = "e2e-shots";
const HOUR_MS = 3_600_000;
/** Long enough before the start to open two browsers and fill a form on a busy machine. */
const LEAD_MS = 60_000;
/** How long anything may take that happens by itself. */
const PATIENCE = { timeout: 120_000 };
/** Let in one a second: as many seconds to look at the room from within. */
const AHEAD = 35;

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

async function openSale(quantity: number, startsIn: number, more: object = {}): Promise<string> {
  const lantern = await shop.call("GET", "/products/carry-lantern");
  const { sku } = lantern.variants[0];
  await shop.setStock(sku, 500);
  const sale = await shop.call("POST", "/flash-sales", {
    sku,
    title: "Lantern night",
    sale_price: { amount: 19_900, currency: "CNY" },
    quantity,
    starts_at: new Date(Date.now() + startsIn).toISOString(),
    ends_at: new Date(Date.now() + HOUR_MS).toISOString(),
    ...more,
  });
  return sale.id;
}

/** Somebody else takes part, without a browser. */
const takeOne = (sale: string, name: string) =>
  shop.call("POST", `/flash-sales/${sale}/participations`, { email: `${name}@example.com` });

interface Watcher {
  look: Look;
  context: BrowserContext;
  page: Page;
  heard: string[];
}

async function watch(look: Look): Promise<Watcher> {
  const context = await newShopper(browser, shop.origin, look);
  const page = await context.newPage();
  return { look, context, page, heard: complaints(page) };
}

/** What a person and axe see of a page, in a file and as findings. */
async function inspect({ page, look }: Watcher, name: string): Promise<void> {
  await page.screenshot({
    path: `${SHOTS}/${name}-${look.device}-${look.scheme}-${look.language}.png`,
    fullPage: true,
  });
  expect(await findings(page), `${name}: axe`).toEqual([]);
  expect(await isTooWide(page), `${name}: scrolls sideways`).toBe(false);
}

const press = (page: Page) => page.locator("button.button[data-press]");
const state = (page: Page, wanted: string) =>
  page.waitForFunction(
    (it) => document.querySelector<HTMLElement>("[data-sale]")?.dataset["state"] === it,
    wanted,
    PATIENCE,
  );

describe("a newcomer", () => {
  it("is led from the front page to a sale that is on, and to one that is to come", async () => {
    const watcher = await watch({ device: "phone", language: "en", scheme: "light" });
    const { page, heard, context } = watcher;
    await page.goto("/");
    await page.locator(".strip a").first().click();
    await page.waitForURL(/\/sales\/fls_/);
    await state(page, "live");
    await page.click(".stage-go");
    expect(await page.locator("#take-part form[data-checkout]").boundingBox()).not.toBeNull();
    await page.fill("[name=email]", "newcomer@example.com");
    await page.click("button[value=hold]");
    await page.waitForURL(/\/held\//);
    await inspect(watcher, "sale-held");
    const left = () => page.locator("[data-part=s]").textContent();
    const first = await left();
    await page.waitForFunction((was) => document.querySelector("[data-part=s]")?.textContent !== was, first, PATIENCE);
    await page.goto("/");
    await page.locator(".strip a").nth(1).click();
    await page.waitForURL(/\/sales\/fls_/);
    await state(page, "before");
    expect(heard).toEqual([]);
    await context.close();
  });
});

describe("a flash sale, watched", () => {
  const looks: [Look, Look][] = [
    [
      { device: "phone", language: "en", scheme: "light" },
      { device: "desktop", language: "zh-CN", scheme: "dark" },
    ],
    [
      { device: "phone", language: "zh-CN", scheme: "dark" },
      { device: "desktop", language: "en", scheme: "light" },
    ],
  ];
  it.each(looks)(
    "opens by the server's clock, sells and sells out before the eyes of a %o and a %o",
    async (...pair) => {
      const [buyer, onlooker] = await Promise.all(pair.map(watch));
      if (!buyer || !onlooker) throw new Error("two were to watch");
      for (const { page } of [buyer, onlooker]) await page.goto("/");
      const sale = await openSale(6, LEAD_MS);
      for (const watcher of [buyer, onlooker]) {
        // An hour fast: the shopper's own clock decides nothing.
        await watcher.page.clock.setSystemTime(Date.now() + HOUR_MS);
        await watcher.page.goto(`/sales/${sale}`);
        await inspect(watcher, "sale-before");
        expect(await press(watcher.page).isDisabled()).toBe(true);
      }
      await fillCheckout(buyer.page, buyer.look.language);
      for (const { page } of [buyer, onlooker]) {
        await state(page, "live");
        await press(page).and(page.locator(":enabled")).waitFor(PATIENCE);
      }
      for (let i = 0; i < 3; i++) await takeOne(sale, `other${i}`);
      await onlooker.page.locator("progress[value='3']").waitFor(PATIENCE);
      await inspect(onlooker, "sale-live");
      await press(buyer.page).click();
      await buyer.page.waitForURL(/\/pay\/sandbox\//, PATIENCE);
      await buyer.page.click("button[value=paid]");
      await buyer.page.waitForSelector(".order-good", PATIENCE);
      for (let i = 3; i < 5; i++) await takeOne(sale, `other${i}`);
      await state(onlooker.page, "sold_out");
      await onlooker.page.locator(".sale-panel h2").waitFor(PATIENCE);
      expect(await onlooker.page.locator("form[data-checkout]").count()).toBe(0);
      await inspect(onlooker, "sale-sold-out");
      expect([...buyer.heard, ...onlooker.heard]).toEqual([]);
      await Promise.all([buyer.context.close(), onlooker.context.close()]);
    },
    400_000,
  );

  it("works without scripts: hold first, then order", async () => {
    const sale = await openSale(2, -1_000);
    const { page, context } = await watch({ device: "phone", language: "en", scheme: "light", scripts: false });
    await page.goto(`/sales/${sale}`);
    await page.fill("[name=email]", "no.script@example.com");
    await page.click("button[value=hold]");
    await page.waitForURL(/\/held\//);
    for (const [name, value] of Object.entries({
      name: "Mei",
      line1: "1 Row",
      city: "P",
      region: "OR",
      postal_code: "97201",
    }))
      await page.fill(`[name=${name}]`, value);
    await page.click("form[data-checkout] button");
    await page.waitForURL(/\/pay\/sandbox\//);
    await context.close();
  });
});

describe("a flash sale of several SKUs, watched", () => {
  it.each([
    { device: "phone", language: "en", scheme: "light" },
    { device: "desktop", language: "zh-CN", scheme: "dark" },
  ] as const)(
    "shows what is left of each as it goes, and keeps what was typed when another is chosen, on %o",
    async (look) => {
      const skus: string[] = [];
      for (const handle of ["carry-lantern", "floating-lotus-lantern", "stoneware-candle"]) {
        const { variants } = await shop.call("GET", `/products/${handle}`);
        await shop.setStock(variants[0].sku, 100);
        skus.push(variants[0].sku);
      }
      const [first = "", second = "", third = ""] = skus;
      const sale = await shop.call("POST", "/flash-sales", {
        title: "Night market",
        items: skus.map((sku) => ({
          sku,
          sale_price: { amount: 4_900, currency: "CNY" },
          quantity: 2,
          per_buyer_limit: sku === third ? 2 : 1,
        })),
        starts_at: new Date(Date.now() - 1_000).toISOString(),
        ends_at: new Date(Date.now() + HOUR_MS).toISOString(),
      });
      const take = (sku: string, name: string) =>
        shop.call("POST", `/flash-sales/${sale.id}/participations`, { sku, email: `${name}@example.com` });
      const watcher = await watch(look);
      const { page } = watcher;
      await page.goto(`/sales/${sale.id}`);
      await inspect(watcher, "sale-several");
      await fillCheckout(page, look.language);
      for (const name of ["ann", "bob"]) await take(first, name);
      await take(second, "ann");
      await page.locator(`[data-item="${first}"][data-gone]`).waitFor(PATIENCE);
      await page.locator(`[data-item="${second}"] progress[value='1']`).waitFor(PATIENCE);
      await expect.poll(() => page.locator(`[data-choose="${first}"]`).isVisible()).toBe(false);
      const offered = () => page.locator("#quantity option:enabled").allTextContents();
      expect(await offered()).toEqual(["1"]);
      await page.click(`[data-choose="${third}"]`);
      await expect.poll(() => page.inputValue("input[name=sku]:checked")).toBe(third);
      expect(await offered()).toEqual(["1", "2"]);
      await page.selectOption("#quantity", "2");
      await page.check(`input[name=sku][value="${second}"]`);
      expect([await offered(), await page.inputValue("#quantity")]).toEqual([["1"], "1"]);
      await page.check(`input[name=sku][value="${third}"]`);
      await press(page).click();
      await page.waitForURL(/\/pay\/sandbox\//, PATIENCE);
      await page.goto(`/sales/${sale.id}`);
      await inspect(watcher, "sale-one-gone");
      // What is shown may be a second old.
      const remaining = async () => (await shop.call("GET", `/flash-sales/${sale.id}`)).items[2].remaining;
      await expect.poll(remaining).toBe(1);
      expect(watcher.heard).toEqual([]);
      await watcher.context.close();
    },
    400_000,
  );
});

describe("a waiting room, watched", () => {
  it.each([
    { device: "phone", language: "zh-CN", scheme: "light" },
    { device: "desktop", language: "en", scheme: "dark" },
  ] as const)(
    "shows the place, moves, and opens the sale by itself on %o",
    async (look) => {
      const sale = await openSale(50, -1_000, { waiting_room: { admit_per_second: 1, burst: 1 } });
      const enter = (name: string) =>
        shop.call("POST", `/flash-sales/${sale}/waiting-room/entries`, { email: `${name}@example.com` });
      const watcher = await watch(look);
      const { page } = watcher;
      await page.goto(`/sales/${sale}`);
      await inspect(watcher, "sale-line-up");
      await page.fill("[name=email]", "mei@example.com");
      await Promise.all(Array.from({ length: AHEAD }, (_, i) => enter(`q${i}`)));
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/room$/);
      const ahead = async () => Number(await page.locator("[data-ahead]").textContent());
      const first = await ahead();
      await inspect(watcher, "room");
      await page.locator(".draw summary").click();
      await inspect(watcher, "room-draw");
      await page.waitForFunction(
        (was) => Number(document.querySelector("[data-ahead]")?.textContent) < was,
        first,
        PATIENCE,
      );
      await page.waitForURL(`/sales/${sale}`, PATIENCE);
      expect(await page.inputValue("[name=email]")).toBe("mei@example.com");
      await inspect(watcher, "sale-turn");
      const { language } = look;
      const address = page.locator("form[data-checkout]");
      await address.locator("[name=name]").fill("Mei");
      for (const [name, value] of Object.entries({ line1: "1", city: "C", region: "R", postal_code: "97201" }))
        await address.locator(`[name=${name}]`).fill(value);
      await press(page).click();
      await page.waitForURL(/\/pay\/sandbox\//, PATIENCE);
      expect([language, ...watcher.heard]).toEqual([language]);
      await watcher.context.close();
    },
    400_000,
  );
});
