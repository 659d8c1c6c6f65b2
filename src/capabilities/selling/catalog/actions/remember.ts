import { changeKept, Kept } from "../../../../platform/cache/kept.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { Memory } from "../../../../platform/memory.ts";
import type { SellableVariant } from "../actions.ts";
import type { Collection, Product, ProductPage } from "../contract/shapes.ts";

/** A change shows at once where it was made, and within these two together everywhere. */
const FRESH_MS = 2_000;
const STALE_MS = 3_000;
/** The shared cache is told of every change; this bounds what a writer that died between change and telling leaves behind. */
const SHARED_SECONDS = 60;
/** Carts and checkouts price with data no older than this, and never from the shared cache (I20). */
const VARIANT_LIFE_MS = 2_000;
const PRODUCTS_MAX = 2_000;
const LISTS_MAX = 500;
const VARIANTS_MAX = 20_000;
/** A change of more products than this forgets all of the shop's at once. */
const SINGLE_PRODUCTS_MAX = 10;

const life = { freshMs: FRESH_MS, staleMs: STALE_MS, sharedSeconds: SHARED_SECONDS };

/** What was read for visitors, also that there was nothing. Keys start with the tenant. */
export const remembered = {
  products: new Kept<Product | null>({ ...life, name: "product", entriesMax: PRODUCTS_MAX }),
  pages: new Kept<ProductPage | null>({ ...life, name: "products", entriesMax: LISTS_MAX }),
  collections: new Kept<Collection[]>({ ...life, name: "collections", entriesMax: LISTS_MAX }),
  variants: new Memory<SellableVariant | null>(VARIANT_LIFE_MS, VARIANTS_MAX),
};

export const keyOf = (ctx: Ctx, ...parts: (string | number)[]): string => JSON.stringify([ctx.tenant.id, ...parts]);

/** Everything of the shop's catalogue that lists or shows more than one product. */
export const listsOf = (tenantId: string): string => `${tenantId}:lists`;
/** Every single product of the shop. */
export const productsOf = (tenantId: string): string => `${tenantId}:products`;

/** Runs a change of these products (none: of collections only) and forgets what it makes wrong: at once here, soon everywhere. */
export async function changeCatalog<Answer>(
  ctx: Ctx,
  changed: { handles: readonly string[]; skus: readonly string[] },
  change: () => Promise<Answer>,
): Promise<Answer> {
  const isMany = changed.handles.length > SINGLE_PRODUCTS_MAX;
  const wrong = {
    kept: isMany ? [] : [{ of: remembered.products, keys: changed.handles.map((handle) => keyOf(ctx, handle)) }],
    tags: [listsOf(ctx.tenant.id), ...(isMany ? [productsOf(ctx.tenant.id)] : [])],
  };
  try {
    return await changeKept(ctx, wrong, change);
  } finally {
    for (const sku of changed.skus) remembered.variants.forget(keyOf(ctx, sku));
  }
}
