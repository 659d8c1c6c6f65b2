import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

/** Flags that Chromium needs as root in a container without a network. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A page on a busy machine needs seconds; only what never comes takes so long. */
const PATIENCE_MS = 90_000;

export const devices = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const;

export interface Look {
  device: keyof typeof devices;
  language: "en" | "zh-CN";
  scheme?: "light" | "dark";
  scripts?: boolean;
}

const isOfTheFour = (look: Look): boolean =>
  (look.device === "phone") === ((look.scheme === "light") === (look.language === "en"));

/** Every page is looked at in these. Each two of device, scheme and language meet in one of the four; `LOOKS=all` takes all eight. */
export const looks: readonly Required<Omit<Look, "scripts">>[] = (["phone", "desktop"] as const).flatMap((device) =>
  (["light", "dark"] as const).flatMap((scheme) =>
    (["en", "zh-CN"] as const)
      .map((language) => ({ device, scheme, language }))
      .filter((it) => process.env.LOOKS === "all" || isOfTheFour(it)),
  ),
);

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

/** A shopper's own browser: no cookies of anybody else. */
export async function newShopper(browser: Browser, origin: string, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: devices[look.device],
    locale: look.language,
    colorScheme: look.scheme ?? "light",
    javaScriptEnabled: look.scripts ?? true,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** Does what leads to another page, or to the same one anew, and waits until that is there. */
export async function follow(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent("load"), act()]);
}

/** What the browser complained about: blocked by CSP, script errors. Answers of 4xx are ours on purpose. */
export function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on("pageerror", (error) => heard.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) heard.push(message.text());
  });
  return heard;
}

const ADDRESSES = {
  en: { name: "Mei Lin", line1: "10 Lamp Street", city: "Portland", region: "Oregon", postal_code: "97201" },
  "zh-CN": { name: "林小梅", line1: "望京街 10 号", city: "北京", region: "北京", postal_code: "100102" },
} as const;

export async function fillCheckout(page: Page, language: Look["language"]): Promise<void> {
  await page.fill("[name=email]", `mei.${crypto.randomUUID().slice(0, 8)}@example.com`);
  for (const [name, value] of Object.entries(ADDRESSES[language])) await page.fill(`[name=${name}]`, value);
}

export const addToCart = async (page: Page, path: string): Promise<void> => {
  await page.goto(path);
  await page.click("form[data-buy] button");
  await page.locator("[data-added] a").or(page.locator(".lines")).first().waitFor();
};

/** From the cart to the bank's page. */
export async function orderCart(page: Page, language: Look["language"]): Promise<void> {
  await page.goto("/checkout");
  await fillCheckout(page, language);
  await page.click("[data-checkout] button[type=submit]");
  await page.waitForURL(/\/pay\/sandbox\//);
}

/** Plays an outcome at the bank and comes back to the order. */
export async function playAtBank(page: Page, outcome: string): Promise<void> {
  await page.click(`button[value=${outcome}]`);
  await page.waitForURL(/\/orders\//);
}
