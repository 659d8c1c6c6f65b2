import type { Ctx } from "../../../../platform/context.ts";
import type { Product } from "../contract/shapes.ts";
import type { Stored } from "../rules/draft.ts";
import { readMemberHandles } from "../store/collections.ts";
import { readByHandles, readInHandleOrder, readPlaces } from "../store/products.ts";
import { onWire } from "./on-wire.ts";

/** Whole products as they are now, drafts too, for those who keep a copy of the catalogue; unknown handles are left out. */
export async function describeProducts(ctx: Ctx, handles: readonly string[]): Promise<Product[]> {
  const stored = await ctx.timing.measure("d1", readByHandles(ctx.env, ctx.tenant.id, handles));
  return withCollections(ctx, [...stored.values()]);
}

/** The same for one page of the whole shop, in the order of handles from after `after`. */
export async function describeAfter(ctx: Ctx, after: string, limit: number): Promise<Product[]> {
  return withCollections(ctx, await ctx.timing.measure("d1", readInHandleOrder(ctx.env, ctx.tenant.id, after, limit)));
}

/** The handles of a collection's products; none when there is no such collection. */
export const collectionMembers = (ctx: Ctx, collection: string): Promise<string[]> =>
  ctx.timing.measure("d1", readMemberHandles(ctx.env, ctx.tenant.id, collection));

async function withCollections(ctx: Ctx, stored: readonly Stored[]): Promise<Product[]> {
  const ids = stored.map((it) => it.product.id);
  const places = await ctx.timing.measure("d1", readPlaces(ctx.env, ctx.tenant.id, ids));
  const byProduct = Map.groupBy(places, (it) => it.productId);
  return stored.map((it) => {
    const collections = (byProduct.get(it.product.id) ?? []).map((place) => place.handle);
    return onWire({ ...it, collections }, ctx.tenant.currency);
  });
}
