import { and, eq, getTableColumns, inArray, lt, sql } from "drizzle-orm";
import { database, type Statement } from "../../../platform/db.ts";
import { stockLevels } from "./schema.ts";

/** What a counter says of its SKU. `available = onHand - reserved`; `version` grows with every change. */
export interface Level {
  onHand: number;
  reserved: number;
  sold: number;
  version: number;
}

/** Brings the mirror up to a counter's level; an older level never overwrites a newer one. */
export async function mirrorLevel(
  env: Pick<Env, "DB">,
  of: { tenantId: string; sku: string },
  level: Level,
  at: number,
): Promise<void> {
  const row = { ...level, changedAt: at };
  await database(env)
    .insert(stockLevels)
    .values({ ...of, ...row })
    .onConflictDoUpdate({
      target: [stockLevels.tenantId, stockLevels.sku],
      set: row,
      setWhere: lt(stockLevels.version, level.version),
    });
}

/** The same for many SKUs of a shop in one statement. */
export function mirrorLevels(
  env: Pick<Env, "DB">,
  tenantId: string,
  levels: readonly ({ sku: string } & Level)[],
  at: number,
): Statement {
  const list = JSON.stringify(levels.map((it) => [tenantId, it.sku, it.onHand, it.reserved, it.sold, it.version, at]));
  const { onHand, reserved, sold, version, changedAt } = getTableColumns(stockLevels);
  const set = Object.entries({ onHand, reserved, sold, version, changedAt });
  const db = database(env);
  return db
    .insert(stockLevels)
    .select(sql`SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
      FROM json_each(${list}) WHERE true`)
    .onConflictDoUpdate({
      target: [stockLevels.tenantId, stockLevels.sku],
      set: Object.fromEntries(set.map(([key, column]) => [key, sql`excluded.${sql.identifier(column.name)}`])),
      setWhere: sql`${stockLevels.version} < excluded.version`,
    });
}

/** Mirrored levels of many SKUs at once, for lists; SKUs without stock are missing. */
export async function readLevels(env: Env, tenantId: string, skus: readonly string[]): Promise<Map<string, Level>> {
  const list = JSON.stringify(skus);
  const rows = await database(env)
    .select()
    .from(stockLevels)
    .where(
      and(eq(stockLevels.tenantId, tenantId), inArray(stockLevels.sku, sql`(SELECT value FROM json_each(${list}))`)),
    );
  return new Map(rows.map((row) => [row.sku, row]));
}

/** Mirrored levels that changed after this point, oldest first. */
export async function readLevelsSince(
  env: Env,
  tenantId: string,
  since: { at: number; sku: string },
  limit: number,
): Promise<{ sku: string; available: number; version: number; at: number }[]> {
  return database(env)
    .select({
      sku: stockLevels.sku,
      available: sql<number>`${stockLevels.onHand} - ${stockLevels.reserved}`,
      version: stockLevels.version,
      at: stockLevels.changedAt,
    })
    .from(stockLevels)
    .where(
      and(
        eq(stockLevels.tenantId, tenantId),
        sql`(${stockLevels.changedAt}, ${stockLevels.sku}) > (${since.at}, ${since.sku})`,
      ),
    )
    .orderBy(stockLevels.changedAt, stockLevels.sku)
    .limit(limit);
}

/** SKUs in order, from after `after`, for sweeps over the whole shop. */
export async function mirroredSkus(env: Env, tenantId: string, after: string, limit: number): Promise<string[]> {
  const rows = await database(env)
    .select({ sku: stockLevels.sku })
    .from(stockLevels)
    .where(and(eq(stockLevels.tenantId, tenantId), sql`${stockLevels.sku} > ${after}`))
    .orderBy(stockLevels.sku)
    .limit(limit);
  return rows.map((row) => row.sku);
}

/**
 * Puts a wrong mirror row right if it is still the row that was `seen`: whatever was written since is newer than this repair.
 * Without a `level` the row goes.
 */
export async function replaceLevel(
  env: Env,
  of: { tenantId: string; sku: string },
  seen: Level,
  level: Level | undefined,
  at: number,
): Promise<void> {
  const isStillSeen = and(
    eq(stockLevels.tenantId, of.tenantId),
    eq(stockLevels.sku, of.sku),
    eq(stockLevels.version, seen.version),
    eq(stockLevels.onHand, seen.onHand),
    eq(stockLevels.reserved, seen.reserved),
    eq(stockLevels.sold, seen.sold),
  );
  if (!level) await database(env).delete(stockLevels).where(isStillSeen);
  else
    await database(env)
      .update(stockLevels)
      .set({ ...level, changedAt: at })
      .where(isStillSeen);
}
