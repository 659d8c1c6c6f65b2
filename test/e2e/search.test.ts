import { mkdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { complaints, looks, newShopper, openBrowser } from "./support/browse.ts";
import { type RunningShop, runShop } from "./support/run-shop.ts";

const SHOTS = "e2e-shots";
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

const open = async (look: Parameters<typeof newShopper>[2]) => {
  const shopper = await newShopper(browser, shop.origin, look);
  const page = await shopper.newPage();
  return { page, heard: complaints(page), close: () => shopper.close() };
};
const titles = (page: Page) => page.locator(".card-title").allTextContents();

const views = {
  found: "/search?q=tea",
  chinese: "/search?q=%E8%8C%B6",
  narrowed: "/search?q=lamp&in_stock=true&sort=price_asc",
  corrected: "/search?q=lantren",
  nothing: "/search?q=submarine",
  everything: "/search",
  refused: `/search?q=${"a".repeat(300)}`,
};

describe("the search page", () => {
  for (const { device, scheme, language } of looks)
    it(`is sound on a ${device}, ${scheme}, ${language}`, async () => {
      const { page, heard, close } = await open({ device, language, scheme });
      for (const [name, path] of Object.entries(views)) {
        await page.goto(path);
        await page.screenshot({ path: `${SHOTS}/search-${name}-${device}-${scheme}-${language}.png` });
        expect(await findings(page), name).toEqual([]);
        expect(await isTooWide(page), name).toBe(false);
      }
      if (device === "phone") {
        await page.goto(views.found);
        await page.click(".filters-open");
        await page.waitForSelector(".filters:popover-open");
        await page.screenshot({ path: `${SHOTS}/search-sheet-${device}-${scheme}-${language}.png` });
        expect(await findings(page), "sheet").toEqual([]);
      }
      expect(heard).toEqual([]);
      await close();
    });

  it("follows what is typed, in place and in the address, and the way back", async () => {
    const { page, close } = await open({ device: "desktop", language: "en" });
    await page.goto("/");
    await page.fill(".header-search input", "tea");
    await page.press(".header-search input", "Enter");
    await page.waitForURL(/\/search\?q=tea$/);
    await page.evaluate(() => document.body.setAttribute("data-same", ""));
    await page.fill("[data-search-box] input[name=q]", "lantern");
    await page.waitForURL(/q=lantern$/);
    await expect.poll(() => titles(page)).toContain("Carry Lantern");
    await page.fill("[data-search-box] input[name=q]", "candle");
    await page.waitForURL(/q=candle$/);
    await page.goBack();
    await page.waitForURL(/q=tea$/);
    await page.getByText("Five-Stall Tea Sampler").waitFor();
    await expect.poll(() => page.inputValue("[data-search-box] input[name=q]")).toBe("tea");
    expect(await page.locator("body[data-same]").count()).toBe(1);
    await close();
  });

  it("shows the last of several answers, whichever arrives first", async () => {
    const { page, close } = await open({ device: "desktop", language: "en" });
    await page.goto("/search");
    await page.route(/q=lantern/, async (route) => {
      await new Promise((resume) => setTimeout(resume, 1_500));
      await route.continue().catch(() => undefined);
    });
    const asked = page.waitForRequest(/q=lantern/);
    await page.fill("[data-search-box] input[name=q]", "lantern");
    await asked;
    await page.fill("[data-search-box] input[name=q]", "candle");
    await page.waitForURL(/q=candle$/);
    await page.waitForTimeout(1_800);
    expect(page.url()).toMatch(/q=candle$/);
    expect(await titles(page)).not.toContain("Carry Lantern");
    await close();
  });

  it("is narrowed by keyboard, in the sheet of a phone", async () => {
    const { page, close } = await open({ device: "phone", language: "en" });
    await page.goto(views.found);
    await page.focus(".filters-open");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".filters:popover-open");
    for (let presses = 0; presses < 10; presses++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement?.matches(".choice-link"))) break;
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(/collection=/);
    await page.waitForSelector(".chosen-filter", { state: "attached" });
    const current = () => page.evaluate(() => document.activeElement?.getAttribute("aria-current"));
    await expect.poll(current).toBe("true");
    expect(await page.locator(".filters:popover-open").count()).toBe(1);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".filters:popover-open").count()).toBe(0);
    await close();
  });

  it("works without scripts: words, choices, prices, pages", async () => {
    const { page, close } = await open({ device: "desktop", language: "en", scripts: false });
    await page.goto("/search");
    expect((await titles(page)).length).toBe(24);
    await page.click("a[rel=next]");
    await page.waitForURL(/cursor=/);
    expect((await titles(page)).length).toBeGreaterThan(0);
    await page.fill("[data-search-box] input[name=q]", "tea");
    await page.click("[data-search-box] button");
    await page.waitForURL(/q=tea/);
    await page.click(".choice-link >> text=Gifts");
    await page.waitForURL(/collection=gifts/);
    await page.fill(".price-range input[name=to]", "100");
    await page.click(".price-range button");
    await page.waitForURL(/q=tea&collection=gifts&price_max=10000$/);
    await page.click(".chosen-clear");
    await page.waitForURL(/search\?q=tea$/);
    await close();
  });
});

/** Everything that axe finds, of any weight. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.html.slice(0, 160)}`));
}

const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
