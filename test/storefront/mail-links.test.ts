import { describe, expect, it } from "vitest";
import { newShopper } from "../support/accounts.ts";
import { api } from "../support/api.ts";
import { newBrowser } from "../support/browser.ts";
import { mailTo } from "../support/mails.ts";
import { employMember, invite } from "../support/staff.ts";

type Answer = Awaited<ReturnType<ReturnType<typeof newBrowser>["get"]>>;

const PASSWORD = "old brass and paper lamps";
const location = (it: Answer) => it.headers.get("location");
const pathOf = (href: string) => href.replace(/^https?:\/\/[^/]+/, "");

/** Where the language switch of a page leads back to. */
const backOf = ({ text }: Answer) => /name="back" value="([^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");

async function register(email: string, next?: string) {
  const browser = newBrowser();
  const fields = { email, password: PASSWORD, ...(next !== undefined && { next }) };
  expect(location(await browser.post("/account/register", fields))).toBe("/account/register?sent");
  return { browser, ...(await mailTo(email, "account_confirmation")) };
}

describe("the language switch", () => {
  it("keeps the token of a mail's link after the form was refused", async () => {
    const { browser, token } = await register("switch.confirm@example.com", "/cart");
    const wrong = await browser.post("/account/confirm", { token, password: "not the password", next: "/cart" });
    expect([wrong.status, backOf(wrong)]).toEqual([422, `/account/confirm?token=${token}&next=%2Fcart`]);
    const switched = await browser.post("/language", { back: backOf(wrong) ?? "", locale: "zh-CN" });
    expect((await browser.get(location(switched) ?? "")).text).toContain(`name="token" value="${token}"`);

    await newShopper("switch.reset@example.com");
    await browser.post("/account/forgotten", { email: "switch.reset@example.com" });
    const reset = await mailTo("switch.reset@example.com", "password_reset");
    const weak = await browser.post("/account/reset", { token: reset.token, password: "short" });
    expect([weak.status, backOf(weak)]).toEqual([422, `/account/reset?token=${reset.token}`]);

    const joining = (await invite("demo", "support", "switch.join@example.com")).body;
    const poor = await browser.post("/studio/join", { token: joining.token, name: "Ann", password: "short" });
    expect([poor.status, backOf(poor)]).toEqual([422, `/studio/join?token=${joining.token}`]);

    const { email } = await employMember("demo", "support");
    await api("POST", "/staff/password-resets", { key: null, body: { email } });
    const forgotten = await mailTo(email, "staff_password_reset");
    const short = await browser.post("/studio/reset", { token: forgotten.token, password: "short" });
    expect([short.status, backOf(short)]).toEqual([422, `/studio/reset?token=${forgotten.token}`]);
  });
});

describe("where a shopper was going", () => {
  it("travels from the registration through the mail to the opened account", async () => {
    const { browser, href, token } = await register("going@example.com", "/checkout?step=2");
    expect(pathOf(href)).toBe(`/account/confirm?token=${token}&next=%2Fcheckout%3Fstep%3D2`);
    const shown = await browser.get(pathOf(href));
    expect(shown.text).toContain('name="next" value="/checkout?step=2"');
    const fields = { token, password: PASSWORD, next: "/checkout?step=2" };
    expect(location(await browser.post("/account/confirm", fields))).toBe("/checkout?step=2");
    expect(location(await browser.get(pathOf(href)))).toBe("/checkout?step=2");
    const again = newBrowser();
    await again.post("/account/register", { email: "going@example.com", password: PASSWORD, next: "/cart" });
    const { href: known } = await mailTo("going@example.com", "account_known");
    expect(pathOf(known)).toBe("/account/sign-in?next=%2Fcart");
  });

  it("is never another site, in the form, in the API or in the mail's link", async () => {
    const elsewhere = ["//evil.example", "https://evil.example", "/\\evil.example", "/a\u0000b"];
    for (const [i, next] of elsewhere.entries()) {
      const email = `elsewhere.${i}@example.com`;
      const { browser, href, token } = await register(email, next);
      expect(pathOf(href)).toBe(`/account/confirm?token=${token}`);
      const shown = await browser.get(`${pathOf(href)}&next=${encodeURIComponent(next)}`);
      expect(shown.text).toContain('name="next" value="/account"');
      const opened = await browser.post("/account/confirm", { token, password: PASSWORD, next });
      expect(location(opened)).toBe("/account?done=confirmed");
      const asked = await api("POST", "/accounts", { key: null, body: { email, password: PASSWORD, next } });
      if (asked.status !== 400) expect([asked.status, asked.body.errors?.[0]?.field]).toEqual([422, "next"]);
    }
  });
});
