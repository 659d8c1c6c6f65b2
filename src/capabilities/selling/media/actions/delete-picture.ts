import type { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { type Removed, removePicture } from "../../catalog/actions/place-picture.ts";
import type * as contract from "../contract.ts";
import {
  forgetPicture,
  markDeleted,
  type PictureRow,
  readHalfDeleted,
  readPicture,
  readPictureByName,
  readTaskRow,
} from "../store/uploads.ts";
import { addressesShowing } from "./addresses-showing.ts";
import { commitTask } from "./commit-task.ts";

type Deleted = z.infer<NonNullable<(typeof contract.deletePicture)["answer"]["shape"]>>;

/** A deletion that another call began so long ago was interrupted. */
const INTERRUPTED_MS = 60_000;
const SWEEP_MAX = 100;

/**
 * Idempotent. The order of effects is mark, products, object, rows: whatever breaks in between is done again by the next call or
 * by the sweep. Whoever uploads the same bytes meanwhile is told to try again, and later gets a new picture.
 */
export async function deletePicture(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<Deleted, "not_found" | "changed_meanwhile">> {
  const { env, tenant } = ctx;
  const picture = await readPicture(env, tenant.id, id);
  if (picture) {
    await commit(ctx, [markDeleted(env, tenant.id, id, ctx.now())]);
    const gone = await takeAway(ctx, picture);
    if (!gone.ok) return gone;
  }
  const task = await readTaskRow(env, tenant.id, taskId(id));
  return task
    ? ok({ id, task: { id: task.id, status: task.status } })
    : refused("not_found", "There is no such picture.");
}

/** Ends deletions that were interrupted. */
export async function finishDeletions(ctx: Ctx): Promise<void> {
  const before = ctx.now() - INTERRUPTED_MS;
  for (const picture of await readHalfDeleted(ctx.env, ctx.tenant.id, before, SWEEP_MAX)) await takeAway(ctx, picture);
}

/** Somebody else may have ended this deletion since `picture` was read, and the same bytes may be back as a new picture. */
async function takeAway(ctx: Ctx, picture: PictureRow): Promise<Result<true, "changed_meanwhile">> {
  const { env, tenant } = ctx;
  const isUnderWay = async () => Boolean((await readPicture(env, tenant.id, picture.id))?.deletedAt);
  const src = `/media/${picture.name}`;
  if (!(await isUnderWay())) return ok(true);
  const removed = await removePicture(ctx, src);
  if (!removed.ok) return removed;
  if (!(await isUnderWay())) return ok(true);
  await env.FILES.delete(`${tenant.id}/media/${picture.name}`);
  const id = taskId(picture.id);
  const task = {
    ...{ tenantId: tenant.id, id, pictureId: picture.id, productHandle: removed.value.products[0]?.handle ?? null },
    ...{ status: "queued" as const, purge: addressesGone(ctx, picture, removed.value), prewarm: [], purger: null },
    ...{ visited: null, attempts: 0, error: null, createdAt: ctx.now(), finishedAt: null },
  };
  await commitTask(ctx, task, { type: "picture.deleted", rows: forgetPicture(env, picture) });
  // An upload of the same bytes that began before may have put it on a product once more.
  return (await readPictureByName(env, tenant.id, picture.name)) ? ok(true) : dropAgain(ctx, src);
}

async function dropAgain(ctx: Ctx, src: string): Promise<Result<true, "changed_meanwhile">> {
  const removed = await removePicture(ctx, src);
  return removed.ok ? ok(true) : removed;
}

/** The picture's own addresses in every size, and every page that showed it. */
function addressesGone(ctx: Ctx, { name, width }: PictureRow, { products, collections }: Removed): string[] {
  const src = `/media/${name}`;
  const first = addressesShowing(ctx.origin, ctx, src, width, undefined);
  const kept = `https://${ctx.tenant.id}.${ctx.env.PLATFORM_DOMAIN}`;
  const own = first.prewarm.flatMap((url) => [url, kept + url.slice(ctx.origin.length)]);
  const shown = collections.length > 0 ? [...products, { collections }] : products;
  return [...new Set([...own, ...shown.flatMap((it) => addressesShowing(ctx.origin, ctx, src, width, it).purge)])];
}

/** One task a deletion, however often it is asked for. */
const taskId = (pictureId: string): string => pictureId.replace(/^pic_/, "mtk_");
