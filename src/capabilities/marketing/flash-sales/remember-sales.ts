import type { Ctx } from "../../../platform/context.ts";
import { Memory } from "../../../platform/memory.ts";
import { readStock } from "../../selling/stock/actions.ts";
import { saleStock } from "./ask-sale.ts";
import type { Sale } from "./rules/sale.ts";
import { readSaleParts } from "./store.ts";

/** An edit reaches every isolate within this time; until then the sale's counter refuses what is older than its terms. */
const SALE_LIFE_MS = 2_000;
/** What is left of a sale is shown at most this old. */
const REMAINING_LIFE_MS = 1_000;
const SALES_MAX = 2_000;

const sales = new Memory<Sale[]>(SALE_LIFE_MS, SALES_MAX);

const remaining = new Memory<number>(REMAINING_LIFE_MS, SALES_MAX);

const keyOf = (ctx: Ctx, id: string): string => `${ctx.tenant.id}:${id}`;
const stockKeyOf = (ctx: Ctx, part: Sale): string => keyOf(ctx, saleStock(part));

/** The parts of a sale by its id, the first in front, at most two seconds old; none when the shop has no such sale. */
export const saleOf = (ctx: Ctx, id: string): Promise<Sale[]> =>
  sales.read(keyOf(ctx, id), () => ctx.timing.measure("d1", readSaleParts(ctx.env, ctx.tenant.id, id)));

/** What this isolate has just learned of a sale; what somebody is reading meanwhile may be older and is not kept. */
export function learnSale(ctx: Ctx, parts: Sale[]): void {
  const [first] = parts;
  if (!first) return;
  sales.forget(keyOf(ctx, first.id));
  sales.set(keyOf(ctx, first.id), parts);
}

/** What this isolate has just learned of one SKU of a sale. */
export function learnPart(ctx: Ctx, part: Sale): void {
  const known = sales.get(keyOf(ctx, part.id)) ?? [];
  learnSale(
    ctx,
    known.map((it) => (it.sku === part.sku ? part : it)),
  );
}

/** Units of one SKU of a sale that nobody holds or has bought, for the eye: it decides nothing. */
export async function remainingOf(ctx: Ctx, part: Sale): Promise<number> {
  const known = remaining.get(stockKeyOf(ctx, part));
  if (known !== undefined) return known;
  const level = await readStock(ctx, { sku: saleStock(part) });
  return remaining.set(stockKeyOf(ctx, part), level.ok ? level.value.available : 0);
}

export const forgetRemaining = (ctx: Ctx, part: Sale): void => remaining.forget(stockKeyOf(ctx, part));
