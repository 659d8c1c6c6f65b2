import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { setStocks } from "../../stock/actions/set-stocks.ts";
import { writeImportedQuantities } from "../store/write-products.ts";

/** Counters between two commits. */
const SKUS_A_COMMIT = 200;

export interface StockWish {
  sku: string;
  quantity: number;
}

/** Why a counter did not take its quantity. */
export type StockRefusal = StockWish & { detail: string };

/**
 * Sets the counters, many at once, and remembers their quantities before it goes on, so that whoever is interrupted does only the
 * rest again. With the same key a counter is set once.
 */
export async function publishStocks(
  ctx: Ctx,
  wishes: readonly StockWish[],
  key: (sku: string) => string,
): Promise<StockRefusal[]> {
  const refusals: StockRefusal[] = [];
  for (let i = 0; i < wishes.length; i += SKUS_A_COMMIT) {
    const some = wishes.slice(i, i + SKUS_A_COMMIT);
    const quantities = new Map(some.map((it) => [it.sku, it.quantity]));
    const given = some.map(({ sku, quantity }) => ({ sku, onHand: quantity, key: key(sku) }));
    const { set, refused, mirror } = await setStocks(ctx, given);
    const known = set.map((sku) => ({ sku, quantity: quantities.get(sku) ?? 0 }));
    if (known.length > 0) await commit(ctx, [...mirror, writeImportedQuantities(ctx.env, ctx.tenant.id, known)]);
    refusals.push(...refused.map((it) => ({ ...it, quantity: quantities.get(it.sku) ?? 0 })));
  }
  return refusals;
}
