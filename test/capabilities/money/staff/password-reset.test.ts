import { describe, expect, it } from "vitest";
import { newAddress } from "../../../support/accounts.ts";
import { api, page } from "../../../support/api.ts";
import { mailsTo, mailTo } from "../../../support/mails.ts";
import { cookiesOf, employMember, givePassword, PASSWORD, postForm, signInAs } from "../../../support/staff.ts";

const NEW = "eight slow lanterns";
const ask = (email: string) =>
  api("POST", "/staff/password-resets", {
    key: null,
    body: { email },
    headers: { "cf-connecting-ip": newAddress() },
  });
const redeem = (token: string, password = NEW, shop = "demo") =>
  api("POST", "/staff/password-resets/redemption", {
    shop,
    key: null,
    body: { token, password },
    headers: { "cf-connecting-ip": newAddress() },
  });
const location = (it: { headers: Headers }) => it.headers.get("location");

describe("a member who forgot the password", () => {
  it("sets a new one by a mail: once, signed out everywhere, and still asked for the second factor", async () => {
    const { email, cookie, id } = await signInAs("demo", "owner");
    expect((await ask(email.toUpperCase())).status).toBe(202);
    const { token, href } = await mailTo(email, "staff_password_reset");
    expect(href).toBe(`http://demo.localhost/studio/reset?token=${token}`);
    expect((await redeem(token, NEW, "acme")).body.code).toBe("unknown_token");
    expect((await redeem(token, "password123")).body.code).toBe("weak_password");
    const answers = await Promise.all([redeem(token), redeem(token, `${NEW} too`)]);
    expect(answers.map((it) => it.status).sort()).toEqual([200, 404]);
    const password = answers[0]?.status === 200 ? NEW : `${NEW} too`;
    expect((await api("GET", "/orders", { key: null, headers: { cookie } })).status).toBe(401);
    expect((await givePassword("demo", email, PASSWORD)).status).toBe(422);
    expect(location(await givePassword("demo", email, password))).toMatch(/^\/studio\/sign-in\/code/);
    await mailTo(email, "staff_password_changed");
    const audit = await api("GET", `/staff/audit?subject=${id}`);
    expect(audit.body.data.map((it: { action: string }) => it.action)).toContain("reset_password");
  });

  it("gets none for an address of nobody's, or when deactivated, with the same answer", async () => {
    const gone = await employMember("demo", "auditor");
    await api("PATCH", `/staff/members/${gone.id}`, { body: { active: false } });
    const known = await employMember("demo", "auditor");
    const said = [await ask(gone.email), await ask("nobody@example.com"), await ask(known.email)];
    expect(new Set(said.map((it) => `${it.status} ${it.text}`)).size).toBe(1);
    await mailTo(known.email, "staff_password_reset");
    for (const email of [gone.email, "nobody@example.com"])
      expect(await mailsTo(email, "staff_password_reset")).toEqual([]);
  });

  it("does so on the studio's pages", async () => {
    const { email } = await employMember("demo", "support");
    expect((await page("GET", "/studio/sign-in")).text).toContain('href="/studio/forgotten"');
    expect((await postForm("demo", "/studio/forgotten", { email: "none" })).status).toBe(422);
    expect(location(await postForm("demo", "/studio/forgotten", { email }))).toBe("/studio/forgotten?sent");
    const { token } = await mailTo(email, "staff_password_reset");
    expect((await page("GET", `/studio/reset?token=${token}`)).text).toContain(email);
    expect((await postForm("demo", "/studio/reset", { token, password: "short" })).status).toBe(422);
    const done = await postForm("demo", "/studio/reset", { token, password: NEW });
    expect(location(done)).toBe("/studio/sign-in?reset");
    expect(cookiesOf(done)).toContain("staff-device=");
    expect((await page("GET", `/studio/reset?token=${token}`)).status).toBe(404);
    expect(location(await givePassword("demo", email, NEW))).toBe("/studio");
  });
});
