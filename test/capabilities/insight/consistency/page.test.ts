import { describe, expect, it } from "vitest";
import { api, page } from "../../../support/api.ts";

const link = async (body: object = {}) => new URL((await api("POST", "/consistency/links", { body })).body.url);
const open = (url: URL, shop = "demo") => page("GET", `${url.pathname}${url.search}`, { shop });

describe("the stock monitor's page", () => {
  it("opens by staff's link and shows how the copies stand", async () => {
    await api("PUT", "/stock/PAGE-1", { body: { on_hand: 3 } });
    const { status, text, headers } = await open(await link());
    expect(status).toBe(200);
    expect(text).toContain('data-monitor="state"');
    expect(headers.get("cache-control")).toBe("no-store");
    expect(text).toContain('content="noindex');
  });

  it("says when its link ends", async () => {
    const { body } = await api("POST", "/consistency/links", { body: { hours: 2 } });
    const until = Number(new URL(body.url).searchParams.get("until"));
    expect(Date.parse(body.expires_at)).toBe(until * 1000);
    expect((await api("POST", "/consistency/links", { body: { hours: 0 } })).status).toBe(422);
    expect((await api("POST", "/consistency/links", { key: null, body: {} })).status).toBe(401);
  });

  it("is no page at all with a link that is missing, changed, ended or another shop's", async () => {
    const own = await link();
    const changed = (name: string, value: string) => {
      const url = new URL(own);
      url.searchParams.set(name, value);
      return url;
    };
    const signature = own.searchParams.get("signature") ?? "";
    const refused = [
      await page("GET", "/monitor/stock"),
      await open(changed("until", "9999999999")),
      await open(changed("until", "1")),
      await open(changed("until", "1e99")),
      await open(changed("signature", signature.slice(0, -1))),
      await open(changed("signature", "x".repeat(signature.length))),
      await open(own, "acme"),
    ];
    expect(refused.map((it) => it.status)).toEqual(refused.map(() => 404));
    for (const { text } of refused) expect(text).not.toContain("data-monitor");
  });
});
