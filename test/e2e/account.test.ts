import { mkdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addToCart, complaints, follow, looks, newShopper, openBrowser, playAtBank } from "./support/browse.ts";
import { findings, isTooWide } from "./support/inspect.ts";
import { type RunningShop, runShop } from "./support/run-shop.ts";

const SHOTS = "e2e-shots";
const PASSWORD = "old brass and paper lamps";

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

const submit = (page: Page, form: string) => page.click(`form[action="${form}"] button[type=submit]`);

async function register(page: Page, email = someone()): Promise<string> {
  await askForAccount(page, email);
  await page.goto(await linkTo(email));
  return openAccount(page, email);
}

const someone = () => `mei.${crypto.randomUUID().slice(0, 8)}@example.com`;

async function askForAccount(page: Page, email: string): Promise<void> {
  await page.goto("/account/register");
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", PASSWORD);
  await submit(page, "/account/register");
  await page.waitForURL("**/account/register?sent");
}

/** The path to which the mail leads. */
async function linkTo(email: string): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    const { data } = await shop.call("GET", "/mails?limit=100");
    const mail = data.find((it: { to: string; state: string }) => it.to === email && it.state === "sent");
    if (mail) return /\/account\/confirm\S+/.exec((await shop.call("GET", `/mails/${mail.id}`)).text)?.[0] ?? "";
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no mail to ${email}`);
}

async function openAccount(page: Page, email: string): Promise<string> {
  await page.fill("[name=password]", PASSWORD);
  await submit(page, "/account/confirm");
  await page.waitForURL("**/account?done=confirmed");
  return email;
}

async function keepAddress(page: Page, name: string): Promise<void> {
  await page.goto("/account/addresses");
  const fields = { name, line1: "10 Lamp Street", city: "Portland", region: "Oregon", postal_code: "97201" };
  await page.selectOption("[name=country]", "US");
  for (const [field, value] of Object.entries(fields)) await page.fill(`[name=${field}]`, value);
  await submit(page, "/account/addresses");
  await page.waitForSelector(`.address-book :text("${name}")`);
}

/** Fills nothing in: the account knows it. */
async function orderAsKnown(page: Page): Promise<void> {
  await addToCart(page, "/products/stoneware-candle");
  await page.goto("/checkout");
  await page.click("[data-checkout] button[type=submit]");
  await page.waitForURL(/\/pay\/sandbox\//);
  await playAtBank(page, "paid");
}

describe("the pages of an account", () => {
  it.each(looks)("are sound on a $device, $scheme, $language", async (look) => {
    const shopper = await newShopper(browser, shop.origin, look);
    const page = await shopper.newPage();
    const heard = complaints(page);
    const email = someone();
    const tour: readonly [name: string, go: () => Promise<unknown>][] = [
      ["account-sign-in", () => page.goto("/account")],
      [
        "account-sign-in-wrong",
        async () => {
          await page.fill("[name=email]", "nobody@example.com");
          await page.fill("[name=password]", "not the password");
          await submit(page, "/account/sign-in");
          await page.waitForSelector(".notice-bad");
        },
      ],
      ["account-register", () => page.goto("/account/register")],
      ["account-sent", () => askForAccount(page, email)],
      ["account-confirm", async () => page.goto(await linkTo(email))],
      ["account-new", () => openAccount(page, email)],
      ["account-addresses-empty", () => page.goto("/account/addresses")],
      ["account-addresses", () => keepAddress(page, "Mei Lin").then(() => keepAddress(page, "Lin Xiaomei"))],
      ["account-checkout", () => addToCart(page, "/products/carry-lantern").then(() => page.goto("/checkout"))],
      ["account-orders", () => orderAsKnown(page).then(() => page.goto("/account/orders"))],
      ["account-overview", () => page.goto("/account")],
      ["account-security", () => page.goto("/account/security")],
    ];
    for (const [name, go] of tour) {
      await go();
      const file = `${name}-${look.device}-${look.scheme}-${look.language}.png`;
      await page.screenshot({ path: `${SHOTS}/${file}`, fullPage: true });
      expect(await findings(page), `${name}: axe`).toEqual([]);
      expect(await isTooWide(page), `${name}: scrolls sideways`).toBe(false);
    }
    expect(heard).toEqual([]);
    await shopper.close();
  });
});

describe("a passkey", () => {
  it("is added on the security page and signs in without a password", async () => {
    const shopper = await newShopper(browser, shop.origin, { device: "phone", language: "en" });
    const page = await shopper.newPage();
    const tools = await shopper.newCDPSession(page);
    await tools.send("WebAuthn.enable");
    await tools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const email = await register(page);
    await page.goto("/account/security");
    await submit(page, "/account/security/passkeys");
    await page.waitForURL("**/account/security?done=passkey");
    await page.screenshot({ path: `${SHOTS}/account-passkey-phone-light-en.png`, fullPage: true });
    await follow(page, () => submit(page, "/account/sign-out"));
    await page.goto("/account/sign-in");
    await page.screenshot({ path: `${SHOTS}/account-sign-in-passkey-phone-light-en.png`, fullPage: true });
    await submit(page, "/account/passkey");
    await page.waitForURL("**/account");
    expect(await page.textContent(".account-head")).toContain(email);
    await shopper.close();
  });
});
