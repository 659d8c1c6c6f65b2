import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { api, shopKey } from "../../../support/api.ts";
import { mailsTo, mailTo } from "../../../support/mails.ts";
import { employMember, fromOwnPage, invite, join, signInAs } from "../../../support/staff.ts";

const code = ({ status, body }: Awaited<ReturnType<typeof api>>) => [status, body.code];

describe("an invitation", () => {
  it("makes a member once, whatever many try it at the same time", async () => {
    const { token, link, invitation } = (await invite("demo", "support", "Once@Example.com")).body;
    expect(link).toBe(`http://demo.localhost/studio/join?token=${token}`);
    expect(invitation).toMatchObject({ email: "once@example.com", role: "support", state: "open" });
    const answers = await Promise.all(Array.from({ length: 4 }, () => join("demo", token)));
    expect(answers.map((it) => it.status).sort()).toEqual([201, 409, 409, 409]);
    expect(code(await join("demo", token))).toEqual([409, "invitation_spent"]);
    const members = (await api("GET", "/staff/members?limit=100")).body.data;
    expect(members.filter((it: { email: string }) => it.email === "once@example.com")).toHaveLength(1);
  });

  it("is mailed with the link that was answered, in the language that was asked for", async () => {
    const { link } = (await invite("demo", "support", "mailed@example.com")).body;
    const mail = await mailTo("mailed@example.com", "staff_invitation");
    expect([mail.subject, mail.href]).toEqual(["An invitation to the staff of Ten Lamps", link]);
    expect((await join("demo", mail.token)).body.email).toBe("mailed@example.com");
    const body = { email: "mailed.zh@example.com", role: "support", locale: "zh-CN" };
    await api("POST", "/staff/invitations", { body });
    expect((await mailTo("mailed.zh@example.com", "staff_invitation")).subject).toMatch(/^邀请你加入/);
    const refused = await api("POST", "/staff/invitations", { body: { email: "mailed@example.com", role: "owner" } });
    expect(code(refused)).toEqual([409, "member_exists"]);
    expect(await mailsTo("mailed@example.com", "staff_invitation")).toHaveLength(1);
  });

  it("leads to the shop's public address, whatever scheme and port it was asked for at", async () => {
    const asked = await exports.default.fetch(
      new Request("https://demo.localhost:9443/api/v1/staff/invitations", {
        method: "POST",
        headers: { authorization: `Bearer ${await shopKey("demo")}`, "content-type": "application/json" },
        body: JSON.stringify({ email: "ported@example.com", role: "auditor" }),
      }),
    );
    expect(asked.status).toBe(201);
    const { href } = await mailTo("ported@example.com", "staff_invitation");
    expect(href).toMatch(/^http:\/\/demo\.localhost\/studio\/join\?token=/);
    expect(await asked.json()).toMatchObject({ link: href });
  });

  it("is not read in the outbox by who may not appoint staff", async () => {
    await invite("demo", "manager", "letter@example.com");
    const { id, text } = await mailTo("letter@example.com", "staff_invitation");
    const { cookie } = await signInAs("demo", "support");
    const read = await api("GET", `/mails/${id}`, { key: null, headers: fromOwnPage("demo", cookie) });
    expect([read.status, read.body.mail.id, read.body.text]).toEqual([200, id, null]);
    expect(text).toContain("/studio/join?token=");
  });

  it("ends with the rights of who made it", async () => {
    await employMember("demo", "owner");
    const { id, cookie } = await signInAs("demo", "owner");
    const body = { email: "friend@example.com", role: "owner" };
    const own = { key: null, headers: fromOwnPage("demo", cookie) };
    const made = await api("POST", "/staff/invitations", { ...own, body });
    expect(made.status).toBe(201);
    expect((await api("PATCH", `/staff/members/${id}`, { body: { active: false } })).status).toBe(200);
    expect(code(await join("demo", made.body.token))).toEqual([409, "invitation_spent"]);
  });

  it("is kept as a hash, for 72 hours", async () => {
    const { token, invitation } = (await invite("demo", "auditor", "late@example.com")).body;
    expect(Date.parse(invitation.expires_at) - Date.parse(invitation.created_at)).toBe(72 * 3_600_000);
    const { results } = await env.DB.prepare("SELECT * FROM staff_invitations").all();
    expect(JSON.stringify(results)).not.toContain(token.slice(5));
    await env.DB.prepare("UPDATE staff_invitations SET expires_at = ? WHERE id = ?")
      .bind(Date.now() - 1, invitation.id)
      .run();
    expect(code(await join("demo", token))).toEqual([409, "invitation_spent"]);
    const { data } = (await api("GET", "/staff/invitations?limit=1")).body;
    expect(data[0]).toMatchObject({ id: invitation.id, state: "expired" });
  });

  it("opens nothing in another shop, and nothing once it is taken back or another one was sent", async () => {
    const { token } = (await invite("demo", "owner", "abroad@example.com")).body;
    expect(code(await join("acme", token))).toEqual([404, "unknown_invitation"]);
    const again = (await invite("demo", "support", "abroad@example.com")).body;
    expect(code(await join("demo", token))).toEqual([409, "invitation_spent"]);
    const revoked = await api("DELETE", `/staff/invitations/${again.invitation.id}`);
    expect(revoked.body).toMatchObject({ state: "revoked" });
    expect(code(await join("demo", again.token))).toEqual([409, "invitation_spent"]);
    expect(code(await join("demo", `${again.token.slice(0, -1)}x`))).toEqual([404, "unknown_invitation"]);
  });

  it("is refused for a member's address, and by who holds less than the role", async () => {
    const { token, invitation } = (await invite("demo", "support", "known@example.com")).body;
    expect((await join("demo", token)).status).toBe(201);
    const again = await api("POST", "/staff/invitations", { body: { email: "KNOWN@example.com", role: "support" } });
    expect(code(again)).toEqual([409, "member_exists"]);
    expect(code(await api("DELETE", `/staff/invitations/${invitation.id}`))).toEqual([409, "invitation_spent"]);
    const scopes = ["staff:write", "staff:read"];
    const { key } = (await api("POST", "/api-keys", { body: { name: "People", plan: "house", scopes } })).body;
    const beyond = await api("POST", "/staff/invitations", { key, body: { email: "o@example.com", role: "owner" } });
    expect(code(beyond)).toEqual([403, "scope_exceeded"]);
  });

  it("takes no password that is short, common or personal", async () => {
    const { token } = (await invite("demo", "support", "lantern.keeper@example.com")).body;
    for (const [password, flaw] of [
      ["short", "too_short"],
      ["password123", "too_common"],
      ["my lantern.keeper!", "too_personal"],
    ]) {
      const answer = await join("demo", token, { password });
      expect([code(answer), answer.body.flaw]).toEqual([[422, "weak_password"], flaw]);
    }
    expect((await join("demo", token)).status).toBe(201);
  });
});
