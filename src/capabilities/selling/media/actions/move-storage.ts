import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { ok, type Result } from "../../../../platform/result.ts";
import type { StorageReport } from "../contract/shapes.ts";
import { chooseClass, dayOf, HOT_DAYS, HOT_VIEWS, QUIET_DAYS, type StorageClass } from "../rules/choose-class.ts";
import { forgetViews, readMovable, readTotals, writeClass } from "../store/heat.ts";

/** Pictures that one run moves; the rest follow an hour later. */
const MOVES_MAX = 50;
/** Pictures that a report counts as about to move. */
const REPORTED_MAX = 10_000;

/** Moves pictures that nobody looks at to the cheaper class, and back those that are seen again. Twice at once is harmless. */
export async function moveStorage(ctx: Ctx): Promise<void> {
  const { env, tenant } = ctx;
  const now = ctx.now();
  for (const picture of await readMovable(env, tenant.id, now, MOVES_MAX)) {
    const { to } = chooseClass(picture, now);
    if (to !== picture.storageClass && (await rewrite(env.FILES, `${tenant.id}/media/${picture.name}`, to)))
      await commit(ctx, [writeClass(env, tenant.id, picture.name, to, now)]);
  }
  await commit(ctx, [forgetViews(env, tenant.id, dayOf(now) - QUIET_DAYS)]);
}

/** A class is given when an object is written, so it is written again over itself; readers see the one or the other. */
async function rewrite(bucket: R2Bucket, key: string, storageClass: StorageClass): Promise<boolean> {
  const object = await bucket.get(key);
  if (!object) return false;
  const { httpMetadata, customMetadata } = object;
  // Only over itself: a picture that was deleted meanwhile does not come back.
  const onlyIf = { etagMatches: object.etag };
  return (await bucket.put(key, object.body, { httpMetadata, customMetadata, storageClass, onlyIf })) !== null;
}

/** What the pictures take up, and what the next runs will move. */
export async function readStorage(ctx: Ctx): Promise<Result<StorageReport>> {
  const { env, tenant } = ctx;
  const [{ classes, hottest, uploads }, movable] = await Promise.all([
    readTotals(env, tenant.id, ctx.now()),
    readMovable(env, tenant.id, ctx.now(), REPORTED_MAX),
  ]);
  const inClass = (storageClass: StorageClass) => {
    const found = classes.find((it) => it.storageClass === storageClass);
    return { pictures: found?.pictures ?? 0, bytes: found?.bytes ?? 0 };
  };
  const moving = (from: StorageClass) => {
    const these = movable.filter((it) => it.storageClass === from);
    return { pictures: these.length, bytes: these.reduce((sum, it) => sum + it.bytes, 0) };
  };
  const inStates = (...states: string[]) =>
    uploads.filter((it) => states.includes(it.state)).reduce((sum, it) => sum + it.uploads, 0);
  return ok({
    classes: { Standard: inClass("Standard"), InfrequentAccess: inClass("InfrequentAccess") },
    cooling: moving("Standard"),
    warming: moving("InfrequentAccess"),
    quiet_days: QUIET_DAYS,
    hot_views: HOT_VIEWS,
    hot_days: HOT_DAYS,
    hottest: hottest.map(({ name, views }) => ({ src: `/media/${name}`, views })),
    uploads: { waiting: inStates("open", "receiving", "received"), refused: inStates("refused") },
  });
}
