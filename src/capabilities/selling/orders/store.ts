import { and, count, desc, eq, lt, or, sql } from "drizzle-orm";
import { type Database, database, type Statement } from "../../../platform/db.ts";
import type { Order, OrderState } from "./rules.ts";
import { orders } from "./schema.ts";

/** Brings D1 up to these orders, whatever their number, in one statement; an older version never overwrites a newer one. */
export function writeOrders(db: Database, tenantId: string, list: readonly Order[]): Statement {
  const rows = list.map((it) => {
    const { id, state, email, total, placed_at, version, arm } = it;
    return [id, state, email, total.currency, total.amount, placed_at, version, arm, JSON.stringify(it)];
  });
  return db.run(sql`
    INSERT INTO ${orders} (tenant_id, id, state, email, currency, total, placed_at, version, arm, doc)
    SELECT ${tenantId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (tenant_id, id) DO UPDATE SET state = excluded.state, version = excluded.version, doc = excluded.doc
    WHERE excluded.version > orders.version`);
}

interface After {
  placedAt: string;
  id: string;
}

/** Orders newest first, from after `after`. */
export async function readOrders(
  env: Env,
  tenantId: string,
  { limit, after, state, arm }: { limit: number; after?: After; state?: OrderState; arm?: string },
): Promise<Order[]> {
  const older =
    after && or(lt(orders.placedAt, after.placedAt), and(eq(orders.placedAt, after.placedAt), lt(orders.id, after.id)));
  const rows = await database(env)
    .select({ doc: orders.doc })
    .from(orders)
    .where(
      and(
        eq(orders.tenantId, tenantId),
        older,
        state && eq(orders.state, state),
        arm === undefined ? undefined : eq(orders.arm, arm),
      ),
    )
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(limit);
  return rows.map((row) => row.doc);
}

/** Orders that were placed with an e-mail address, given in lower case; newest first. */
export const readOrdersOfEmail = (
  env: Env,
  tenantId: string,
  email: string,
  limit: number,
): Promise<{ id: string; placedAt: string }[]> =>
  database(env)
    .select({ id: orders.id, placedAt: orders.placedAt })
    .from(orders)
    .where(and(eq(orders.tenantId, tenantId), eq(sql`lower(${orders.email})`, email)))
    .orderBy(desc(orders.placedAt))
    .limit(limit);

/** The order as its journal last wrote it. */
export async function readOrderRow(env: Pick<Env, "DB">, tenantId: string, id: string): Promise<Order | undefined> {
  const [row] = await database(env)
    .select({ doc: orders.doc })
    .from(orders)
    .where(and(eq(orders.tenantId, tenantId), eq(orders.id, id)));
  return row?.doc;
}

/** How many orders of one journal D1 holds; `prefix` is what its order ids start with. */
export async function countOrders(env: Env, tenantId: string, prefix: string): Promise<number> {
  const [row] = await database(env)
    .select({ count: count() })
    .from(orders)
    .where(and(eq(orders.tenantId, tenantId), sql`substr(${orders.id}, 1, ${prefix.length}) = ${prefix}`));
  return row?.count ?? 0;
}

/** Units of paid orders by UTC day and SKU, from the orders that were placed since. */
export async function readUnitsSold(
  env: Env,
  tenantId: string,
  since: string,
): Promise<{ day: string; sku: string; units: number }[]> {
  return database(env).all(sql`
    SELECT substr(${orders.placedAt}, 1, 10) AS day, line.value ->> 'sku' AS sku, sum(line.value ->> 'quantity') AS units
    FROM ${orders}, json_each(${orders.doc}, '$.lines') AS line
    WHERE ${orders.tenantId} = ${tenantId} AND ${orders.placedAt} >= ${since}
      AND ${orders.state} NOT IN ('pending_payment', 'cancelled', 'refunded')
    GROUP BY day, sku`);
}
