import { env } from "cloudflare:workers";
import { afterAll, beforeAll, expect } from "vitest";
import { api } from "./api.ts";
import { eventually } from "./settled.ts";
import { openStall, type Stall } from "./stall.ts";

/** Tables of D1 that hold the shops' data, with their columns. */
export async function storedTables(): Promise<Map<string, string[]>> {
  const { results } = await env.DB.prepare(
    `SELECT m.name AS name, group_concat(p.name) AS columns FROM sqlite_master AS m, pragma_table_info(m.name) AS p
     WHERE m.type = 'table' AND m.name NOT LIKE '\\_cf%' ESCAPE '\\' AND m.name NOT LIKE 'd1\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite%'
     GROUP BY m.name`,
  ).all<{ name: string; columns: string }>();
  return new Map(results.map((row) => [row.name, row.columns.split(",")]));
}

/** Every row of these shops and of the platform in every table, and what the shops' objects hold: counters, carts, orders. */
export async function storedState(stalls: readonly Stall[]): Promise<Record<string, unknown>> {
  const state: Record<string, unknown> = {};
  const shops = JSON.stringify(stalls.map((it) => it.shop));
  for (const [name, columns] of await storedTables()) {
    const isTheirs = columns.includes("tenant_id") ? "tenant_id IN (SELECT value FROM json_each(?1))" : "?1 <> ''";
    const rows = env.DB.prepare(`SELECT * FROM "${name}" WHERE ${isTheirs} ORDER BY ${columns.join()}`).bind(shops);
    state[name] = (await rows.all()).results;
  }
  for (const { shop, sku, saleId, cartId, orderId, paid } of stalls) {
    state[`${shop} sale`] = (await env.STOCK.getByName(`${shop}:${sku}#${saleId}`).audit())?.levels;
    state[`${shop} counter`] = await env.STOCK.getByName(`${shop}:${sku}`).audit();
    for (const path of [`/carts/${cartId}`, `/orders/${orderId}`, `/orders/${paid.orderId}`])
      state[`${shop} ${path}`] = (await api("GET", path, { shop })).body;
  }
  return state;
}

/** Opens a stall before the suite, and fails the suite if it leaves anything stored that was not stored before it. */
export function openWatchedStall(shop: string): () => Stall {
  let stall: Stall;
  let before: Record<string, unknown>;
  beforeAll(async () => {
    stall = await openStall(shop);
    before = await settledState([stall]);
  });
  afterAll(async () => expect(await settledState([stall])).toEqual(before));
  return () => stall;
}

/** Fails if anything that is stored differs after the attack; events and mirrors are given the time to arrive. */
export async function expectNothingStored(stalls: readonly Stall[], attack: () => Promise<void>): Promise<void> {
  const before = await settledState(stalls);
  await attack();
  expect(await settledState(stalls)).toEqual(before);
}

async function settledState(stalls: readonly Stall[]): Promise<Record<string, unknown>> {
  await eventually(async () => {
    const waiting = await env.DB.prepare("SELECT count(*) AS n FROM outbox").first<{ n: number }>();
    expect(waiting?.n, "events that nobody has handled").toBe(0);
    const unsent = await env.DB.prepare("SELECT count(*) AS n FROM mails WHERE state = 'waiting'").first<{
      n: number;
    }>();
    expect(unsent?.n, "mails on their way").toBe(0);
    const stocked = await env.DB.prepare(
      `SELECT tenant_id AS shop, sku FROM variants WHERE imported_qty IS NOT NULL
       UNION SELECT tenant_id, sku || '#' || id FROM flash_sales`,
    ).all<{ shop: string; sku: string }>();
    for (const { shop, sku } of stocked.results) {
      const audit = await env.STOCK.getByName(`${shop}:${sku}`).audit();
      expect(audit?.mirrored, `the mirror of ${sku}`).toBe(audit?.version);
    }
  });
  return storedState(stalls);
}
