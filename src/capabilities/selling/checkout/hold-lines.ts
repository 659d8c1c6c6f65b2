import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../platform/context.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import type { Claim } from "../carts/contract.ts";
import type { order } from "../orders/contract.ts";
import { release, reserve } from "../stock/actions.ts";

type Order = z.infer<typeof order>;
type Line = Order["lines"][number];

/** An order's holds outlive its payment window by this much, so that the order decides about them and not their own end. */
const MARGIN_SECONDS = 3_600;

/** Holds every line or none. A refusal names every line that could not be held and how many units are left. */
export async function holdEveryLine(ctx: Ctx, order: Order): Promise<Result<Line[], "sold_out" | "limit_reached">> {
  const ttl_seconds = ctx.tenant.settings.paymentWindowMinutes * 60 + MARGIN_SECONDS;
  const attempts = await Promise.allSettled(
    order.lines.map(async (line) => {
      const { sku, quantity } = line;
      const held = await reserve(ctx, { sku, quantity, buyer: order.email, ttl_seconds, key: `${order.id}:${sku}` });
      return { line, held };
    }),
  );
  const held: Line[] = [];
  const refusals: { line: Line; code: string; available: unknown }[] = [];
  let failure: unknown;
  for (const attempt of attempts) {
    if (attempt.status === "rejected") failure = attempt.reason;
    else if (attempt.value.held.ok) held.push({ ...attempt.value.line, reservation_id: attempt.value.held.value.id });
    else
      refusals.push({
        line: attempt.value.line,
        code: attempt.value.held.code,
        available: attempt.value.held.facts?.available ?? 0,
      });
  }
  if (refusals.length === 0 && failure === undefined) return ok(held);
  await releaseAll(ctx, held);
  if (failure !== undefined) throw failure;
  const changes = refusals.map(({ line, available }) => ({
    sku: line.sku,
    title: line.title,
    what: "stock" as const,
    was: line.quantity,
    now: available,
  }));
  const isLimit = refusals.every((it) => it.code === "limit_reached");
  return refused(
    isLimit ? "limit_reached" : "sold_out",
    "Nothing was ordered: some lines cannot be had in that quantity.",
    { facts: { changes } },
  );
}

/**
 * Gives back what a checkout held that died before its order was placed. Its order must be fenced, or never
 * be placed for other reasons: else it could still be placed, and have no stock.
 */
export async function releaseDead(
  ctx: Ctx,
  { orderId, buyer }: Claim,
  lines: readonly { sku: string; quantity: number }[],
): Promise<void> {
  if (buyer === undefined) return;
  await Promise.all(
    lines.map(async ({ sku, quantity }) => {
      // The same key answers the hold that is there. Where there is none, one is made that nobody keeps.
      const held = await reserve(ctx, { sku, quantity, buyer, ttl_seconds: 1, key: `${orderId}:${sku}` });
      if (held.ok) await release(ctx, { id: held.value.id });
    }),
  );
}

export async function releaseAll(ctx: Ctx, lines: readonly Line[]): Promise<void> {
  await Promise.all(lines.map((line) => release(ctx, { id: line.reservation_id })));
}
