import type { Ctx } from "../../../../platform/context.ts";
import { askIndex } from "./ask-index.ts";

type Available = { available: number; version: number };

/** What the search index says of the stock of these SKUs; those of no product are missing. */
export async function readIndexedStock(ctx: Ctx, skus: readonly string[]): Promise<Map<string, Available>> {
  const levels = await askIndex(ctx, async (index) => await index.levelsOf(skus));
  return new Map(levels.map(({ sku, ...level }) => [sku, level]));
}

/** Puts the index right if it still says what was `seen`. */
export const repairIndexedStock = (ctx: Ctx, sku: string, seen: Available, level: Available): Promise<void> =>
  askIndex(ctx, async (index) => await index.repairLevel(sku, seen, level));
