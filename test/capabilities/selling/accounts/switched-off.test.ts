import { describe, expect, it } from "vitest";
import { newShopper, register, signIn } from "../../../support/accounts.ts";
import { api, page } from "../../../support/api.ts";
import { fillCart, home, putOnSale } from "../../../support/shopper.ts";

const turn = (enabled: boolean) => api("PUT", "/capabilities/accounts", { body: { enabled } });

describe("a shop without accounts", () => {
  it("sells to guests, knows no session, and finds all as it was when they are on again", async () => {
    await putOnSale("OFF-LAMP", 10);
    const ann = await newShopper("switched.off@example.com");
    const own = { key: null, headers: ann.cookie };
    const cart = await fillCart({ "OFF-LAMP": 1 });
    const bought = await fillCart({ "OFF-LAMP": 2 });
    const withCart = { headers: { ...ann.cookie, cookie: `${ann.cookie.cookie}; cart=${cart}` } };
    expect((await page("GET", "/checkout", withCart)).text).toContain('href="/account"');

    expect((await turn(false)).body.changed).toEqual(["accounts"]);
    for (const answer of [
      await api("GET", "/accounts/me", own),
      await register("off@example.com"),
      await signIn("a@b.c"),
    ])
      expect([answer.status, answer.body.code]).toEqual([403, "capability_off"]);
    for (const path of ["/account", "/account/sign-in", "/account/register", "/account/orders"])
      expect([path, (await page("GET", path, { headers: ann.cookie })).status]).toEqual([path, 404]);
    const checkout = await page("GET", "/checkout", withCart);
    expect([checkout.status, checkout.text.includes("/account")]).toEqual([200, false]);
    expect(checkout.text).not.toContain("switched.off@example.com");
    const body = { cart_id: bought, email: "work@example.com", shipping_address: home };
    const placed = await api("POST", "/checkouts", { ...own, body });
    expect(placed.status, placed.text).toBe(201);

    expect((await turn(true)).body.changed).toEqual(["accounts"]);
    expect((await api("GET", "/accounts/me", own)).body.email).toBe("switched.off@example.com");
    expect((await api("GET", "/accounts/me/orders", own)).body.data).toEqual([]);
    const again = await api("POST", "/checkouts", { ...own, body: { ...body, cart_id: cart } });
    const listed = await api("GET", "/accounts/me/orders", own);
    expect(listed.body.data.map((it: { order: { id: string } }) => it.order.id)).toEqual([again.body.order.id]);
  });
});
