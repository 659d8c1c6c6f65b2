import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callShopOrThrow } from "../../scripts/call-shop.mjs";
import { codeAt } from "../../src/platform/identity/one-time-codes.ts";
import { complaints, follow, newShopper, openBrowser } from "./support/browse.ts";
import { findings, isTooWide } from "./support/inspect.ts";
import { type RunningShop, runShop } from "./support/run-shop.ts";

const PASSWORD = "seven slow lanterns";

let shop: RunningShop;
let browser: Browser;
beforeAll(async () => {
  [shop, browser] = await Promise.all([runShop(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

/** An order that nobody has paid yet. */
async function placeOrder(): Promise<string> {
  const { variants } = await shop.call("GET", "/products/stoneware-candle");
  const { id } = await shop.call("POST", "/carts");
  await shop.call("POST", `/carts/${id}/lines`, { sku: variants[0].sku, quantity: 1 });
  const home = { name: "Mei", line1: "10 Lamp Street", city: "Portland", region: "OR", postal_code: "97201" };
  const { order } = await shop.call("POST", "/checkouts", {
    cart_id: id,
    email: "mei@example.com",
    shipping_address: { ...home, country: "US" },
    payment_provider: "sandbox",
  });
  return order.id;
}

it("both shops of the demo have a Chinese name", async () => {
  for (const [host, name] of [
    ["localhost", "十灯集"],
    ["acme.localhost", "顶点工坊"],
  ] as const) {
    const { settings } = await callShopOrThrow(shop.origin.replace("localhost", host), "GET", "/api/v1/shop");
    expect(settings.names).toEqual({ "zh-CN": name });
  }
});

it("an owner joins by a link, sets up a second factor and works in the studio, by phone and in Chinese", async () => {
  const body = { email: "olive@example.com", role: "owner" };
  const { link } = await callShopOrThrow(shop.origin, "POST", "/api/v1/staff/invitations", { key: shop.key, body });
  const staff = await newShopper(browser, shop.origin, { device: "phone", language: "zh-CN", scheme: "dark" });
  const page = await staff.newPage();
  const heard = complaints(page);
  const look = async () =>
    expect([page.url(), await findings(page), await isTooWide(page)]).toEqual([page.url(), [], false]);
  await page.goto(link);
  await look();
  await page.fill("#name", "Olive");
  await page.fill("#password", PASSWORD);
  await follow(page, () => page.press("#password", "Enter"));
  await follow(page, () => page.click("main a.button"));
  await look();
  await page.fill("#email", "olive@example.com");
  await page.fill("#password", PASSWORD);
  await page.press("#password", "Enter");
  await page.waitForURL(/\/studio\/second-factor/);
  await look();
  const secret = ((await page.textContent(".staff-secret")) ?? "").replaceAll(" ", "");
  await page.fill("#code", codeAt(secret, Date.now()));
  await follow(page, () => page.press("#code", "Enter"));
  expect(await page.locator(".staff-codes li").count()).toBe(10);
  await page.click("main a.button");
  await page.waitForURL(/\/studio$/);
  expect(await page.title()).toContain("十灯集");
  for (const path of ["/studio", "/studio/orders", "/studio/sales", "/studio/members", "/studio/security"]) {
    await page.goto(path);
    await look();
  }
  await page.goto(`/studio/orders/${await placeOrder()}`);
  await look();
  await follow(page, () => page.click("main a[href$='/cancel']"));
  await page.focus("main form button");
  await follow(page, () => page.keyboard.press("Enter"));
  await page.locator("#sure-error").waitFor();
  await look();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\?done=cancelled$/);
  await look();
  await page.goto("/studio/pictures");
  await page.locator("[data-desk]").waitFor();
  await page.goto("/studio");
  await follow(page, () => page.click("form[action='/studio/sign-out'] button"));
  await page.goto("/studio/members");
  await page.waitForURL(/sign-in\?to=%2Fstudio%2Fmembers/);
  await page.fill("#email", "olive@example.com");
  await page.fill("#password", PASSWORD);
  await page.press("#password", "Enter");
  await page.waitForURL(/sign-in\/code/);
  await page.fill("#code", codeAt(secret, Date.now() + 30_000));
  await page.press("#code", "Enter");
  await page.waitForURL(/\/studio\/members$/);
  expect(heard).toEqual([]);
});
