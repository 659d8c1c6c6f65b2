import { describe, expect, it } from "vitest";
import { newShopper } from "../support/accounts.ts";
import { page } from "../support/api.ts";
import { newBrowser } from "../support/browser.ts";
import { mailTo } from "../support/mails.ts";
import { signInAs } from "../support/staff.ts";

const location = (it: { headers: Headers }) => it.headers.get("location");
const pathOf = (href: string) => href.replace(/^https?:\/\/[^/]+/, "");
const NEW = "a much newer password";

describe("the pages of a forgotten password", () => {
  it("lead from the sign-in to the mail and back, with the same words for an address that nobody has", async () => {
    await newShopper("page.reset@example.com");
    const browser = newBrowser();
    expect((await browser.get("/account/sign-in")).text).toContain('href="/account/forgotten"');
    expect((await browser.post("/account/forgotten", { email: "no address" })).status).toBe(422);
    for (const email of ["page.reset@example.com", "page.nobody@example.com"])
      expect(location(await browser.post("/account/forgotten", { email }))).toBe("/account/forgotten?sent");
    expect((await browser.get("/account/forgotten?sent")).text).toContain("If this address has an account");
    const { href, token } = await mailTo("page.reset@example.com", "password_reset");
    for (let looks = 0; looks < 2; looks++) {
      const shown = await browser.get(pathOf(href));
      expect([shown.status, shown.headers.get("referrer-policy")]).toEqual([200, "strict-origin-when-cross-origin"]);
      expect(shown.text).toContain("page.reset@example.com");
    }
    const weak = await browser.post("/account/reset", { token, password: "short" });
    expect([weak.status, weak.text.includes("At least 10 characters")]).toEqual([422, true]);
    expect(location(await browser.post("/account/reset", { token, password: NEW }))).toBe("/account/sign-in?reset");
    expect(browser.kept.has("device")).toBe(true);
    const signedIn = await browser.post("/account/sign-in", { email: "page.reset@example.com", password: NEW });
    expect(location(signedIn)).toBe("/account");
    const spent = await browser.get(pathOf(href));
    expect([spent.status, spent.text.includes("opens nothing any more")]).toEqual([404, true]);
  });
});

describe("the studio's outbox", () => {
  it("shows support what was written to whom, and a stranger nothing", async () => {
    await newShopper("outbox.page@example.com");
    const { id, subject } = await mailTo("outbox.page@example.com", "account_confirmation");
    const { cookie } = await signInAs("demo", "support");
    const list = await page("GET", "/studio/outbox", { headers: { cookie } });
    for (const it of [subject, "outbox.page@example.com", `/studio/outbox/${id}`]) expect(list.text).toContain(it);
    const one = await page("GET", `/studio/outbox/${id}`, { headers: { cookie } });
    expect(one.text).toMatch(/<a href="http:\/\/demo\.localhost\/account\/confirm\?token=cnf_/);
    expect(location(await page("GET", "/studio/outbox"))).toBe("/studio/sign-in?to=%2Fstudio%2Foutbox");
    expect(location(await page("GET", "/studio/outbox/mail_x", { headers: { cookie } }))).toBe("/studio/outbox");
  });
});
