import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callShopOrThrow } from "../../scripts/call-shop.mjs";
import { complaints, follow, type Look, looks, newShopper, openBrowser } from "./support/browse.ts";
import { drawPicture } from "./support/draw-picture.ts";
import { type RunningShop, runShop } from "./support/run-shop.ts";

const SHOTS = "e2e-shots";
const REAL = "../shared/data/images";
const PRODUCT = "carry-lantern";
const PATH = `/studio/pictures?product=${PRODUCT}`;
const PUBLISHED_MS = 150_000;

interface ChosenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const real = (name: string, mimeType: string): ChosenFile => ({
  name,
  mimeType,
  buffer: readFileSync(`${REAL}/${name}`),
});

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

async function enter(look: Look, path = PATH): Promise<{ staff: BrowserContext; page: Page; heard: string[] }> {
  const staff = await newShopper(browser, shop.origin, look);
  const page = await staff.newPage();
  const heard = complaints(page);
  await page.goto(path);
  await page.fill("#staff-key", shop.key);
  await page.click("[data-door] button");
  await page.locator("[data-desk]").waitFor();
  return { staff, page, heard };
}

const statuses = (page: Page): Promise<string[]> => page.locator(".shot-status").allTextContents();
const imagesOf = async (handle: string): Promise<{ src: string; alt: string; width: number; height: number }[]> =>
  (await callShopOrThrow(shop.origin, "GET", `/api/v1/products/${handle}`)).images;

async function uploadAll(page: Page, count: number): Promise<void> {
  await page.click("[data-start]");
  await expect.poll(() => page.locator(".shot[data-state=done]").count(), { timeout: PUBLISHED_MS }).toBe(count);
}

/** What a picture is to a browser: its size as shown. */
const shownSize = (page: Page, src: string): Promise<[number, number]> =>
  page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, src);

