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

/** Why a counter did not take its quantity. */
export type StockRefusal = StockWish & { detail: string };

/**
 * Sets the counters, some at once, and remembers their quantities before it goes on, so that whoever is interrupted does only the
 * rest again. With the same key a counter is set once.
 */
export async function setStocks(
  ctx: Ctx,
  wishes: readonly StockWish[],
  key: (sku: string) => string,
): Promise<StockRefusal[]> {
  const refusals: StockRefusal[] = [];
  for (let i = 0; i < wishes.length; i += AT_ONCE) {
    const some = wishes.slice(i, i + AT_ONCE);
    const outcomes = await Promise.all(some.map((wish) => setOne(ctx, wish, key(wish.sku))));
    const set = some.filter((_, n) => outcomes[n] === undefined);
    if (set.length > 0) await commit(ctx, [writeImportedQuantities(ctx.env, ctx.tenant.id, set)]);
    refusals.push(...outcomes.flatMap((it) => it ?? []));
  }
  return refusals;
}

async function setOne(ctx: Ctx, wish: StockWish, key: string): Promise<StockRefusal | undefined> {
  const answer = await setStock(ctx, { sku: wish.sku, on_hand: wish.quantity, key });
  return answer.ok ? undefined : { ...wish, detail: answer.detail };
}
