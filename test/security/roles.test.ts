import { beforeAll, describe, expect, it } from "vitest";
import type { AnyLine } from "../../src/platform/contract.ts";
import { api } from "../support/api.ts";
import { addressOf, operations } from "../support/attack.ts";
import { fromOwnPage, signInAs } from "../support/staff.ts";

/** What a role is for, said once more in other words than the rules'. A new scope is the owner's, the manager's and, to read, everybody's. */
const MAY: Record<string, (scope: string) => boolean> = {
  owner: () => true,
  manager: (scope) => !["staff:write", "keys:write", "gateway:write", "tenants:write"].includes(scope),
  support: (scope) => scope.endsWith(":read") || scope === "orders:write",
  auditor: (scope) => scope.endsWith(":read"),
};

const cookies: Record<string, string> = {};
beforeAll(async () => {
  for (const role of Object.keys(MAY)) cookies[role] = (await signInAs("demo", role)).cookie;
});

const ofStaff = operations.filter((line) => line.who === "staff");

/** Without a body and with ids that name nothing a call stops at what is missing: past the door, and nothing is done. */
async function call(line: AnyLine, role: string) {
  const headers = fromOwnPage("demo", cookies[role] ?? "");
  return api(line.method.toUpperCase(), addressOf(line, { params: nobody(line) }), { key: null, headers });
}

/** Ids that name nothing. */
const nobody = (line: AnyLine): Record<string, string> =>
  Object.fromEntries([...line.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [name, "nothing"]));

describe.each(Object.keys(MAY))("a session of the role %s", (role) => {
  it.each(ofStaff.map((line) => [line.id, line] as const))("reaches %s exactly when its scopes do", async (_, line) => {
    const { status, body } = await call(line, role);
    const isRefused = status === 403 && body?.code === "forbidden";
    expect(isRefused, `${line.scope}: ${status} ${JSON.stringify(body)?.slice(0, 200)}`).toBe(
      !MAY[role]?.(line.scope ?? ""),
    );
    expect(status).toBeLessThan(500);
    expect(status).not.toBe(401);
  });

  it("is no operator", async () => {
    for (const line of operations.filter((it) => it.who === "operator")) {
      const { status, body } = await call(line, role);
      expect([line.id, status, body.code]).toEqual([line.id, 401, "unauthenticated"]);
    }
  });
});
