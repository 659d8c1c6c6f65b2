import type { Ctx } from "../../../../platform/context.ts";
import { Memory } from "../../../../platform/memory.ts";
import type { SellableVariant } from "../actions.ts";
import type { Collection, Product, ProductPage } from "../contract/shapes.ts";

/** A page of the shop shows a change within this time, everywhere. */
const PAGE_LIFE_MS = 5_000;
/** Carts and checkouts price with data no older than this. */
const VARIANT_LIFE_MS = 2_000;
const PRODUCTS_MAX = 2_000;
const LISTS_MAX = 500;
const VARIANTS_MAX = 20_000;

/** What this isolate read for visitors, also that there was nothing. Keys start with the tenant. */
export const remembered = {
  products: new Memory<Product | null>(PAGE_LIFE_MS, PRODUCTS_MAX),
  pages: new Memory<ProductPage>(PAGE_LIFE_MS, LISTS_MAX),
  collections: new Memory<Collection[]>(PAGE_LIFE_MS, LISTS_MAX),
  variants: new Memory<SellableVariant | null>(VARIANT_LIFE_MS, VARIANTS_MAX),
};

export const keyOf = (ctx: Ctx, ...parts: (string | number)[]): string => JSON.stringify([ctx.tenant.id, ...parts]);

/** Called after a write, so that whoever wrote sees it at once; other isolates see it when their memory ends. */
export function forget(ctx: Ctx, changed: { handles: readonly string[]; skus: readonly string[] }): void {
  for (const handle of changed.handles) remembered.products.forget(keyOf(ctx, handle));
  for (const sku of changed.skus) remembered.variants.forget(keyOf(ctx, sku));
  remembered.pages.clear();
  remembered.collections.clear();
}
