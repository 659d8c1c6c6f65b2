import { describe, expect, it } from "vitest";
import { newShopper, PASSWORD, register, signedInAs } from "../support/accounts.ts";
import { page } from "../support/api.ts";
import { newBrowser } from "../support/browser.ts";
import { mailTo } from "../support/mails.ts";
import { signInAs } from "../support/staff.ts";

const location = (it: { headers: Headers }) => it.headers.get("location");
const pathOf = (href: string) => href.replace(/^https?:\/\/[^/]+/, "");
const NEW = "a much newer password";

describe("the pages of a forgotten password", () => {
  it("lead from the sign-in to the mail and back, with the same words for an address that nobody has", async () => {
    await register("page.reset@example.com");
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

describe("the pages of a new address", () => {
  it("ask for its proof until the link of the mail is followed, by way of the sign-in", async () => {
    const browser = newBrowser();
    await browser.post("/account/register", { email: "page.prove@example.com", password: PASSWORD });
    expect((await browser.get("/account")).text).toContain("Confirm that page.prove@example.com is yours");
    expect(location(await browser.post("/account/prove/link"))).toBe("/account?done=link");
    const { href, token } = await mailTo("page.prove@example.com", "email_proof");
    const path = pathOf(href);
    const elsewhere = newBrowser();
    expect(location(await elsewhere.get(path))).toBe(`/account/sign-in?next=${encodeURIComponent(path)}`);
    const words = { email: "page.prove@example.com", password: PASSWORD, next: path };
    expect(location(await elsewhere.post("/account/sign-in", words))).toBe(path);
    expect((await elsewhere.get(path)).text).toContain("Yes, it is mine");
    expect(location(await elsewhere.post("/account/prove", { token }))).toBe("/account?done=proven");
    expect((await elsewhere.get("/account?done=proven")).text).toContain("page.prove@example.com is confirmed");
    expect((await browser.get("/account")).text).not.toContain("Confirm that");
    expect(location(await browser.get(path))).toBe("/account?done=proven");
  });

  it("show somebody else's link to be none", async () => {
    await newShopper("page.owner@example.com");
    const { token } = await mailTo("page.owner@example.com", "welcome");
    await register("page.other@example.com");
    const other = await signedInAs("page.other@example.com");
    const shown = await page("GET", `/account/prove?token=${token}`, { headers: other.cookie });
    expect([shown.status, shown.text.includes("opens nothing any more")]).toEqual([404, true]);
  });
});

describe("the studio's outbox", () => {
  it("shows support what was written to whom, and a stranger nothing", async () => {
    await register("outbox.page@example.com");
    const { id, subject } = await mailTo("outbox.page@example.com", "welcome");
    const { cookie } = await signInAs("demo", "support");
    const list = await page("GET", "/studio/outbox", { headers: { cookie } });
    for (const it of [subject, "outbox.page@example.com", `/studio/outbox/${id}`]) expect(list.text).toContain(it);
    const one = await page("GET", `/studio/outbox/${id}`, { headers: { cookie } });
    expect(one.text).toMatch(/<a href="http:\/\/demo\.localhost\/account\/prove\?token=prf_/);
    expect(location(await page("GET", "/studio/outbox"))).toBe("/studio/sign-in?to=%2Fstudio%2Foutbox");
    expect(location(await page("GET", "/studio/outbox/mail_x", { headers: { cookie } }))).toBe("/studio/outbox");
  });
});
