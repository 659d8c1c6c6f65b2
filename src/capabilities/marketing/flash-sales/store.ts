import { and, asc, desc, eq, exists, inArray, lt, or } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { database, type Statement } from "../../../platform/db.ts";
import type { Sale } from "./rules/sale.ts";
import { flashSales } from "./schema.ts";

/** Brings the row of one SKU of a sale up to `sale`; an older version never overwrites a newer one. */
export function writeSale(env: Pick<Env, "DB">, tenantId: string, sale: Sale): Statement {
  const { id, sku, startsAt, version, position = 0 } = sale;
  return database(env)
    .insert(flashSales)
    .values({ tenantId, id, position, sku, startsAt, version, doc: sale })
    .onConflictDoUpdate({
      target: [flashSales.tenantId, flashSales.id, flashSales.position],
      set: { startsAt, version, doc: sale },
      setWhere: lt(flashSales.version, version),
    });
}

/** The parts of a sale, the first in front; none when the shop has no such sale. */
export async function readSaleParts(env: Env, tenantId: string, id: string): Promise<Sale[]> {
  const rows = await database(env)
    .select({ doc: flashSales.doc })
    .from(flashSales)
    .where(and(eq(flashSales.tenantId, tenantId), eq(flashSales.id, id)))
    .orderBy(asc(flashSales.position));
  return rows.map((row) => row.doc);
}

/** The place of a sale in the list. */
export interface After {
  startsAt: number;
  id: string;
}

const others = alias(flashSales, "others");

/** Sales from after `after`, the latest start first, each with its parts; those that have one SKU where it is named. */
export async function readSales(
  env: Env,
  tenantId: string,
  { limit, after, sku }: { limit: number; after?: After; sku?: string },
): Promise<Sale[][]> {
  const older =
    after &&
    or(
      lt(flashSales.startsAt, after.startsAt),
      and(eq(flashSales.startsAt, after.startsAt), lt(flashSales.id, after.id)),
    );
  const withSku =
    sku === undefined
      ? undefined
      : exists(
          database(env)
            .select({ id: others.id })
            .from(others)
            .where(and(eq(others.tenantId, tenantId), eq(others.id, flashSales.id), eq(others.sku, sku))),
        );
  const firsts = database(env)
    .select({ id: flashSales.id })
    .from(flashSales)
    .where(and(eq(flashSales.tenantId, tenantId), eq(flashSales.position, 0), older, withSku))
    .orderBy(desc(flashSales.startsAt), desc(flashSales.id))
    .limit(limit);
  const rows = await database(env)
    .select({ doc: others.doc })
    .from(others)
    .where(and(eq(others.tenantId, tenantId), inArray(others.id, firsts)))
    .orderBy(asc(others.position));
  return latestFirst(
    Map.groupBy(rows, (row) => row.doc.id)
      .values()
      .map((parts) => parts.map((it) => it.doc))
      .toArray(),
  );
}

const latestFirst = (sales: Sale[][]): Sale[][] =>
  sales.toSorted(([a], [b]) => (b?.startsAt ?? 0) - (a?.startsAt ?? 0) || ((a?.id ?? "") < (b?.id ?? "") ? 1 : -1));
