import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { dayOf } from "../rules/choose-class.ts";
import { addViews } from "../store/heat.ts";

/** One in so many answers from the cache is counted, as so many views. */
const SAMPLE = 64;

/**
 * Counts the view of a picture behind the answer. A read from the bucket always counts, so that a picture which anybody looks at is
 * never quiet; of the many answers from the cache one in 64 does, which costs the others nothing.
 */
export function countView(ctx: Ctx, name: string, from: "cache" | "bucket"): void {
  if (from === "cache" && Math.random() * SAMPLE >= 1) return;
  const views = from === "cache" ? SAMPLE : 1;
  ctx.waitUntil(commit(ctx, [addViews(ctx.env, ctx.tenant.id, name, { day: dayOf(ctx.now()), views })]));
}
