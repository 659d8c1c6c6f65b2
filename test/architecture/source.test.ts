import { describe, expect, it } from "vitest";
import { errorsAtLoad } from "./checks/errors-at-load.ts";
import { impurities } from "./checks/purity.ts";
import { oversized } from "./checks/sizes.ts";
import { sourcesBelow } from "./checks/source.ts";
import { unscopedQueries } from "./checks/tenant-scope.ts";

const product = sourcesBelow(["src", "durable-objects"]);
const stores = product.filter((it) => /^src\/capabilities\/[^/]+\/[^/]+\/store(\.ts|\/)/.test(it.path));

/** Queries whose question is the tenant itself. */
const SCOPE_FREE = {
  "src/capabilities/money/tenants/store.ts#tenantIdOfHost": "finds the shop of a custom domain",
  "src/capabilities/money/keys/store.ts#keyByHash": "finds the shop of an API key",
  "src/capabilities/money/tenants/store.ts#readTenants": "the operator's list of shops",
  "src/capabilities/money/tenants/store.ts#allTenantIds": "names every shop, for the schedules",
  "src/capabilities/selling/reservations/store.ts#licenceByHash": "finds the shop of a partner's key",
};

describe("stores", () => {
  it("narrow every query to one tenant", () => {
    expect(stores.length).toBeGreaterThan(2);
    const flaws = stores
      .flatMap(unscopedQueries)
      .filter((flaw) => !Object.keys(SCOPE_FREE).some((it) => flaw.startsWith(`${it}:`)));
    expect(flaws).toEqual([]);
  });

  it.each([
    [
      "a select",
      "export const all = (env: Env) => database(env).select().from(orders).where(eq(orders.state, 'paid'));",
    ],
    [
      "a select of the tenant's column",
      "export const all = (env: Env, id: string) => database(env).select({ tenantId: orders.tenantId }).from(orders).where(eq(orders.id, id));",
    ],
    [
      "one of two queries",
      "export async function two(env: Env, tenantId: string) { const db = database(env); await db.select().from(a).where(eq(a.tenantId, tenantId)); await db.delete(a).where(eq(a.id, 1)); }",
    ],
    [
      "an update without a condition",
      "export const close = (env: Env) => database(env).update(orders).set({ tenantId: 'x' });",
    ],
    [
      "raw SQL",
      "export const all = (env: Env, tenantId: string) => database(env).all(sql`SELECT tenant_id FROM orders WHERE id = 1`);",
    ],
    [
      "a private query with a foreign condition",
      "const find = (env: Env, which: SQL) => database(env).select().from(orders).where(which);\nexport const all = (env: Env) => find(env, eq(orders.id, 1));",
    ],
  ])("would be caught with %s that no tenant narrows", (_, text) => {
    expect(unscopedQueries({ path: "store.ts", text })).toHaveLength(1);
  });

  it("may pass a condition with the tenant to a private query", () => {
    const text =
      "const find = (env: Env, which: SQL) => database(env).select().from(orders).where(which);\nexport const all = (env: Env, tenantId: string) => find(env, eq(orders.tenantId, tenantId));";
    expect(unscopedQueries({ path: "store.ts", text })).toEqual([]);
  });
});

describe("rules", () => {
  it("neither wait nor look at the clock, chance or the world", () => {
    const rules = product.filter((it) => /^src\/capabilities\/[^/]+\/[^/]+\/rules(\.ts|\/)/.test(it.path));
    expect(rules.length).toBeGreaterThan(2);
    expect(rules.flatMap(impurities)).toEqual([]);
  });

  it.each([
    "export const now = () => Date.now();",
    "export const today = () => new Date();",
    "export const dice = () => Math.random();",
    "export const ask = async () => 1;",
    "export const get = () => fetch('http://x');",
    "export const id = () => crypto.randomUUID();",
  ])("would be caught with %s", (text) => {
    expect(impurities({ path: "rules.ts", text })).not.toEqual([]);
  });

  it("may turn a given time into a date", () => {
    expect(
      impurities({ path: "rules.ts", text: "export const iso = (at: number) => new Date(at).toISOString();" }),
    ).toEqual([]);
  });
});

describe("modules", () => {
  it("make no errors while they load", () => {
    expect(product.flatMap(errorsAtLoad)).toEqual([]);
    const text =
      'const BUSY = Object.assign(new Error("busy"), { overloaded: true });\nconst fail = () => new Error("no");';
    expect(errorsAtLoad({ path: "busy.ts", text })).toHaveLength(1);
  });
});

describe("files", () => {
  it("fit on a few screens, and functions on one", () => {
    expect(sourcesBelow(["src", "durable-objects", "scripts", "bench", "test", "demo"]).flatMap(oversized)).toEqual([]);
    expect(oversized({ path: "long.ts", text: "\n".repeat(301) })).toEqual(["long.ts has 301 lines"]);
    const long = `export function f() {\n${"  g();\n".repeat(60)}}\n`;
    expect(oversized({ path: "f.ts", text: long })).toEqual(["f.ts:1 is a function of 62 lines"]);
  });
});
