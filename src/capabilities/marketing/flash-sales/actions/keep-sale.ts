import type { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { ok, type Refused, type Result, refused } from "../../../../platform/result.ts";
import type { flashSale } from "../contract/sale.ts";
import { forgetRemaining, learnSale, remainingOf } from "../remember-sales.ts";
import { itemField, onWire, type Sale, wrongTimes } from "../rules/sale.ts";
import { writeSale } from "../store.ts";

export type OnWire = z.infer<typeof flashSale>;

/** The counters keep the sale; D1 hears of it here at once, and from the counters if this call dies. */
export async function keep(ctx: Ctx, parts: Sale[]): Promise<Result<OnWire>> {
  await commit(
    ctx,
    parts.map((it) => writeSale(ctx.env, ctx.tenant.id, it)),
  );
  learnSale(ctx, parts);
  for (const part of parts) forgetRemaining(ctx, part);
  return ok(await shown(ctx, parts));
}

export const shown = async (ctx: Ctx, parts: readonly Sale[]): Promise<OnWire> =>
  onWire(parts, await Promise.all(parts.map((it) => remainingOf(ctx, it))), ctx.now());

/** Names times that make no sense and prices in a foreign currency. */
export function refuseWrong(ctx: Ctx, parts: readonly Sale[]): Refused<"invalid_request"> | undefined {
  const [first] = parts;
  const times = first ? wrongTimes(first, ctx.now()) : [];
  const errors = times.map((it) => ({ ...it, code: "wrong_time" }));
  for (const part of parts)
    if (part.price.currency !== ctx.tenant.currency)
      errors.push({
        field: `${itemField(part, parts, "sale_price")}.currency`,
        code: "wrong_currency",
        detail: `Expected the shop's currency ${ctx.tenant.currency}.`,
      });
  if (errors.length === 0) return undefined;
  return refused("invalid_request", errors.map((it) => `${it.field}: ${it.detail}`).join(" "), { errors });
}

export const keyReused = refused("key_reused", "This Idempotency-Key was used for another request.");
export const saleOver = refused("sale_over", "The sale has ended or was cancelled.");
export const unknownSale = refused("unknown_sale", "There is no such flash sale.");
export const notEnough = (sku: string, available: number): Refused<"not_enough_stock"> =>
  refused("not_enough_stock", `${sku} has fewer units to give.`, { facts: { sku, available } });
