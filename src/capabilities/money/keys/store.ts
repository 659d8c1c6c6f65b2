import { and, desc, eq, getTableColumns, isNull, lt } from "drizzle-orm";
import { database, type Statement } from "../../../platform/db.ts";
import { apiKeys } from "./schema.ts";

/** A key as it is kept, without its hash. */
export type Key = Omit<typeof apiKeys.$inferSelect, "hash">;

const { hash: _hash, ...columns } = getTableColumns(apiKeys);

/** The key of this hash, unless it is revoked. The key is the question here; its tenant is the answer. */
export async function keyByHash(env: Env, hash: string): Promise<Key | null> {
  const [row] = await database(env)
    .select(columns)
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)));
  return row ?? null;
}

export async function readKeyRow(env: Env, tenantId: string, id: string): Promise<Key | undefined> {
  const [row] = await database(env)
    .select(columns)
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id)));
  return row;
}

/** Keys newest first, from after the id `after`. */
export const readKeyRows = (env: Env, tenantId: string, limit: number, after?: string): Promise<Key[]> =>
  database(env)
    .select(columns)
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, tenantId), after === undefined ? undefined : lt(apiKeys.id, after)))
    .orderBy(desc(apiKeys.id))
    .limit(limit);

export const insertKey = (env: Env, key: Key & { hash: string }): Statement =>
  database(env).insert(apiKeys).values(key);

/** A revoked key stays as it was. */
export const updateKey = (
  env: Env,
  { tenantId, id }: Pick<Key, "tenantId" | "id">,
  change: Partial<Pick<Key, "name" | "plan" | "spendCapMicros" | "revokedAt">>,
): Statement =>
  database(env)
    .update(apiKeys)
    .set(change)
    .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)));
