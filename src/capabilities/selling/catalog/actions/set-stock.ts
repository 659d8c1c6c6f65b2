import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { setStock } from "../../stock/actions.ts";
import { writeImportedQuantities } from "../store/write-products.ts";

/** Counters asked at once. */
const AT_ONCE = 16;

export interface StockWish {
  sku: string;
  quantity: number;
}

/**
 * Sets the counters and then remembers the quantities, so that whoever is interrupted in between does it again. With the same
 * key a counter is set once. Answers the wishes that the counter refused, with its reason.
 */
export async function setStocks(
  ctx: Ctx,
  wishes: readonly StockWish[],
  key: (sku: string) => string,
): Promise<(StockWish & { detail: string })[]> {
  const refusals: (StockWish & { detail: string })[] = [];
  for (let i = 0; i < wishes.length; i += AT_ONCE) {
    const slice = wishes.slice(i, i + AT_ONCE);
    const answers = await Promise.all(
      slice.map(({ sku, quantity }) => setStock(ctx, { sku, on_hand: quantity, key: key(sku) })),
    );
    for (const [n, wish] of slice.entries()) {
      const answer = answers[n];
      if (answer && !answer.ok) refusals.push({ ...wish, detail: answer.detail });
    }
  }
  const refused = new Set(refusals.map((it) => it.sku));
  const set = wishes.filter((it) => !refused.has(it.sku));
  if (set.length > 0) await commit(ctx, [writeImportedQuantities(ctx.env, ctx.tenant.id, set)]);
  return refusals;
}
