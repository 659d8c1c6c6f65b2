import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { api, openShop } from "../../../support/api.ts";
import { employMember } from "../../../support/staff.ts";

const change = (shop: string, id: string, body: object) => api("PATCH", `/staff/members/${id}`, { shop, body });

describe("the last owner", () => {
  it("stays one, and can leave when another one is there", async () => {
    await openShop({ id: "last-owner" });
    const first = await employMember("last-owner", "owner");
    for (const body of [{ role: "manager" }, { active: false }, { role: "auditor", active: false }]) {
      const refused = await change("last-owner", first.id, body);
      expect([refused.status, refused.body.code]).toEqual([409, "last_owner"]);
    }
    const second = await employMember("last-owner", "owner");
    expect((await change("last-owner", first.id, { role: "manager" })).body.role).toBe("manager");
    expect((await change("last-owner", second.id, { active: false })).status).toBe(409);
    expect((await change("last-owner", second.id, { name: "Still here" })).body.name).toBe("Still here");
  });

  it("stays one when two owners take each other's role at the same time", async () => {
    await openShop({ id: "two-owners" });
    const owners = await Promise.all([employMember("two-owners", "owner"), employMember("two-owners", "owner")]);
    const answers = await Promise.all(owners.map(({ id }) => change("two-owners", id, { role: "support" })));
    expect(answers.map((it) => it.status).sort()).toEqual([200, 409]);
    expect((await api("GET", "/invariants", { shop: "two-owners" })).body.holds).toBe(true);
  });
});

describe("every change", () => {
  it("is in the audit trail with who, when, what and its result, and nobody changes or removes a row", async () => {
    await openShop({ id: "audited" });
    const { id } = await employMember("audited", "owner");
    await change("audited", id, { role: "support" });
    await change("audited", id, { name: "Olive" });
    await api("DELETE", `/staff/members/${id}/second-factor`, { shop: "audited" });
    const { data } = (await api("GET", `/staff/audit?subject=${id}`, { shop: "audited" })).body;
    expect(data.map((it: { action: string; result: string }) => `${it.action} ${it.result}`)).toEqual([
      "reset_second_factor done",
      "change_member done",
      "change_member refused",
      "join done",
    ]);
    expect(data[1]).toMatchObject({ who: expect.stringMatching(/^key_/), facts: { name: "Olive" } });
    expect(data[3]).toMatchObject({ who: id, at: expect.stringMatching(/^20\d\d-/) });
    const tamper = (sql: string) => env.DB.prepare(sql).run();
    await expect(tamper("UPDATE staff_audit SET result = 'done'")).rejects.toThrow("never changed");
    await expect(tamper("DELETE FROM staff_audit")).rejects.toThrow("half a year");
  });

  it("of nothing is none", async () => {
    const { id } = await employMember("demo", "auditor", { name: "Quiet" });
    expect((await change("demo", id, { name: "Quiet", role: "auditor", active: true })).status).toBe(200);
    const { data } = (await api("GET", `/staff/audit?subject=${id}`)).body;
    expect(data).toHaveLength(1);
  });
});

it("a member of another shop is nobody here", async () => {
  const { id } = await employMember("demo", "support");
  for (const [method, path] of [
    ["GET", `/staff/members/${id}`],
    ["PATCH", `/staff/members/${id}`],
    ["DELETE", `/staff/members/${id}/sessions`],
    ["DELETE", `/staff/members/${id}/second-factor`],
  ] as const) {
    const answer = await api(method, path, { shop: "acme", ...(method === "PATCH" && { body: { name: "x" } }) });
    expect([path, answer.status, answer.body.code]).toEqual([path, 404, "unknown_member"]);
  }
});
