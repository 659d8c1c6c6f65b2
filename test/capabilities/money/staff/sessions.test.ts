import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { api, page } from "../../../support/api.ts";
import { eventually } from "../../../support/settled.ts";
import { cookiesOf, fromOwnPage, givePassword, postForm, signInAs } from "../../../support/staff.ts";

const status = async (cookie: string, shop = "demo") =>
  (await api("GET", "/orders", { shop, key: null, headers: { cookie } })).status;
const setTimes = (memberId: string, times: { began: number; seen: number }) =>
  env.DB.prepare("UPDATE staff_sessions SET began_at = ?, seen_at = ? WHERE member_id = ?")
    .bind(Date.now() - times.began, Date.now() - times.seen, memberId)
    .run();
/** Longer than an isolate remembers a session. */
const forgotten = () => new Promise((resume) => setTimeout(resume, 1_050));
const MINUTE = 60_000;

describe("a session of staff", () => {
  it("without a second factor opens nothing any more once its member must have one", async () => {
    const { id, cookie } = await signInAs("demo", "support");
    expect(await status(cookie)).toBe(200);
    expect((await api("PATCH", `/staff/members/${id}`, { body: { role: "manager" } })).status).toBe(200);
    expect(await status(cookie)).toBe(401);
  });

  it("is listed with its browser and ends alone, or with all others", async () => {
    const { id, email, cookie } = await signInAs("demo", "support");
    const other = cookiesOf(await givePassword("demo", email));
    const third = cookiesOf(await givePassword("demo", email));
    const { member, sessions } = (await api("GET", `/staff/members/${id}`)).body;
    expect([member.id, sessions.length]).toEqual([id, 3]);
    const shown = await page("GET", "/studio/security", { headers: { cookie } });
    expect(shown.text).toContain("This browser");
    const ids = [...shown.text.matchAll(/name="session" value="(ses_\w+)"/g)].map(([, it = ""]) => it);
    expect(ids).toHaveLength(2);
    await postForm("demo", "/studio/security", { do: "end", session: ids[0] ?? "" }, { cookie });
    const left = [await status(other), await status(third)].sort();
    expect([await status(cookie), ...left]).toEqual([200, 200, 401]);
    await postForm("demo", "/studio/security", { do: "everywhere" }, { cookie });
    expect([await status(cookie), await status(other), await status(third)]).toEqual([401, 401, 401]);
  });

  it("ends with its sign-out, and nobody else's does", async () => {
    const [one, two] = [await signInAs("demo", "auditor"), await signInAs("demo", "auditor")];
    const { sessions } = (await api("GET", `/staff/members/${two.id}`)).body;
    await postForm("demo", "/studio/security", { do: "end", session: sessions[0].id }, { cookie: one.cookie });
    expect(await status(two.cookie)).toBe(200);
    const out = await postForm("demo", "/studio/sign-out", {}, { cookie: one.cookie });
    expect(out.headers.getSetCookie()[0]).toMatch(/^staff=; Max-Age=0/);
    expect([await status(one.cookie), await status(two.cookie)]).toEqual([401, 200]);
  });

  it("is revoked by an owner, by a deactivation, and by a row that is gone within a second", async () => {
    const [ended, gone, lost] = await Promise.all(["support", "support", "support"].map((it) => signInAs("demo", it)));
    for (const it of [ended, gone, lost]) expect(await status(it?.cookie ?? "")).toBe(200);
    await api("DELETE", `/staff/members/${ended?.id}/sessions`);
    await api("PATCH", `/staff/members/${gone?.id}`, { body: { active: false } });
    expect([await status(ended?.cookie ?? ""), await status(gone?.cookie ?? "")]).toEqual([401, 401]);
    // As another isolate does it: this one only learns of it when its second is over.
    await env.DB.prepare("DELETE FROM staff_sessions WHERE member_id = ?").bind(lost?.id).run();
    await forgotten();
    expect(await status(lost?.cookie ?? "")).toBe(401);
  });

  it("may do what the role may that its member has now", async () => {
    const { id, cookie } = await signInAs("demo", "support");
    await api("PATCH", `/staff/members/${id}`, { body: { role: "auditor" } });
    const stocked = await api("PUT", "/stock/A", {
      key: null,
      headers: fromOwnPage("demo", cookie),
      body: { on_hand: 1 },
    });
    expect([stocked.status, stocked.body.code, stocked.body.detail]).toEqual([
      403,
      "forbidden",
      "The role auditor lacks the scope stock:write.",
    ]);
  });

  it("ends after half an hour of nothing and after twelve hours of work", async () => {
    const { id, cookie } = await signInAs("demo", "auditor");
    await setTimes(id, { began: 11 * 60 * MINUTE, seen: 29 * MINUTE });
    await forgotten();
    expect(await status(cookie)).toBe(200);
    await eventually(async () => {
      const { sessions, member } = (await api("GET", `/staff/members/${id}`)).body;
      expect(Date.now() - Date.parse(sessions[0].last_seen_at)).toBeLessThan(MINUTE);
      expect(member.last_seen_at).toBe(sessions[0].last_seen_at);
    });
    await setTimes(id, { began: 11 * 60 * MINUTE, seen: 30 * MINUTE });
    await forgotten();
    expect(await status(cookie)).toBe(401);
    await setTimes(id, { began: 12 * 60 * MINUTE, seen: 0 });
    await forgotten();
    expect(await status(cookie)).toBe(401);
  });

  it("is worth nothing in another shop, or changed", async () => {
    const { cookie } = await signInAs("demo", "auditor");
    expect(await status(cookie, "acme")).toBe(401);
    expect(await status(cookie.replace(/ss_./, (it) => (it === "ss_A" ? "ss_B" : "ss_A")))).toBe(401);
    expect(await status("staff=ss_; staff=")).toBe(401);
  });
});

