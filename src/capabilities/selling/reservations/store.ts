import { and, desc, eq, getTableColumns, isNull, lt } from "drizzle-orm";
import { database, type Statement } from "../../../platform/db.ts";
import { reservationLicences } from "./schema.ts";

/** A licence as it is kept, without its key's hash. */
export type Licence = Omit<typeof reservationLicences.$inferSelect, "hash">;

const { hash: _hash, ...columns } = getTableColumns(reservationLicences);

/** The licence that a key opens, unless it is revoked. The key is the question here; its tenant is the answer. */
export async function licenceByHash(env: Env, hash: string): Promise<Licence | null> {
  const [row] = await database(env)
    .select(columns)
    .from(reservationLicences)
    .where(and(eq(reservationLicences.hash, hash), isNull(reservationLicences.revokedAt)));
  return row ?? null;
}

export async function readLicence(env: Env, tenantId: string, id: string): Promise<Licence | undefined> {
  const [row] = await database(env)
    .select(columns)
    .from(reservationLicences)
    .where(and(eq(reservationLicences.tenantId, tenantId), eq(reservationLicences.id, id)));
  return row;
}

/** Licences newest first, from after the id `after`. */
export const readLicences = (env: Env, tenantId: string, limit: number, after?: string): Promise<Licence[]> =>
  database(env)
    .select(columns)
    .from(reservationLicences)
    .where(
      and(
        eq(reservationLicences.tenantId, tenantId),
        after === undefined ? undefined : lt(reservationLicences.id, after),
      ),
    )
    .orderBy(desc(reservationLicences.id))
    .limit(limit);

export const insertLicence = (env: Env, licence: Licence & { hash: string }): Statement =>
  database(env).insert(reservationLicences).values(licence);

/** A revoked licence stays as it was. */
export const updateLicence = (
  env: Env,
  { tenantId, id }: Pick<Licence, "tenantId" | "id">,
  change: Partial<Pick<Licence, "name" | "plan" | "isEnabled" | "rolloutPercent" | "revokedAt">>,
): Statement =>
  database(env)
    .update(reservationLicences)
    .set(change)
    .where(
      and(
        eq(reservationLicences.tenantId, tenantId),
        eq(reservationLicences.id, id),
        isNull(reservationLicences.revokedAt),
      ),
    );
