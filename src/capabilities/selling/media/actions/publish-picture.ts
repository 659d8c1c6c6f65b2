import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { SoukEvent } from "../../../../platform/events.ts";
import { describe } from "../../../../platform/log.ts";
import { chooseCachePurger } from "../purgers/cache-purger.ts";
import type { Visited } from "../schema.ts";
import { readTaskRow, writeOutcome } from "../store/uploads.ts";

/** Tries before the task is failed; the queue makes them some seconds apart. */
const ATTEMPTS_MAX = 4;

/** `picture.published` and `picture.deleted`: old pages leave the caches, then the new picture and its page are fetched. Idempotent. */
export async function publishPicture(ctx: Ctx, { payload }: SoukEvent): Promise<void> {
  const { env, tenant } = ctx;
  const task = await readTaskRow(env, tenant.id, String(payload.task_id));
  if (task?.status !== "queued") return;
  const purger = chooseCachePurger(env);
  try {
    const purged = await purger.purge(task.purge);
    const visited = [...purged, ...(await warm(ctx, task.prewarm))];
    const outcome = { status: "done", purger: purger.name, visited, error: null, finishedAt: ctx.now() } as const;
    await commit(ctx, [writeOutcome(env, tenant.id, task.id, outcome)]);
  } catch (error) {
    const isLast = task.attempts + 1 >= ATTEMPTS_MAX;
    const [status, finishedAt] = isLast ? (["failed", ctx.now()] as const) : (["queued", null] as const);
    const outcome = { status, purger: purger.name, visited: [], error: briefly(error), finishedAt };
    await commit(ctx, [writeOutcome(env, tenant.id, task.id, outcome)]);
    if (!isLast) throw error;
  }
}

/** Through the front door, as a shopper's browser comes in, so that every cache on the way fills. One after the other: sizes cost CPU. */
async function warm({ visit }: Ctx, urls: readonly string[]): Promise<Visited[]> {
  const visited: Visited[] = [];
  for (const url of urls) {
    const answer = await visit?.(url);
    await answer?.body?.cancel();
    visited.push({ url, outcome: `fetched ${answer?.status ?? "by nobody"}` });
  }
  return visited;
}

const briefly = (error: unknown): string => (describe(error).split("\n", 1)[0] ?? "").slice(0, 200);
