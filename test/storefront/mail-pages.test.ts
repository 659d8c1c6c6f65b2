import { describe, expect, it } from "vitest";
import { newShopper } from "../support/accounts.ts";
import { api, page } from "../support/api.ts";
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
    expect(one.text).toContain("http://demo.localhost/account/confirm?[hidden]");
    expect([one.text.includes("cnf_"), one.text.includes("only who may appoint staff")]).toEqual([false, true]);
    const owner = (await signInAs("demo", "owner")).cookie;
    const whole = await page("GET", `/studio/outbox/${id}`, { headers: { cookie: owner } });
    expect(whole.text).toMatch(/<a href="http:\/\/demo\.localhost\/account\/confirm\?token=cnf_/);
    expect(location(await page("GET", "/studio/outbox"))).toBe("/studio/sign-in?to=%2Fstudio%2Foutbox");
    expect(location(await page("GET", "/studio/outbox/mail_x", { headers: { cookie } }))).toBe("/studio/outbox");
  });
});

describe("the links of shoppers' letters", () => {
  it("are read by who may appoint staff alone, by page or API; the letters stay readable", async () => {
    await newShopper("hidden.links@example.com");
    await api("POST", "/accounts/password-resets", { key: null, body: { email: "hidden.links@example.com" } });
    const { id, text, token } = await mailTo("hidden.links@example.com", "password_reset");
    expect(text).toContain(`token=${token}`);
    const reader = await api("POST", "/api-keys", { body: { name: "Reader", scopes: ["mail:read"] } });
    const asked = [(await api("GET", `/mails/${id}`, { key: reader.body.key })).body.text];
    for (const role of ["auditor", "support", "manager"]) {
      const { cookie } = await signInAs("demo", role);
      asked.push((await api("GET", `/mails/${id}`, { key: null, headers: { cookie } })).body.text);
      const shown = await page("GET", `/studio/outbox/${id}`, { headers: { cookie } });
      expect([shown.status, shown.text.includes("rst_")]).toEqual([200, false]);
    }
    for (const it of asked) expect(it).toBe(text.replace(`token=${token}`, "[hidden]"));
    const { cookie } = await signInAs("demo", "owner");
    expect((await api("GET", `/mails/${id}`, { key: null, headers: { cookie } })).body.text).toBe(text);
  });
});
