import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../platform/context.ts";
import { okInstead, type Result } from "../../../platform/result.ts";
import * as stock from "../stock/actions.ts";
import type { reservation } from "../stock/contract.ts";
import type * as contract from "./contract.ts";
import { judgeRollout, keyPrefixOf } from "./rules.ts";

/** A shop that says nothing has reservations rolled out to all buyers of its partners. */
const ROLLOUT_PERCENT = 100;

type Wish = z.infer<NonNullable<typeof contract.reserve.body>> & { sku: string; key?: string };
type Answer = z.infer<typeof reservation> | z.infer<typeof contract.stockOnly>;
type Refusal = keyof typeof contract.reserve.refusals;

/** Staff hold without more ado; a partner's call is a plain stock query where reservations are not rolled out to it. */
export async function reserve(ctx: Ctx, wish: Wish): Promise<Result<Answer, Refusal>> {
  const { actor, tenant } = ctx;
  if (actor.kind !== "licence") return stock.reserve(ctx, wish);
  const percent = actor.rolloutPercent ?? tenant.settings.reservationRolloutPercent ?? ROLLOUT_PERCENT;
  const verdict = judgeRollout(actor, wish.buyer, percent);
  if (verdict === "rolled_out")
    return stock.reserve(ctx, { ...wish, key: `${keyPrefixOf(actor.licenceId)}${wish.key}` });
  const level = await stock.readStock(ctx, wish);
  if (!level.ok) return level;
  return okInstead({ outcome: "stock_only", sku: wish.sku, available: level.value.available, reason: verdict });
}

export const confirm = (ctx: Ctx, { id }: { id: string }) => stock.confirm(ctx, { id, owner: ownerOf(ctx) });

export const release = (ctx: Ctx, { id }: { id: string }) => stock.release(ctx, { id, owner: ownerOf(ctx) });

export const extend = (ctx: Ctx, wish: { id: string; ttl_seconds: number; key?: string }) =>
  stock.extend(ctx, { ...wish, owner: ownerOf(ctx) });

export const readReservation = (ctx: Ctx, { id }: { id: string }) =>
  stock.readReservation(ctx, { id, owner: ownerOf(ctx) });

export const listReservations = (
  ctx: Ctx,
  wish: { sku: string } & z.infer<NonNullable<typeof contract.listReservations.query>>,
) => stock.listReservations(ctx, { ...wish, owner: ownerOf(ctx) });

/** A partner reaches its own holds only; staff reach all. */
const ownerOf = ({ actor }: Ctx): string | undefined =>
  actor.kind === "licence" ? keyPrefixOf(actor.licenceId) : undefined;
