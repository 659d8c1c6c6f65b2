import { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx, ShopState } from "../../../../platform/context.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { forgetShop, onWire } from "../actions.ts";
import type * as contract from "../contract/life.ts";
import { decideMove, type Standing, standingOf } from "../rules.ts";
import {
  insertMove,
  type Move,
  readMoves,
  readTenant,
  readTenants,
  type StoredTenant,
  writeState,
  writeTrialEnd,
} from "../store.ts";

type ShopRecord = z.infer<typeof contract.shopRecord>;
type OnWireMove = { from: ShopState; to: ShopState; reason: string; at: string };

const MOVES_SHOWN_MAX = 100;
/** How often a move is decided anew because another one came first. */
const ATTEMPTS_MAX = 3;

/** What the caller meets in this shop now. */
export const standing = ({ tenant, now }: Pick<Ctx, "tenant" | "now">): Standing => standingOf(tenant, now());

const shopPlace = z.tuple([z.string()]);

export async function listShops(
  ctx: Ctx,
  { limit, cursor, state }: { limit: number; cursor?: string; state?: ShopState },
): Promise<Result<{ data: ShopRecord[]; next_cursor: string | null }, "invalid_request">> {
  const list = `platform shops ${state ?? ""}`;
  const [after] = (cursor !== undefined && readCursor(list, shopPlace, cursor)) || [];
  if (cursor !== undefined && after === undefined) return foreignCursor;
  const found = await readTenants(ctx.env, { limit: limit + 1, after, state });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map((it) => recordOf(ctx, it)), next_cursor: last ? writeCursor(list, [last.id]) : null });
}

export async function readShopRecord(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<ShopRecord & { moves: OnWireMove[] }, "unknown_shop">> {
  const [shop, moves] = await Promise.all([readTenant(ctx.env, id), readMoves(ctx.env, id, MOVES_SHOWN_MAX)]);
  return shop ? ok({ ...recordOf(ctx, shop), moves: moves.map(moveOnWire) }) : unknownShop;
}

/** Two moves at once clash on the number of the move, and the later one is decided again from where the first led. */
export async function moveShop(
  ctx: Ctx,
  { id, to, reason }: { id: string; to: ShopState; reason: string },
): Promise<Result<ShopRecord, "unknown_shop" | "illegal_transition">> {
  for (let attempt = 1; ; attempt++) {
    // In this order: a move that lands in between takes the number, and this one is decided again.
    const [last] = await readMoves(ctx.env, id, 1);
    const shop = await readTenant(ctx.env, id);
    if (!shop) return unknownShop;
    const decided = decideMove(shop.state, to);
    if (!decided.ok) return decided;
    const move = { number: (last?.number ?? 0) + 1, from: shop.state, to, reason, at: ctx.now() };
    try {
      await commit(ctx, [insertMove(ctx.env, id, move), writeState(ctx.env, id, to)]);
      forgetShop(id);
      return ok(recordOf(ctx, { ...shop, state: to }));
    } catch (error) {
      const [first] = await readMoves(ctx.env, id, 1);
      if (first?.number !== move.number || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

export async function changeTrial(
  ctx: Ctx,
  { id, ends_at }: { id: string; ends_at: string },
): Promise<Result<ShopRecord, "unknown_shop" | "not_on_trial">> {
  const shop = await readTenant(ctx.env, id);
  if (!shop) return unknownShop;
  if (shop.state !== "trial")
    return refused("not_on_trial", `The shop is ${shop.state}, not on trial.`, {
      facts: { current_state: shop.state },
    });
  const trialEndsAt = Date.parse(ends_at);
  await commit(ctx, [writeTrialEnd(ctx.env, id, trialEndsAt)]);
  forgetShop(id);
  return ok(recordOf(ctx, { ...shop, trialEndsAt }));
}

const recordOf = (ctx: Ctx, shop: StoredTenant): ShopRecord => ({
  ...onWire(shop),
  created_at: asTime(shop.createdAt),
  standing: standingOf(shop, ctx.now()),
  off: [...shop.off].sort(),
});

const moveOnWire = ({ from, to, reason, at }: Move): OnWireMove => ({ from, to, reason, at: asTime(at) });

const asTime = (at: number): string => new Date(at).toISOString();
const unknownShop = refused("unknown_shop", "There is no such shop.");
