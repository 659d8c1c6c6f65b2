import { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../platform/context.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { ok, type Result } from "../../../platform/result.ts";
import { readStocks } from "../../selling/stock/actions.ts";
import { type OnWire, shown, unknownSale } from "./actions/keep-sale.ts";
import { saleStock } from "./ask-sale.ts";
import { saleOf } from "./remember-sales.ts";
import { onWire, type Sale } from "./rules/sale.ts";
import { readSales } from "./store.ts";

export async function readSale(ctx: Ctx, { id }: { id: string }): Promise<Result<OnWire, "unknown_sale">> {
  const parts = await saleOf(ctx, id);
  return parts.length > 0 ? ok(await shown(ctx, parts)) : unknownSale;
}

const salePlace = z.tuple([z.int(), z.string()]);

export async function listSales(
  ctx: Ctx,
  { limit, cursor, sku }: { limit: number; cursor?: string; sku?: string },
): Promise<Result<{ data: OnWire[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} sales ${sku ?? ""}`;
  const place = cursor === undefined ? undefined : readCursor(list, salePlace, cursor);
  if (cursor !== undefined && !place) return foreignCursor;
  const after = place && { startsAt: place[0], id: place[1] };
  const sales = await ctx.timing.measure("d1", readSales(ctx.env, ctx.tenant.id, { limit: limit + 1, after, sku }));
  const stock = await readStocks(ctx, sales.flat().map(saleStock));
  const remaining = (it: Sale): number => stock.get(saleStock(it))?.available ?? it.quantity;
  const last = sales.length > limit ? sales[limit - 1]?.[0] : undefined;
  return ok({
    data: sales.slice(0, limit).map((parts) => onWire(parts, parts.map(remaining), ctx.now())),
    next_cursor: last ? writeCursor(list, [last.startsAt, last.id]) : null,
  });
}
