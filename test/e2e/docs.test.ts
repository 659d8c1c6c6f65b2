import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { complaints, newShopper, openBrowser } from "./support/browse.ts";
import { findings } from "./support/inspect.ts";
import { type RunningShop, runShop } from "./support/run-shop.ts";

let shop: RunningShop;
let browser: Browser;
let key: string;
beforeAll(async () => {
  [shop, browser] = await Promise.all([runShop(), openBrowser()]);
  ({ key } = await shop.call("POST", "/api-keys", { name: "Docs", mode: "test", scopes: ["orders:read"] }));
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

/** Opens an operation's form, sends it as it stands and answers what came back. */
async function send(page: Page, operation: string) {
  await page.goto("about:blank");
  await page.goto(`/docs#tag/${operation}`);
  await page.locator(`[id$="tag/${operation}"] .show-api-client-button`).first().click();
  const answered = page.waitForResponse((it) => it.url().includes("/api/v1/") && !it.url().endsWith("openapi.json"));
  await page.locator("button:has-text('Send')").first().click();
  return answered;
}

describe("the API's documentation", () => {
  it("answers requests from the page with a test key that the visitor pastes", async () => {
    const visitor = await newShopper(browser, shop.origin, { device: "desktop", language: "en" });
    const page = await visitor.newPage();
    const heard = complaints(page);
    await page.goto("/docs");
    await page.fill("#key", shop.key);
    await page.click("[data-try] button");
    await page.getByText("That is no test key").waitFor();
    await page.fill("#key", key);
    await page.click("[data-try] button");
    await page.getByText("Requests from this page carry the key").waitFor();
    const listed = await send(page, "orders/GET/orders");
    expect(listed.status()).toBe(200);
    expect(await listed.json()).toMatchObject({ data: [], next_cursor: null });
    await page.getByText("200 OK").first().waitFor();
    const changed = await send(page, "consistency/POST/consistency/checks");
    expect((await changed.json()).code).toBe("test_key_reads_only");
    expect(heard).toEqual([]);
    await visitor.close();
  });

  it("takes the key from a link, hides it from the address and lets it change nothing", async () => {
    const visitor = await newShopper(browser, shop.origin, { device: "phone", language: "en", scheme: "dark" });
    const page = await visitor.newPage();
    await page.goto(`/docs#key=${key}`);
    await page.getByText("Requests from this page carry the key").waitFor();
    expect(page.url()).not.toContain(key);
    expect(await page.inputValue("#key")).toBe(key);
    expect(await findings(page, "form[data-try]")).toEqual([]);
    await visitor.close();
  });
});
