import { and, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { mediaHeat, mediaPictures, mediaTasks, mediaUploads, type StoredRefusal, type Visited } from "../schema.ts";

export type UploadRow = typeof mediaUploads.$inferSelect;
export type PictureRow = typeof mediaPictures.$inferSelect;
export type TaskRow = typeof mediaTasks.$inferSelect;

const isUpload = (tenantId: string, id: string) => and(eq(mediaUploads.tenantId, tenantId), eq(mediaUploads.id, id));

/** Stores the upload unless the shop has `waitingMax` that wait for their bytes; answers whether it did. One statement decides. */
export async function insertUpload(
  env: Env,
  row: Omit<UploadRow, "state" | "refusal" | "pictureId" | "cleanedAt">,
  waitingMax: number,
): Promise<boolean> {
  const db = database(env);
  const { meta } = await db.run(sql`
    INSERT INTO ${mediaUploads} (tenant_id, id, key, filename, content_type, bytes, sha256, alt, product_handle, replaces, state,
      origin, created_at, expires_at)
    SELECT ${row.tenantId}, ${row.id}, ${row.key}, ${row.filename}, ${row.contentType}, ${row.bytes}, ${row.sha256}, ${row.alt},
      ${row.productHandle}, ${row.replaces}, 'open', ${row.origin}, ${row.createdAt}, ${row.expiresAt}
    WHERE (SELECT count(*) FROM ${mediaUploads} WHERE tenant_id = ${row.tenantId} AND cleaned_at IS NULL
      AND state IN ('open', 'receiving', 'received')) < ${waitingMax}`);
  return meta.changes === 1;
}

export async function readUpload(env: Env, tenantId: string, id: string): Promise<UploadRow | undefined> {
  const [row] = await database(env).select().from(mediaUploads).where(isUpload(tenantId, id));
  return row;
}

/** Moves the upload from one state to another; answers whether it was in the first one. One statement decides. */
export async function moveUpload(
  env: Env,
  tenantId: string,
  id: string,
  [from, to]: readonly [from: UploadRow["state"], to: UploadRow["state"]],
): Promise<boolean> {
  const { meta } = await database(env)
    .update(mediaUploads)
    .set({ state: to })
    .where(and(isUpload(tenantId, id), eq(mediaUploads.state, from)));
  return meta.changes === 1;
}

export const refuseUpload = (env: Env, tenantId: string, id: string, refusal: StoredRefusal): Statement =>
  database(env)
    .update(mediaUploads)
    .set({ state: "refused", refusal })
    .where(and(isUpload(tenantId, id), inArray(mediaUploads.state, ["open", "receiving", "received"])));

/** Points at the picture by its name, since a twin of this picture may have been first. */
export const finishUpload = (env: Env, tenantId: string, id: string, name: string): Statement =>
  database(env)
    .update(mediaUploads)
    .set({
      state: "done",
      pictureId: sql`(SELECT ${mediaPictures.id} FROM ${mediaPictures} WHERE ${mediaPictures.tenantId} = ${tenantId} AND ${mediaPictures.name} = ${name})`,
    })
    .where(isUpload(tenantId, id));

/** Uploads whose address is worthless by now and whose object was not cleaned away yet. */
export const readExpired = (env: Env, tenantId: string, before: number, limit: number): Promise<UploadRow[]> =>
  database(env)
    .select()
    .from(mediaUploads)
    .where(and(eq(mediaUploads.tenantId, tenantId), isNull(mediaUploads.cleanedAt), lt(mediaUploads.expiresAt, before)))
    .orderBy(mediaUploads.expiresAt)
    .limit(limit);

/** Notes that the objects of these uploads are gone; those that were never completed are refused. */
export function cleanUploads(env: Env, tenantId: string, ids: readonly string[], now: number): Statement[] {
  const db = database(env);
  const areThese = and(
    eq(mediaUploads.tenantId, tenantId),
    inArray(mediaUploads.id, sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`),
  );
  const refusal: StoredRefusal = { code: "upload_expired", detail: "The upload was not completed in time." };
  return [
    db
      .update(mediaUploads)
      .set({ state: "refused", refusal })
      .where(and(areThese, inArray(mediaUploads.state, ["open", "receiving", "received"]))),
    db.update(mediaUploads).set({ cleanedAt: now }).where(areThese),
  ];
}

/** Uploads and tasks that nobody asks for any more; their pictures stay. */
export function forgetUploads(env: Env, tenantId: string, before: number): Statement[] {
  const db = database(env);
  return [
    db.delete(mediaUploads).where(and(eq(mediaUploads.tenantId, tenantId), lt(mediaUploads.cleanedAt, before))),
    db.delete(mediaTasks).where(and(eq(mediaTasks.tenantId, tenantId), lt(mediaTasks.finishedAt, before))),
  ];
}

/** The same bytes are the same picture: a second one of a name changes nothing. */
export const insertPicture = (env: Env, row: PictureRow): Statement =>
  database(env)
    .insert(mediaPictures)
    .values(row)
    .onConflictDoNothing({ target: [mediaPictures.tenantId, mediaPictures.name] });

/** From now on nobody publishes or lists it. */
export const markDeleted = (env: Env, tenantId: string, id: string, now: number): Statement =>
  database(env)
    .update(mediaPictures)
    .set({ deletedAt: now })
    .where(and(eq(mediaPictures.tenantId, tenantId), eq(mediaPictures.id, id), isNull(mediaPictures.deletedAt)));

/** The row and its views go. */
export const forgetPicture = (env: Env, { tenantId, id, name }: PictureRow): Statement[] => {
  const db = database(env);
  return [
    db.delete(mediaPictures).where(and(eq(mediaPictures.tenantId, tenantId), eq(mediaPictures.id, id))),
    db.delete(mediaHeat).where(and(eq(mediaHeat.tenantId, tenantId), eq(mediaHeat.name, name))),
  ];
};

/** Pictures whose deletion was interrupted before this time. */
export const readHalfDeleted = (env: Env, tenantId: string, before: number, limit: number): Promise<PictureRow[]> =>
  database(env)
    .select()
    .from(mediaPictures)
    .where(and(eq(mediaPictures.tenantId, tenantId), lt(mediaPictures.deletedAt, before)))
    .limit(limit);

export async function readPicture(env: Env, tenantId: string, id: string): Promise<PictureRow | undefined> {
  const [row] = await database(env)
    .select()
    .from(mediaPictures)
    .where(and(eq(mediaPictures.tenantId, tenantId), eq(mediaPictures.id, id)));
  return row;
}

export async function readPictureByName(env: Env, tenantId: string, name: string): Promise<PictureRow | undefined> {
  const [row] = await database(env)
    .select()
    .from(mediaPictures)
    .where(and(eq(mediaPictures.tenantId, tenantId), eq(mediaPictures.name, name)));
  return row;
}

/** Newest first; ids sort by the time they were made. */
export const readPictures = (
  env: Env,
  tenantId: string,
  { limit, before }: { limit: number; before?: string },
): Promise<PictureRow[]> =>
  database(env)
    .select()
    .from(mediaPictures)
    .where(
      and(
        eq(mediaPictures.tenantId, tenantId),
        isNull(mediaPictures.deletedAt),
        before === undefined ? undefined : lt(mediaPictures.id, before),
      ),
    )
    .orderBy(desc(mediaPictures.id))
    .limit(limit);

/** A second task of the same id breaks the transaction. */
export const insertTask = (env: Env, row: TaskRow): Statement => database(env).insert(mediaTasks).values(row);

export async function readTaskRow(env: Env, tenantId: string, id: string): Promise<TaskRow | undefined> {
  const [row] = await database(env)
    .select()
    .from(mediaTasks)
    .where(and(eq(mediaTasks.tenantId, tenantId), eq(mediaTasks.id, id)));
  return row;
}

interface Outcome {
  status: TaskRow["status"];
  purger: string | null;
  visited: Visited[];
  error: string | null;
  finishedAt: number | null;
}

export const writeOutcome = (env: Env, tenantId: string, id: string, outcome: Outcome): Statement =>
  database(env)
    .update(mediaTasks)
    .set({ ...outcome, attempts: sql`${mediaTasks.attempts} + 1` })
    .where(and(eq(mediaTasks.tenantId, tenantId), eq(mediaTasks.id, id)));