describe("the studio's pictures", () => {
  it("takes several files, shows their way, and the product shows them", async () => {
    const { staff, page, heard } = await enter({ device: "desktop", language: "en" });
    const before = await imagesOf(PRODUCT);
    const files = ["one", "two", "three"].map((name, i) => drawPicture(`${name}.png`, 640 + i, 480));
    await page.setInputFiles("[data-files]", files);
    await page.locator("[data-alt] input").first().fill("A lantern by the river");
    await uploadAll(page, 3);
    await expect.poll(() => imagesOf(PRODUCT)).toHaveLength(before.length + 3);
    const images = await imagesOf(PRODUCT);
    expect(images.find((it) => it.alt === "A lantern by the river")).toMatchObject({ width: 640, height: 480 });
    await expect
      .poll(() => statuses(page), { timeout: PUBLISHED_MS })
      .toEqual(Array(3).fill("Published, pages are fresh"));
    await page.goto(`/products/${PRODUCT}`);
    expect(await page.locator(`img[srcset*="?w=320"]`).count()).toBeGreaterThan(0);
    expect(heard).toEqual([]);
    await staff.close();
  });

  it("takes files that are dropped and pasted, and the keyboard alone", async () => {
    const { staff, page } = await enter({ device: "desktop", language: "en" });
    const { buffer } = drawPicture("x.png", 33, 44);
    await page.evaluate(
      (bytes) => {
        for (const [kind, name] of [
          ["drop", "dropped.png"],
          ["paste", "pasted.png"],
        ] as const) {
          const transfer = new DataTransfer();
          transfer.items.add(new File([Uint8Array.from(bytes)], name, { type: "image/png" }));
          const init = { bubbles: true, cancelable: true };
          window.dispatchEvent(
            kind === "drop"
              ? new DragEvent("drop", { ...init, dataTransfer: transfer })
              : new ClipboardEvent("paste", { ...init, clipboardData: transfer }),
          );
        }
      },
      [...buffer],
    );
    const names = () => page.locator(".shot-name").allTextContents();
    await expect.poll(names).toEqual(["dropped.png", "pasted.png"]);
    await page.locator("[data-remove]").first().focus();
    await page.keyboard.press("Enter");
    await expect.poll(names).toEqual(["pasted.png"]);
    await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute("data-remove"))).toBe(true);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(".shot[data-state=done]").count(), { timeout: PUBLISHED_MS }).toBe(1);
    await staff.close();
  });

  it("replaces a picture of the product", async () => {
    const { staff, page } = await enter({ device: "desktop", language: "en" });
    const [old] = await imagesOf(PRODUCT);
    await page.setInputFiles("[data-files]", [drawPicture("instead.png", 50, 60)]);
    await page.locator("[data-place] select").selectOption(old?.src ?? "");
    await uploadAll(page, 1);
    await expect.poll(async () => (await imagesOf(PRODUCT))[0]).toMatchObject({ width: 50, height: 60, alt: old?.alt });
    expect((await imagesOf(PRODUCT)).map((it) => it.src)).not.toContain(old?.src);
    await staff.close();
  });

  it("says what is wrong with each file; a lost connection is tried again, a long one cancelled", async () => {
    const { staff, page } = await enter({ device: "phone", language: "zh-CN" });
    const good = drawPicture("good.png", 60, 60);
    const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
    await page.setInputFiles("[data-files]", [
      { name: "drawing.svg", mimeType: "image/svg+xml", buffer: svg },
      { name: "none.png", mimeType: "image/png", buffer: Buffer.alloc(0) },
      { name: "large.png", mimeType: "image/png", buffer: Buffer.alloc(20 * 1_048_576 + 1) },
      { name: "words.jpg", mimeType: "image/jpeg", buffer: Buffer.from("not really an image") },
      good,
    ]);
    await page.route("**/media/direct/**", (route) => route.abort("connectionreset"));
    await page.click("[data-start]");
    await expect
      .poll(() => statuses(page))
      .toEqual([
        "不是 JPEG、PNG、WebP、GIF 或 AVIF。",
        "文件是空的。",
        "超过 20 MB，请缩小后再传。",
        "连接中断，请重试。",
        "连接中断，请重试。",
      ]);
    await page.unroute("**/media/direct/**");
    for (const button of await page.locator("[data-retry]:visible").all()) await button.click();
    await expect
      .poll(async () => (await statuses(page)).slice(3), { timeout: PUBLISHED_MS })
      .toEqual(["不是 JPEG、PNG、WebP、GIF 或 AVIF。", "已发布，页面已更新"]);
    await page.route("**/media/direct/**", () => undefined);
    await page.setInputFiles("[data-files]", [drawPicture("slow.png", 70, 70)]);
    await page.click("[data-start]");
    await page.locator("[data-cancel]:visible").click();
    await expect.poll(async () => (await statuses(page)).at(-1)).toBe("已取消");
    await staff.close();
  });

  it("deletes a picture once that is confirmed, and the product loses it", async () => {
    const { staff, page, heard } = await enter({ device: "phone", language: "en" });
    await page.setInputFiles("[data-files]", [drawPicture("unwanted.png", 321, 123)]);
    await uploadAll(page, 1);
    // Then nothing more is said of the upload: the next words are the deletion's.
    await expect.poll(() => statuses(page), { timeout: PUBLISHED_MS }).toEqual(["Published, pages are fresh"]);
    const before = await imagesOf(PRODUCT);
    const button = page.getByRole("button", { name: "Delete unwanted.png" });
    await button.click();
    await look(page, "studio-delete-phone-light-en");
    await page.getByRole("button", { name: "Keep" }).click();
    await button.click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await expect.poll(() => page.textContent("[data-live]")).toBe("unwanted.png is deleted, also from its products.");
    await expect.poll(() => page.locator("[aria-label='Delete unwanted.png']").count()).toBe(0);
    const kept = before.slice(0, -1).map((it) => it.src);
    await expect.poll(async () => (await imagesOf(PRODUCT)).map((it) => it.src)).toEqual(kept);
    expect(heard).toEqual([]);
    await staff.close();
  });

  it("opens with a key of this shop only, and forgets it when left", async () => {
    const { staff, page } = await enter({ device: "phone", language: "en" });
    await follow(page, () => page.click("[data-leave]"));
    await page.locator("#staff-key").waitFor();
    expect(await page.locator("[data-desk]").isVisible()).toBe(false);
    await page.fill("#staff-key", "sk_live_wrong");
    await page.click("[data-door] button");
    await expect.poll(() => page.textContent("[data-door-error]")).toBe("This key does not open this shop.");
    await staff.close();
  });
});

