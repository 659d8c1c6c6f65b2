import type { Ctx } from "../../../platform/context.ts";
import { Memory } from "../../../platform/memory.ts";
import { buyersSlot } from "../../selling/stock/actions/ask-counter.ts";
import { saleBuyers, saleStock } from "./ask-sale.ts";
import { type BuyerMarks, isMarked } from "./rules/buyer-marks.ts";
import type { Sale } from "./rules/sale.ts";

/** A SKU of a sale that was sold out is taken for sold out without asking for this time. */
const SOLD_OUT_LIFE_MS = 1_000;
const SALES_MAX = 500;

const soldOut = new Memory<BuyerMarks>(SOLD_OUT_LIFE_MS, SALES_MAX);
/** Sales whose marks some request of this isolate is fetching right now. */
const asking = new Memory<true>(SOLD_OUT_LIFE_MS, SALES_MAX);

/** The counters of a sale's shards know their own buyers only. */
const keyOf = (ctx: Ctx, sale: Sale, buyer: string): string =>
  `${ctx.tenant.id}:${saleStock(sale)}:${sale.version}:${sale.shards === 1 ? "" : buyersSlot(buyer)}`;

/** Whether this buyer has surely lost: the SKU is sold out and they hold nothing of it. It costs no call. */
export function hasSurelyLost(ctx: Ctx, sale: Sale, buyer: string): boolean {
  const marks = soldOut.get(keyOf(ctx, sale, buyer));
  return marks !== undefined && !isMarked(marks, buyer);
}

/** Remembers that a SKU of the sale is sold out, with who has taken part: they still get their own answer. One request a second asks. */
export async function rememberSoldOut(ctx: Ctx, sale: Sale, buyer: string): Promise<void> {
  const key = keyOf(ctx, sale, buyer);
  if (asking.get(key)) return;
  asking.set(key, true);
  const from = ctx.now();
  const seen = await saleBuyers(ctx, sale, buyer);
  if (seen.available === 0) soldOut.set(key, seen.marks, from);
}

/** Called when a buyer got units after all: the marks do not know them. */
export const forgetSoldOut = (ctx: Ctx, sale: Sale, buyer: string): void => soldOut.forget(keyOf(ctx, sale, buyer));
