import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { codeAt } from "../../../../src/platform/identity/one-time-codes.ts";
import { api, page } from "../../../support/api.ts";
import {
  cookiesOf,
  employMember,
  fromOwnPage,
  givePassword,
  PASSWORD,
  postForm,
  signInAs,
} from "../../../support/staff.ts";

const STEP_MS = 30_000;
const orders = (cookie: string, shop = "demo") => api("GET", "/orders", { shop, key: null, headers: { cookie } });
const giveCode = (cookie: string, code: string) => postForm("demo", "/studio/sign-in/code", { code }, { cookie });

describe("the sign-in", () => {
  it("of who needs no second factor opens what their role may read, by a cookie of this host alone", async () => {
    const { cookie, email } = await signInAs("demo", "auditor");
    expect((await orders(cookie)).status).toBe(200);
    const set = (await givePassword("demo", email)).headers.getSetCookie().find((it) => it.startsWith("staff="));
    expect(set).toMatch(/^staff=ss_[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await page("GET", "/studio", { headers: { cookie } })).text).toContain("Auditor");
    const frame = 'action="/studio/sign-out"';
    expect((await page("GET", "/studio/pictures", { headers: { cookie } })).text).toContain(frame);
    expect((await page("GET", "/studio/pictures")).text).not.toContain(frame);
  });

  it.each(["owner", "manager"])("of a new %s opens nothing before the second factor is set up", async (role) => {
    const { email } = await employMember("demo", role);
    const given = await givePassword("demo", email);
    expect(given.headers.get("location")).toBe("/studio/second-factor?to=%2Fstudio");
    const cookie = cookiesOf(given);
    expect((await orders(cookie)).status).toBe(401);
    const studio = await page("GET", "/studio", { headers: { cookie } });
    expect([studio.status, studio.headers.get("location")]).toEqual([303, "/studio/sign-in?to=%2Fstudio"]);
    const wrong = await postForm("demo", "/studio/second-factor", { code: "000000" }, { cookie });
    expect(wrong.status).toBe(422);
  });

  it("takes a code once, and not the one that set the second factor up", async () => {
    const { email, secret, cookie, code } = await signInAs("demo", "owner");
    expect((await orders(cookie)).status).toBe(200);
    const half = cookiesOf(await givePassword("demo", email));
    expect((await orders(half)).status).toBe(401);
    expect((await giveCode(half, code)).status).toBe(422);
    const next = codeAt(secret, Date.now() + STEP_MS);
    const answers = await Promise.all([giveCode(half, next), giveCode(half, next)]);
    expect(answers.map((it) => it.status).sort()).toEqual([303, 422]);
    const opened = cookiesOf(answers.find((it) => it.status === 303) ?? answers[0]);
    expect((await orders(opened)).status).toBe(200);
    expect(opened).not.toBe(half);
    expect((await giveCode(half, next)).headers.get("location"), "the half session is spent").toContain("/sign-in?");
  });

  it("is not finished any more once it was ended elsewhere", async () => {
    const { id, email, secret } = await signInAs("demo", "owner");
    const half = cookiesOf(await givePassword("demo", email));
    expect((await page("GET", "/studio/sign-in/code", { headers: { cookie: half } })).status).toBe(200);
    // As another isolate does it: this one has just seen the session.
    await env.DB.prepare("DELETE FROM staff_sessions WHERE member_id = ?").bind(id).run();
    const finished = await giveCode(half, codeAt(secret, Date.now() + STEP_MS));
    expect([finished.status, finished.headers.get("location")]).toEqual([303, "/studio/sign-in?to=%2Fstudio"]);
    expect(finished.headers.getSetCookie()).toEqual([]);
  });

  it("is over at once for who signs out between its two steps", async () => {
    const { email, secret } = await signInAs("demo", "owner");
    const half = cookiesOf(await givePassword("demo", email));
    const asked = await page("GET", "/studio/sign-in/code", { headers: { cookie: half } });
    expect(asked.text).toContain('action="/studio/sign-out"');
    const out = await postForm("demo", "/studio/sign-out", {}, { cookie: half });
    expect([out.status, out.headers.get("location")]).toEqual([303, "/studio/sign-in"]);
    expect(out.headers.getSetCookie()[0]).toMatch(/^staff=; Max-Age=0/);
    const finished = await giveCode(half, codeAt(secret, Date.now() + STEP_MS));
    expect(finished.headers.get("location")).toBe("/studio/sign-in?to=%2Fstudio");
    expect((await orders(half)).status).toBe(401);
  });

  it("takes each recovery code once, typed as people type", async () => {
    const { email, recoveryCodes } = await signInAs("demo", "owner");
    const [code = ""] = recoveryCodes;
    const half = cookiesOf(await givePassword("demo", email));
    const opened = await giveCode(half, ` ${code.toUpperCase().replaceAll("-", " ")} `);
    expect([opened.status, opened.headers.get("location")]).toEqual([303, "/studio"]);
    expect((await orders(cookiesOf(opened))).status).toBe(200);
    const again = cookiesOf(await givePassword("demo", email));
    expect((await giveCode(again, code)).status).toBe(422);
    const { results } = await env.DB.prepare("SELECT * FROM staff_recovery_codes").all();
    expect(JSON.stringify(results)).not.toContain(code.replaceAll("-", ""));
  });

  it("says the same to a wrong password, an unknown address and a deactivated member", async () => {
    const { id, email } = await employMember("demo", "support");
    const gone = await employMember("demo", "support");
    await api("PATCH", `/staff/members/${gone.id}`, { body: { active: false } });
    const answers = [
      await givePassword("demo", email, "some other words"),
      await givePassword("demo", "nobody@example.com"),
      await givePassword("demo", gone.email),
      await givePassword("acme", email),
    ];
    const words = answers.map(({ status, text }) => [status, /role="alert"[^>]*>(.*?)<\/div>/s.exec(text)?.[1]]);
    expect(words).toEqual(Array.from({ length: 4 }, () => [422, "<p>The address or the password is wrong.</p>"]));
    expect(answers.map((it) => it.headers.getSetCookie())).toEqual([[], [], [], []]);
    const { data } = (await api("GET", `/staff/audit?subject=${id}`)).body;
    expect(data[0]).toMatchObject({ action: "sign_in", result: "refused", who: id });
  });

  it("is throttled by account, also for the right password, and says when to come back", async () => {
    const { email } = await employMember("demo", "support");
    let last = await givePassword("demo", email, "wrong 0 wrong");
    for (let i = 1; i < 12 && last.status !== 429; i++) last = await givePassword("demo", email, `wrong ${i} wrong`);
    expect(last.status).toBe(429);
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await givePassword("demo", email)).status).toBe(429);
  });

  it("throttles guesses at the code", async () => {
    const { email, secret } = await signInAs("acme", "owner");
    const half = cookiesOf(await givePassword("acme", email));
    const guess = (code: string) => postForm("acme", "/studio/sign-in/code", { code }, { cookie: half });
    const wrong = codeAt(secret, 0);
    const answers: number[] = [];
    for (let i = 0; i < 12; i++) answers.push((await guess(wrong)).status);
    expect(answers.slice(-1)).toEqual([429]);
    expect((await guess(codeAt(secret, Date.now() + STEP_MS))).status).toBe(429);
  });

  it("leads to a page of the studio and nowhere else", async () => {
    const { email } = await employMember("demo", "auditor");
    const to = async (path: string) =>
      (await postForm("demo", "/studio/sign-in", { email, password: PASSWORD, to: path })).headers.get("location");
    expect(await to("/studio/members")).toBe("/studio/members");
    for (const path of ["//evil.example/studio/x", "https://evil.example", "/orders/x", "/studio/../cart\\x"])
      expect(await to(path)).toBe("/studio");
  });
});

