import { and, desc, eq, lt, or } from "drizzle-orm";
import { database, type Statement } from "../../../platform/db.ts";
import type { Sale } from "./rules/sale.ts";
import { flashSales } from "./schema.ts";

/** Brings the row of a sale up to `sale`; an older version never overwrites a newer one. */
export function writeSale(env: Pick<Env, "DB">, tenantId: string, sale: Sale): Statement {
  const { id, sku, startsAt, version } = sale;
  return database(env)
    .insert(flashSales)
    .values({ tenantId, id, sku, startsAt, version, doc: sale })
    .onConflictDoUpdate({
      target: [flashSales.tenantId, flashSales.id],
      set: { startsAt, version, doc: sale },
      setWhere: lt(flashSales.version, version),
    });
}

export async function readSaleRow(env: Env, tenantId: string, id: string): Promise<Sale | undefined> {
  const [row] = await database(env)
    .select({ doc: flashSales.doc })
    .from(flashSales)
    .where(and(eq(flashSales.tenantId, tenantId), eq(flashSales.id, id)));
  return row?.doc;
}

/** The place of a sale in the list. */
export interface After {
  startsAt: number;
  id: string;
}

/** Sales from after `after`, the latest start first; of one SKU where it is named. */
export async function readSaleRows(
  env: Env,
  tenantId: string,
  { limit, after, sku }: { limit: number; after?: After; sku?: string },
): Promise<Sale[]> {
  const older =
    after &&
    or(
      lt(flashSales.startsAt, after.startsAt),
      and(eq(flashSales.startsAt, after.startsAt), lt(flashSales.id, after.id)),
    );
  const rows = await database(env)
    .select({ doc: flashSales.doc })
    .from(flashSales)
    .where(and(eq(flashSales.tenantId, tenantId), older, sku === undefined ? undefined : eq(flashSales.sku, sku)))
    .orderBy(desc(flashSales.startsAt), desc(flashSales.id))
    .limit(limit);
  return rows.map((row) => row.doc);
}
