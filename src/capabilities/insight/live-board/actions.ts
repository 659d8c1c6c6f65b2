import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../platform/context.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { readSale } from "../../marketing/flash-sales/actions.ts";
import { surveyRoom } from "../../marketing/waiting-room/actions.ts";
import type { liveSale } from "./contract.ts";

export type LiveSale = z.infer<typeof liveSale>;

/** Why a socket cannot be opened right now; the page then asks by GET. */
const FULL_RETRY_SECONDS = 5;

/** What changes in a sale, as of now. */
export async function readLive(ctx: Ctx, { id }: { id: string }): Promise<Result<LiveSale, "unknown_sale">> {
  const found = await readSale(ctx, { id });
  if (!found.ok) return found;
  const sale = found.value;
  const room = sale.waiting_room ? await surveyRoom(ctx, sale) : undefined;
  const { state, remaining, quantity, starts_at, ends_at, server_time } = sale;
  return ok({
    sale_id: sale.id,
    state,
    remaining,
    quantity,
    items: sale.items.map((it) => ({ sku: it.sku, remaining: it.remaining, quantity: it.quantity })),
    serving: room?.serving ?? null,
    waiting: room?.waiting ?? null,
    starts_at,
    ends_at,
    server_time,
  });
}

/** Hands the caller's socket to the shop's board, which tells it what changes. */
export async function watchSale(
  ctx: Ctx,
  { id, request }: { id: string; request?: Request },
): Promise<Result<Response, "unknown_sale" | "board_full">> {
  const found = await readSale(ctx, { id });
  if (!found.ok) return found;
  const answer = await ctx.env.BOARD.getByName(ctx.tenant.id).fetch(`https://board/${id}`, {
    headers: request?.headers ?? {},
  });
  if (answer.status === 101) return ok(answer);
  return refused("board_full", "As many watch this shop as its board has places. Ask again, or without a socket.", {
    retryAfterSeconds: FULL_RETRY_SECONDS,
  });
}