describe("a second factor", () => {
  it("is stored sealed", async () => {
    const { secret } = await signInAs("demo", "manager");
    const { results } = await env.DB.prepare("SELECT code_secret FROM staff_members").all<{ code_secret: string }>();
    const kept = JSON.stringify(results) + results.map((it) => Buffer.from(it.code_secret ?? "", "base64url")).join();
    expect(kept).not.toContain(secret);
  });

  it("that is lost is taken away by an owner; its member is out until they set up another one", async () => {
    const { id, email, cookie, secret } = await signInAs("demo", "manager");
    expect((await api("DELETE", `/staff/members/${id}/second-factor`)).body.second_factor).toBe(false);
    expect((await orders(cookie)).status).toBe(401);
    const given = await givePassword("demo", email);
    expect(given.headers.get("location")).toContain("/studio/second-factor");
    const shown = await page("GET", "/studio/second-factor", { headers: { cookie: cookiesOf(given) } });
    expect(shown.text.replaceAll(" ", "")).not.toContain(secret);
  });

  it("is turned off by who may go without, with a code, and by nobody else", async () => {
    const manager = await signInAs("demo", "manager");
    const code = codeAt(manager.secret, Date.now() + STEP_MS);
    const { cookie } = manager;
    await postForm("demo", "/studio/security", { do: "off", code }, { cookie });
    expect((await api("GET", `/staff/members/${manager.id}`)).body.member.second_factor).toBe(true);
  });

  it("gets new recovery codes for a code, and the old ones are worthless", async () => {
    const { cookie, email, secret, recoveryCodes } = await signInAs("demo", "owner");
    const refused = await postForm("demo", "/studio/security", { do: "codes", code: "000000" }, { cookie });
    expect(refused.headers.get("location")).toBe("/studio/security?problem=wrong_code");
    const code = codeAt(secret, Date.now() + STEP_MS);
    const renewed = await postForm("demo", "/studio/security", { do: "codes", code }, { cookie });
    expect(renewed.text.match(/<code>[0-9a-z-]{14}<\/code>/g)).toHaveLength(10);
    const half = cookiesOf(await givePassword("demo", email));
    expect((await giveCode(half, recoveryCodes[1] ?? "")).status).toBe(422);
  });
});

it("a new password needs the old one and signs all other browsers out", async () => {
  const { email, cookie } = await signInAs("demo", "auditor");
  const other = cookiesOf(await givePassword("demo", email));
  const change = (fields: Record<string, string>) =>
    postForm("demo", "/studio/security", { do: "password", ...fields }, fromOwnPage("demo", cookie));
  const tries: [Record<string, string>, string][] = [
    [{ old_password: "not this one", new_password: "nine quiet rivers " }, "wrong_credentials"],
    [{ old_password: PASSWORD, new_password: "short" }, "too_short"],
    [{ old_password: PASSWORD, new_password: "nine quiet rivers " }, ""],
  ];
  for (const [fields, problem] of tries)
    expect((await change(fields)).headers.get("location")).toBe(
      `/studio/security?${problem ? `problem=${problem}` : "done"}`,
    );
  expect([(await orders(cookie)).status, (await orders(other)).status]).toEqual([200, 401]);
  expect((await givePassword("demo", email)).status).toBe(422);
  expect((await givePassword("demo", email, "nine quiet rivers ")).status).toBe(303);
});
