import { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../platform/context.ts";
import type { Money } from "../../../platform/money.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { holdsScope } from "../../../platform/scopes.ts";
import { collectionOnWire, onWire, summaryOnWire, titlesOf, variantTitle } from "./actions/on-wire.ts";
import { keyOf, listsOf, productsOf, remembered } from "./actions/remember.ts";
import type { Collection, Product, ProductPage, Status } from "./contract/shapes.ts";
import { PAGE_DEFAULT } from "./contract.ts";
import { readCollections } from "./store/collections.ts";
import { type PageKey, readByHandle, readInCollection, readNewest, readSellable } from "./store/products.ts";

/** A variant as a cart or an order line needs it. */
export interface SellableVariant {
  sku: string;
  productId: string;
  handle: string;
  title: string;
  variantTitle: string;
  titles: Partial<Record<"en" | "zh-CN", { title: string; variantTitle: string }>>;
  price: Money;
  image?: { src: string; alt: string };
}

/** Staff who may read the catalogue, and Souk itself, see drafts too. */
const seesAll = ({ actor }: Ctx): boolean =>
  actor.kind === "system" || (actor.kind === "staff" && holdsScope(actor.scopes, "catalog:read"));

const noProduct = refused("not_found", "There is no such product.");
const noCollection = refused("not_found", "There is no such collection.");

export async function readProduct(ctx: Ctx, { handle }: { handle: string }): Promise<Result<Product, "not_found">> {
  const load = () => loadProduct(ctx, handle);
  const product = seesAll(ctx)
    ? await load()
    : await remembered.products.read(ctx, keyOf(ctx, handle), { tags: [productsOf(ctx.tenant.id)], load });
  return product && (seesAll(ctx) || product.status === "active") ? ok(product) : noProduct;
}

async function loadProduct(ctx: Ctx, handle: string): Promise<Product | null> {
  const stored = await ctx.timing.measure("d1", readByHandle(ctx.env, ctx.tenant.id, handle));
  return stored ? onWire(stored, ctx.tenant.currency) : null;
}

interface ListInput {
  limit?: number;
  cursor?: string;
  collection?: string;
  status?: Status;
}

/** A page of products: visitors get active ones and, of a first page, what was read within seconds. */
const productPlace = z.tuple([z.int(), z.string()]);

export async function listProducts(
  ctx: Ctx,
  input: ListInput,
): Promise<Result<ProductPage, "not_found" | "forbidden" | "invalid_request">> {
  const { limit = PAGE_DEFAULT, cursor, collection } = input;
  if (input.status !== undefined && input.status !== "active" && !seesAll(ctx))
    return refused("forbidden", "Visitors see active products only.");
  const status = seesAll(ctx) ? input.status : "active";
  const list = `${ctx.tenant.id} products ${collection ?? ""}`;
  const place = cursor === undefined ? undefined : readCursor(list, productPlace, cursor);
  if (cursor !== undefined && !place) return foreignCursor;
  const after = place && { at: place[0], id: place[1] };
  const load = () => loadPage(ctx, { limit, collection, status, after, list });
  const page =
    seesAll(ctx) || after !== undefined
      ? await load()
      : await remembered.pages.read(ctx, keyOf(ctx, limit, collection ?? ""), { tags: [listsOf(ctx.tenant.id)], load });
  return page ? ok(page) : noCollection;
}

type Wanted = { limit: number; collection?: string; status?: Status; after?: PageKey; list: string };

async function loadPage(ctx: Ctx, { limit, collection, status, after, list }: Wanted): Promise<ProductPage | null> {
  const { env, tenant, timing } = ctx;
  const which = { status, after, limit: limit + 1 };
  const rows = await timing.measure("d1", collection === undefined ? newest() : inCollection(collection));
  if (!rows) return null;
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    data: rows.slice(0, limit).map((it) => summaryOnWire(it.stored, tenant.currency)),
    next_cursor: last ? writeCursor(list, [last.key.at, last.key.id]) : null,
  };

  async function newest() {
    const found = await readNewest(env, tenant.id, which);
    return found.map((stored) => ({ stored, key: { at: stored.product.createdAt, id: stored.product.id } }));
  }

  function inCollection(handle: string) {
    return readInCollection(env, tenant.id, handle, which);
  }
}

/** All collections of the shop, in their order. */
export async function listCollections(ctx: Ctx, _: object): Promise<Result<{ data: Collection[]; next_cursor: null }>> {
  return ok({ data: await allCollections(ctx), next_cursor: null });
}

export async function readCollection(
  ctx: Ctx,
  { handle }: { handle: string },
): Promise<Result<Collection, "not_found">> {
  const found = (await allCollections(ctx)).find((it) => it.handle === handle);
  return found ? ok(found) : noCollection;
}

function allCollections(ctx: Ctx): Promise<Collection[]> {
  const load = async () => {
    const found = await ctx.timing.measure("d1", readCollections(ctx.env, ctx.tenant.id));
    return found.map((it) => collectionOnWire(it, seesAll(ctx) ? "all" : "active"));
  };
  return seesAll(ctx) ? load() : remembered.collections.read(ctx, keyOf(ctx), { tags: [listsOf(ctx.tenant.id)], load });
}

/** The variants among these SKUs that are for sale now, at most two seconds old. Unknown SKUs and drafts are left out. */
export async function sellableVariants(ctx: Ctx, skus: readonly string[]): Promise<Map<string, SellableVariant>> {
  const [sku] = skus;
  if (sku !== undefined && skus.length === 1) return sellableVariant(ctx, sku);
  const found = new Map<string, SellableVariant>();
  const unknown: string[] = [];
  for (const sku of new Set(skus)) {
    const known = remembered.variants.get(keyOf(ctx, sku));
    if (known) found.set(sku, known);
    else if (known === undefined) unknown.push(sku);
  }
  if (unknown.length === 0) return found;
  for (const variant of await loadSellable(ctx, unknown)) found.set(variant.sku, variant);
  for (const sku of unknown) remembered.variants.set(keyOf(ctx, sku), found.get(sku) ?? null);
  return found;
}

/** One that thousands may want at once is read once a life, not by everybody who finds it gone. */
async function sellableVariant(ctx: Ctx, sku: string): Promise<Map<string, SellableVariant>> {
  const load = async () => (await loadSellable(ctx, [sku]))[0] ?? null;
  const found = await remembered.variants.read(keyOf(ctx, sku), load);
  return new Map(found ? [[sku, found]] : []);
}

async function loadSellable(ctx: Ctx, skus: string[]): Promise<SellableVariant[]> {
  const rows = await ctx.timing.measure("d1", readSellable(ctx.env, ctx.tenant.id, skus));
  return rows.map((row) => asSellable(row, ctx.tenant.currency));
}

function asSellable(row: Awaited<ReturnType<typeof readSellable>>[number], currency: string): SellableVariant {
  const own =
    row.image === null
      ? row.images[0]
      : (row.images.find((it) => it.src === row.image) ?? { src: row.image, alt: row.title });
  return {
    sku: row.sku,
    productId: row.productId,
    handle: row.handle,
    title: row.title,
    variantTitle: variantTitle(row.options),
    titles: titlesOf(row.translations, row.options),
    price: { amount: row.price, currency },
    ...(own && { image: { src: own.src, alt: own.alt } }),
  };
}
