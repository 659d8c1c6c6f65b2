import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addToCart,
  complaints,
  type devices,
  fillCheckout,
  follow,
  newShopper,
  openBrowser,
  orderCart,
  playAtBank,
} from "./support/browse.ts";
import { type RunningShop, runShop } from "./support/run-shop.ts";

const PRODUCT = "/products/stoneware-candle";
const OTHER = "/products/carry-lantern";
const THANKS = { en: "Thank you", "zh-CN": "谢谢" } as const;
const SETTLED_MS = 60_000;

let shop: RunningShop;
let browser: Browser;
beforeAll(async () => {
  [shop, browser] = await Promise.all([runShop(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

const headline = (page: Page, words: string) => page.locator("h1", { hasText: words }).waitFor({ timeout: SETTLED_MS });

describe("a guest", () => {
  for (const device of ["phone", "desktop"] as const satisfies readonly (keyof typeof devices)[])
    for (const language of ["en", "zh-CN"] as const)
      it(`buys on a ${device} in ${language}`, async () => {
        const shopper = await newShopper(browser, shop.origin, { device, language });
        const page = await shopper.newPage();
        const heard = complaints(page);
        await addToCart(page, PRODUCT);
        await expect.poll(() => page.textContent("[data-cart-count]")).toBe("1");
        await orderCart(page, language);
        await playAtBank(page, "pending_then_paid");
        await headline(page, THANKS[language]);
        expect(await page.locator("html").getAttribute("lang")).toBe(language);
        expect(heard).toEqual([]);
        await shopper.close();
      });

  it("buys without scripts", async () => {
    const shopper = await newShopper(browser, shop.origin, { device: "phone", language: "en", scripts: false });
    const page = await shopper.newPage();
    await page.goto(PRODUCT);
    await page.locator("a.chip").nth(1).click();
    await page.waitForURL(/variant=/);
    await page.fill("[name=quantity]", "2");
    await page.click("form[data-buy] button");
    await page.waitForURL(/\/cart$/);
    expect(await page.inputValue("[name=quantity]")).toBe("2");
    await page.fill("[name=quantity]", "1");
    await follow(page, () => page.click("form[data-quantity] button"));
    expect(await page.inputValue("[name=quantity]")).toBe("1");
    await orderCart(page, "en");
    await playAtBank(page, "paid");
    const reloaded = async () => {
      await page.reload();
      return page.textContent("h1");
    };
    await expect.poll(reloaded, { timeout: SETTLED_MS }).toContain(THANKS.en);
    await shopper.close();
  });

  it("is declined, pays again and then cancels", async () => {
    const shopper = await newShopper(browser, shop.origin, { device: "desktop", language: "en" });
    const page = await shopper.newPage();
    await addToCart(page, PRODUCT);
    await orderCart(page, "en");
    await playAtBank(page, "declined");
    await headline(page, "did not go through");
    await page.click("form[action$='/pay'] button");
    await page.waitForURL(/\/pay\/sandbox\//);
    await playAtBank(page, "duplicate_notification");
    await headline(page, THANKS.en);
    await page.click("form[action$='/cancel'] button");
    await headline(page, "cancelled");
    await page.getByText("Your money was given back").waitFor({ timeout: SETTLED_MS });
    await shopper.close();
  });

  it("buys with the keyboard alone", async () => {
    const shopper = await newShopper(browser, shop.origin, { device: "desktop", language: "en" });
    const page = await shopper.newPage();
    await page.goto(PRODUCT);
    await press(page, "form[data-buy] button");
    await page.locator("[data-added] a").waitFor();
    await press(page, "[data-added] a");
    await page.waitForURL(/\/cart$/);
    await press(page, "a[href='/checkout']");
    await page.waitForURL(/\/checkout$/);
    for (const [name, value] of Object.entries({
      email: "key@example.com",
      name: "Key Board",
      line1: "1 Tab Row",
      city: "Bath",
      region: "Somerset",
      postal_code: "BA1 1AA",
    })) {
      await tabTo(page, `[name=${name}]`);
      await page.keyboard.type(value);
    }
    await press(page, "[data-checkout] button[type=submit]");
    await page.waitForURL(/\/pay\/sandbox\//);
    await press(page, "button[value=paid]");
    await page.waitForURL(/\/orders\//);
    await headline(page, THANKS.en);
    await shopper.close();
  });
});

describe("the checkout", () => {
  it("keeps what was entered and says what is wrong beside the field", async () => {
    const shopper = await newShopper(browser, shop.origin, { device: "desktop", language: "en" });
    const page = await shopper.newPage();
    await addToCart(page, PRODUCT);
    await page.goto("/checkout");
    await page.fill("[name=email]", "not an address");
    await page.fill("[name=name]", "Mei Lin");
    await page.click("[data-checkout] button[type=submit]");
    await page.locator(".notice-bad").waitFor();
    expect(await page.inputValue("[name=name]")).toBe("Mei Lin");
    expect(await page.getAttribute("[name=email]", "aria-describedby")).toContain("email-error");
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain("notice");
    await shopper.close();
  });

  it("makes one order of two presses", async () => {
    const shopper = await newShopper(browser, shop.origin, { device: "desktop", language: "en", scripts: false });
    const page = await shopper.newPage();
    await page.goto(PRODUCT);
    await follow(page, () => page.click("form[data-buy] button"));
    await page.goto("/checkout");
    await fillCheckout(page, "en");
    const names = [
      "cart_id",
      "expected_total",
      "key",
      "email",
      "country",
      "name",
      "line1",
      "city",
      "region",
      "postal_code",
    ];
    const form: { [name: string]: string } = {};
    for (const name of names) form[name] = await page.inputValue(`[name=${name}]`);
    const headers = { origin: shop.origin };
    const press = () => shopper.request.post("/checkout", { form, headers, maxRedirects: 0 });
    const [first, second] = await Promise.all([press(), press()]);
    expect([first.status(), second.status()]).toEqual([303, 303]);
    expect(second.headers().location).toBe(first.headers().location);
    await shopper.close();
  });

  it("shows what changed: a price, then a thing that somebody else bought", async () => {
    const shopper = await newShopper(browser, shop.origin, { device: "phone", language: "en" });
    const page = await shopper.newPage();
    await addToCart(page, OTHER);
    const sku = (await page.inputValue("form[data-buy] [name=sku]")) ?? "";
    await page.goto("/checkout");
    await shop.setPrice("carry-lantern", 40_100);
    await fillCheckout(page, "en");
    await page.click("[data-checkout] button[type=submit]");
    await page.getByText("is now ¥401.00").waitFor();
    await shop.setStock(sku, 0);
    await page.click("[data-checkout] button[type=submit]");
    await page.getByText("Someone was faster").waitFor();
    // Pages show the mirror of the counters, which is a second behind.
    const soldOut = async () => {
      await page.goto(OTHER);
      return page.locator(".stock-none").count();
    };
    await expect.poll(soldOut, { timeout: SETTLED_MS }).toBe(1);
    await page.screenshot({ path: "e2e-shots/product-sold-out-phone-light-en.png", fullPage: true });
    expect(await page.isDisabled("form[data-buy] button")).toBe(true);
    await page.goto("/cart");
    await page.locator(".line-warning-bad").waitFor();
    await shopper.close();
  });
});

async function press(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press("Enter");
}

/** Tabs until the element has the focus, as a person without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate((it) => document.activeElement?.matches(it) ?? false, selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${selector} was not reached with the Tab key`);
}
