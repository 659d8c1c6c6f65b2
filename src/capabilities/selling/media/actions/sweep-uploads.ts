import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { cleanUploads, forgetUploads, readExpired } from "../store/uploads.ts";

/** An upload that arrived in time may be completed for this long after its address expired. */
const GRACE_MS = 3_600_000;
const SWEEP_MAX = 500;
/** A completion may be asked for again, and a task read, for so long. */
const REMEMBER_MS = 7 * 86_400_000;

/**
 * Deletes the objects of uploads that nobody completed, and once more those of completed ones: a presigned address could have
 * been used again until it expired. Running twice at once is harmless.
 */
export async function sweepUploads(ctx: Ctx): Promise<void> {
  const { env, tenant } = ctx;
  const expired = await readExpired(env, tenant.id, ctx.now() - GRACE_MS, SWEEP_MAX);
  if (expired.length > 0) await env.FILES.delete(expired.map((it) => it.key));
  const ids = expired.map((it) => it.id);
  await commit(ctx, [
    ...(ids.length > 0 ? cleanUploads(env, tenant.id, ids, ctx.now()) : []),
    ...forgetUploads(env, tenant.id, ctx.now() - REMEMBER_MS),
  ]);
}