describe.skipIf(!existsSync(REAL))("the real pictures", () => {
  it("are uploaded, upright and without their place; the file that is none is refused", async () => {
    const { staff, page, heard } = await enter(
      { device: "desktop", language: "en" },
      "/studio/pictures?product=lidded-gaiwan",
    );
    const portraits = ["Portrait_1.jpg", "Portrait_3.jpg", "Portrait_6.jpg"];
    const files = [
      ...portraits.map((name) => real(name, "image/jpeg")),
      ...["daniel-korpai-1302051-unsplash.jpg", "vincent-botta-736919-unsplash.jpg"].map((name) =>
        real(name, "image/jpeg"),
      ),
      ...["saleor-sunnies.png", "saleor-banana-drink.png"].map((name) => real(name, "image/png")),
      ...["4-slice-toaster.webp", "air-purifier-tower-white.webp"].map((name) => real(name, "image/webp")),
      real("bad-image.jpg", "image/jpeg"),
    ];
    await page.setInputFiles("[data-files]", files);
    await page.screenshot({ path: `${SHOTS}/studio-chosen-desktop-light-en.png`, fullPage: true });
    await uploadAll(page, files.length - 1);
    await expect
      .poll(() => page.locator(".shot[data-state=failed] .shot-name").allTextContents())
      .toEqual(["bad-image.jpg"]);
    const known = await callShopOrThrow(shop.origin, "GET", "/api/v1/media/pictures?limit=50", { key: shop.key });
    for (const name of portraits) {
      const picture = known.data.find((it: { filename: string }) => it.filename === name);
      expect(picture.height, name).toBeGreaterThan(picture.width);
      expect(await shownSize(page, picture.src), name).toEqual([picture.width, picture.height]);
    }
    await page.screenshot({ path: `${SHOTS}/studio-done-desktop-light-en.png`, fullPage: true });
    expect(heard).toEqual([]);
    await staff.close();
  });
});

describe("the studio", () => {
  for (const { device, scheme, language } of looks)
    it(`is sound on a ${device}, ${scheme}, ${language}`, async () => {
      const staff = await newShopper(browser, shop.origin, { device, scheme, language });
      const page = await staff.newPage();
      const heard = complaints(page);
      await page.goto(PATH);
      await page.locator("[data-door]").waitFor();
      await look(page, `studio-door-${device}-${scheme}-${language}`);
      await page.fill("#staff-key", shop.key);
      await page.click("[data-door] button");
      await page.locator("[data-desk]").waitFor();
      await look(page, `studio-empty-${device}-${scheme}-${language}`);
      await page.setInputFiles("[data-files]", [
        drawPicture(`lamp-${device}-${scheme}-${language}.png`, 300, 400),
        { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("x") },
      ]);
      await uploadAll(page, 1);
      await page.setInputFiles("[data-files]", [drawPicture("tea.png", 500, 400)]);
      await look(page, `studio-rows-${device}-${scheme}-${language}`);
      expect(heard).toEqual([]);
      await staff.close();
    });
});

async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.html.slice(0, 160)}`)),
    name,
  ).toEqual([]);
  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  expect(isTooWide, `${name} scrolls sideways`).toBe(false);
}
