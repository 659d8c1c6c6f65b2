import { beforeAll, describe, expect, it } from "vitest";
import { api, openShop, page } from "../support/api.ts";
import { checkOut, fillCart, putOnSale } from "../support/shopper.ts";

const shop = "lantern";
const zh = { headers: { "accept-language": "zh-CN" }, shop };
const en = { headers: { "accept-language": "en" }, shop };
const settings = (body: object) => api("PATCH", "/shop/settings", { shop, body });

beforeAll(async () => {
  await openShop({ id: shop, name: "Lantern Street", currency: "EUR" });
  await putOnSale("LANTERN", 10, 500, shop);
});

describe("a shop's time zone", () => {
  it("is UTC until it has one, and then that of its order pages", async () => {
    const { order, order_token } = (await checkOut(await fillCart({ LANTERN: 1 }, shop), { shop })).body;
    const path = `/orders/${order.id}?token=${order_token}`;
    const at = new Date(order.placed_at);
    const told = (timeZone: string) =>
      new Intl.DateTimeFormat("en", {
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
        timeZone,
        timeZoneName: "short",
      }).format(at);
    const before = await page("GET", path, en);
    expect(before.text).toContain(told("UTC"));
    expect((await settings({ time_zone: "Asia/Shanghai" })).body.settings.time_zone).toBe("Asia/Shanghai");
    const after = await page("GET", path, en);
    expect(after.text).toContain(told("Asia/Shanghai"));
    expect(after.text).toContain(`datetime="${order.placed_at}"`);
    expect(after.text).not.toContain(told("UTC"));
  });

  it.each(["Mars/Olympus", "+08:00", "", "Asia/Shanghai; DROP"])("cannot be %s", async (time_zone) => {
    expect(await settings({ time_zone })).toMatchObject({ status: 422, body: { code: "invalid_request" } });
  });
});

describe("a shop's name", () => {
  it("is the one of the visitor's language, where it has one", async () => {
    expect((await page("GET", "/cart", zh)).text).toContain("Lantern Street");
    const changed = await settings({ names: { "zh-CN": "灯笼街" } });
    expect(changed.body).toMatchObject({ name: "Lantern Street", settings: { names: { "zh-CN": "灯笼街" } } });
    const chinese = await page("GET", "/cart", zh);
    expect(chinese.text).toContain("<span>灯笼街</span>");
    expect(chinese.text).not.toContain("Lantern Street");
    const english = await page("GET", "/cart", en);
    expect(english.text).toContain("<span>Lantern Street</span>");
    expect(english.text).not.toContain("灯笼街");
  });

  it("goes back to one when the others are taken away", async () => {
    expect((await settings({ names: {} })).body.settings.names).toEqual({});
    expect((await page("GET", "/cart", zh)).text).toContain("<span>Lantern Street</span>");
  });

  it("has letters, and only in languages that there are", async () => {
    for (const names of [{ en: " " }, { en: "x".repeat(81) }, { fr: "Rue" }])
      expect((await settings({ names })).status).toBe(422);
  });
});
