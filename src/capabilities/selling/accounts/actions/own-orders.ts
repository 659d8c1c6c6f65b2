import { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { describe, log } from "../../../../platform/log.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../../platform/page-cursor.ts";
import { ok, type Result } from "../../../../platform/result.ts";
import { orderToken, readOrder } from "../../orders/actions.ts";
import type { OwnOrder } from "../contract.ts";
import { insertOrderLink, readOrderLinks } from "../store/belongings.ts";
import { sessionOf, signedIn } from "./signed-in.ts";

const orderPlace = z.tuple([z.int(), z.string()]);

/**
 * Notes that the account which is signed in is about to place this order; nothing happens for others. Call it before the order is
 * placed: what was never placed is left out of the list, while a link that is written after could be lost.
 */
export async function linkOrder(ctx: Ctx, orderId: string): Promise<void> {
  if (sessionOf(ctx) === undefined) return;
  const me = await signedIn(ctx);
  if (!me.ok) return;
  const link = { tenantId: ctx.tenant.id, accountId: me.value.account.id, orderId, placedAt: ctx.now() };
  await commit(ctx, [insertOrderLink(ctx.env, link)]);
}

/** The same for an order that is placed already, which stands whether this can be noted or not. */
export const linkPlacedOrder = (ctx: Ctx, orderId: string): Promise<void> =>
  linkOrder(ctx, orderId).catch((error) => log("error", "order_not_linked", { orderId, error: describe(error) }));

/** A page may hold fewer orders than its limit, since some were never placed. Each is as its journal knows it now. */
export async function listOwnOrders(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Result<{ data: OwnOrder[]; next_cursor: string | null }, "unauthenticated" | "invalid_request">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const list = `${ctx.tenant.id} orders of ${me.value.account.id}`;
  const place = cursor === undefined ? undefined : readCursor(list, orderPlace, cursor);
  if (cursor !== undefined && !place) return foreignCursor;
  const after = place && { placedAt: place[0], orderId: place[1] };
  const links = await readOrderLinks(ctx.env, me.value.account, limit + 1, after);
  const page = links.slice(0, limit);
  const found = await Promise.all(page.map((it) => own(ctx, it.orderId)));
  const last = page.at(-1);
  return ok({
    data: found.filter((it) => it !== undefined),
    next_cursor: links.length > limit && last ? writeCursor(list, [last.placedAt, last.orderId]) : null,
  });
}

async function own(ctx: Ctx, id: string): Promise<OwnOrder | undefined> {
  const order_token = orderToken(ctx, id);
  const found = await readOrder(ctx, { id, token: order_token });
  return found.ok ? { order: found.value, order_token } : undefined;
}