describe("a session's call of the API", () => {
  const write = (headers: Record<string, string>) =>
    api("POST", "/collections", {
      key: null,
      headers,
      body: { handle: `c${Math.random().toString(36).slice(2)}`, title: "C" },
    });

  it("may change something when it comes from the shop's own page, and only then", async () => {
    const { cookie } = await signInAs("demo", "owner");
    expect((await write(fromOwnPage("demo", cookie))).status).toBe(201);
    const foreign: Record<string, string>[] = [
      { cookie },
      { cookie, origin: "null" },
      { cookie, origin: "http://acme.localhost" },
      { cookie, origin: "https://evil.example" },
      { cookie, origin: "http://demo.localhost", "sec-fetch-site": "same-site" },
      { cookie, origin: "http://demo.localhost", "sec-fetch-site": "none" },
    ];
    for (const headers of foreign) {
      const { status: answered, body } = await write(headers);
      expect([headers.origin, answered, body.code]).toEqual([headers.origin, 403, "cross_site_request"]);
    }
  });

  it("reads nothing for another site", async () => {
    const { cookie } = await signInAs("demo", "owner");
    const read = (site: string) => api("GET", "/orders", { key: null, headers: { cookie, "sec-fetch-site": site } });
    for (const [site, expected] of [
      ["same-origin", 200],
      ["none", 200],
      ["same-site", 401],
      ["cross-site", 401],
    ] as const)
      expect([site, (await read(site)).status]).toEqual([site, expected]);
  });

  it("is a visitor's on the shop's own pages, where a draft stays unseen", async () => {
    const { cookie } = await signInAs("demo", "owner");
    const draft = { handle: "draft-lamp", title: "Draft", status: "draft", variants: [] };
    await api("POST", "/products", {
      body: { ...draft, variants: [{ sku: "DRAFT", price: { amount: 1, currency: "USD" } }] },
    });
    const asStaff = await api("GET", "/products/draft-lamp", { key: null, headers: { cookie } });
    expect(asStaff.status).toBe(200);
    expect((await page("GET", "/products/draft-lamp", { headers: { cookie } })).status).toBe(404);
  });
});
