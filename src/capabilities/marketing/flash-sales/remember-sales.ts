import type { Ctx } from "../../../platform/context.ts";
import { Memory } from "../../../platform/memory.ts";
import { readStock } from "../../selling/stock/actions.ts";
import { saleStock } from "./ask-sale.ts";
import type { Sale } from "./rules/sale.ts";
import { readSaleRow } from "./store.ts";

/** An edit reaches every isolate within this time; until then the sale's counter refuses what is older than its terms. */
const SALE_LIFE_MS = 2_000;
/** What is left of a sale is shown at most this old. */
const REMAINING_LIFE_MS = 1_000;
const SALES_MAX = 2_000;

const sales = new Memory<Sale | null>(SALE_LIFE_MS, SALES_MAX);

const remaining = new Memory<number>(REMAINING_LIFE_MS, SALES_MAX);

const keyOf = (ctx: Ctx, id: string): string => `${ctx.tenant.id}:${id}`;

/** A sale by its id, at most two seconds old; undefined when the shop has no such sale. */
export async function saleOf(ctx: Ctx, id: string): Promise<Sale | undefined> {
  const known = sales.get(keyOf(ctx, id));
  if (known !== undefined) return known ?? undefined;
  const found = await ctx.timing.measure("d1", readSaleRow(ctx.env, ctx.tenant.id, id));
  return sales.set(keyOf(ctx, id), found ?? null) ?? undefined;
}

/** What this isolate has just learned of a sale. */
export const learnSale = (ctx: Ctx, sale: Sale): void => void sales.set(keyOf(ctx, sale.id), sale);

/** Units that nobody holds or has bought, for the eye: it decides nothing. */
export async function remainingOf(ctx: Ctx, sale: Sale): Promise<number> {
  const known = remaining.get(keyOf(ctx, sale.id));
  if (known !== undefined) return known;
  const level = await readStock(ctx, { sku: saleStock(sale) });
  return remaining.set(keyOf(ctx, sale.id), level.ok ? level.value.available : 0);
}

export const forgetRemaining = (ctx: Ctx, id: string): void => remaining.forget(keyOf(ctx, id));
