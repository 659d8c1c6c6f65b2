import { and, eq, gte, lt, sql } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { DAY_MS, HOT_DAYS, HOT_VIEWS, QUIET_DAYS, type StorageClass } from "../rules/choose-class.ts";
import { mediaHeat, mediaPictures, mediaUploads } from "../schema.ts";

/** Adds estimated views of a picture on a day. */
export const addViews = (
  env: Env,
  tenantId: string,
  name: string,
  { day, views }: { day: number; views: number },
): Statement =>
  database(env)
    .insert(mediaHeat)
    .values({ tenantId, name, day, views })
    .onConflictDoUpdate({
      target: [mediaHeat.tenantId, mediaHeat.name, mediaHeat.day],
      set: { views: sql`${mediaHeat.views} + excluded.views` },
    });

const viewsSince = (tenantId: string, day: number) =>
  sql<number>`(SELECT coalesce(sum(${mediaHeat.views}), 0) FROM ${mediaHeat}
    WHERE ${mediaHeat.tenantId} = ${tenantId} AND ${mediaHeat.name} = ${mediaPictures.name} AND ${mediaHeat.day} > ${day})`;

/** Pictures that may have to move, with how often they were seen; `choose-class.ts` decides. */
export const readMovable = (env: Env, tenantId: string, now: number, limit: number) => {
  const today = Math.floor(now / DAY_MS);
  const lately = viewsSince(tenantId, today - QUIET_DAYS);
  const recently = viewsSince(tenantId, today - HOT_DAYS);
  return database(env)
    .select({
      name: mediaPictures.name,
      bytes: mediaPictures.bytes,
      storageClass: mediaPictures.storageClass,
      createdAt: mediaPictures.createdAt,
      movedAt: mediaPictures.movedAt,
      lately,
      recently,
    })
    .from(mediaPictures)
    .where(
      and(
        eq(mediaPictures.tenantId, tenantId),
        sql`CASE ${mediaPictures.storageClass}
          WHEN 'Standard' THEN max(${mediaPictures.createdAt}, coalesce(${mediaPictures.movedAt}, 0)) <= ${now - QUIET_DAYS * DAY_MS}
            AND ${lately} = 0
          ELSE ${recently} >= ${HOT_VIEWS} END`,
      ),
    )
    .orderBy(mediaPictures.id)
    .limit(limit);
};

export const writeClass = (env: Env, tenantId: string, name: string, to: StorageClass, now: number): Statement =>
  database(env)
    .update(mediaPictures)
    .set({ storageClass: to, movedAt: now })
    .where(and(eq(mediaPictures.tenantId, tenantId), eq(mediaPictures.name, name)));

/** Days that no rule looks at any more. */
export const forgetViews = (env: Env, tenantId: string, before: number): Statement =>
  database(env)
    .delete(mediaHeat)
    .where(and(eq(mediaHeat.tenantId, tenantId), lt(mediaHeat.day, before)));

/** Pictures and bytes by class, the most seen pictures of the last days, and uploads that are no picture (yet). */
export async function readTotals(env: Env, tenantId: string, now: number) {
  const db = database(env);
  const [classes, hottest, uploads] = await db.batch([
    db
      .select({
        storageClass: mediaPictures.storageClass,
        pictures: sql<number>`count(*)`,
        bytes: sql<number>`sum(${mediaPictures.bytes})`,
      })
      .from(mediaPictures)
      .where(eq(mediaPictures.tenantId, tenantId))
      .groupBy(mediaPictures.storageClass),
    db
      .select({ name: mediaHeat.name, views: sql<number>`sum(${mediaHeat.views}) AS views` })
      .from(mediaHeat)
      .where(and(eq(mediaHeat.tenantId, tenantId), gte(mediaHeat.day, Math.floor(now / DAY_MS) - HOT_DAYS + 1)))
      .groupBy(mediaHeat.name)
      .orderBy(sql`views DESC`)
      .limit(10),
    db
      .select({ state: mediaUploads.state, uploads: sql<number>`count(*)` })
      .from(mediaUploads)
      .where(eq(mediaUploads.tenantId, tenantId))
      .groupBy(mediaUploads.state),
  ]);
  return { classes, hottest, uploads };
}
