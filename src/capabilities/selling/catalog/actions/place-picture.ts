import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import type { Image } from "../contract/shapes.ts";
import { IMAGES_MAX } from "../contract/shapes.ts";
import type { Stored } from "../rules/draft.ts";
import { placeInto, withoutPicture } from "../rules/place-picture.ts";
import { dropPicture, readCollectionsOf } from "../store/collections.ts";
import { readByHandle, readShowing } from "../store/products.ts";
import { holdVersion, upsertProducts, upsertVariants } from "../store/write-products.ts";
import { changeCatalog } from "./remember.ts";

/** Tries at a change that another writer got ahead of. */
const TRIES = 3;

interface Placing {
  handle: string;
  picture: Image;
  /** `src` of the picture that goes; without it, or when it is gone already, the new one comes last. */
  replaces: string | null;
}

/** Shows a picture on a product; idempotent. Answers where the product is shown. */
export async function placePicture(
  ctx: Ctx,
  { handle, picture, replaces }: Placing,
): Promise<Result<{ handle: string; collections: string[] }, "not_found" | "too_many_pictures" | "changed_meanwhile">> {
  const { env, tenant } = ctx;
  for (let attempt = 1; ; attempt++) {
    const stored = await readByHandle(env, tenant.id, handle);
    if (!stored) return refused("not_found", "There is no such product.");
    const { collections } = stored;
    const placed = placeInto(stored, picture, replaces);
    if (placed.did === "nothing") return ok({ handle, collections });
    if (placed.did === "no room") return refused("too_many_pictures", `A product has at most ${IMAGES_MAX} pictures.`);
    if (await rewrite(ctx, placed.stored)) return ok({ handle, collections });
    if (attempt === TRIES) return refused("changed_meanwhile", "Somebody else changed this product at the same time.");
  }
}

/** What showed a picture: products, each with its collections, and the collections whose own picture it was. */
export interface Removed {
  products: { handle: string; collections: string[] }[];
  collections: string[];
}

/** Takes a picture off every product and every collection that shows it; idempotent. Answers which those were. */
export async function removePicture(ctx: Ctx, src: string): Promise<Result<Removed, "changed_meanwhile">> {
  const products = await clearProducts(ctx, src);
  return products.ok ? ok({ products: products.value, collections: await clearCollections(ctx, src) }) : products;
}

async function clearCollections(ctx: Ctx, src: string): Promise<string[]> {
  const { env, tenant } = ctx;
  const cleared: string[] = [];
  for (;;) {
    const handles = await ctx.timing.measure("d1", readCollectionsOf(env, tenant.id, src));
    if (handles.length === 0) return cleared;
    const rows = [dropPicture(env, tenant.id, src, handles, ctx.now())];
    await changeCatalog(ctx, { handles: [], skus: [] }, () =>
      commit(ctx, rows, [{ type: "collection.changed", payload: { handles } }]),
    );
    cleared.push(...handles);
  }
}

async function clearProducts(ctx: Ctx, src: string): Promise<Result<Removed["products"], "changed_meanwhile">> {
  const { env, tenant } = ctx;
  const shown: Removed["products"] = [];
  for (let attempt = 1; ; ) {
    const [handle] = await ctx.timing.measure("d1", readShowing(env, tenant.id, src, 1));
    const stored = handle === undefined ? undefined : await readByHandle(env, tenant.id, handle);
    const without = stored && withoutPicture(stored, src);
    if (handle === undefined || !without) return ok(shown);
    if (await rewrite(ctx, without)) shown.push({ handle, collections: stored.collections });
    else if (attempt++ === TRIES)
      return refused("changed_meanwhile", "Somebody else changed a product of this picture at the same time.");
  }
}

/** Writes a product unless somebody else did meanwhile; answers whether it did. */
async function rewrite(ctx: Ctx, { product, variants }: Stored): Promise<boolean> {
  const { env, tenant } = ctx;
  const { handle } = product;
  const rows = [
    holdVersion(env, tenant.id, product.id, product.version),
    upsertProducts(env, [{ ...product, updatedAt: ctx.now(), version: product.version + 1 }]),
    upsertVariants(env, variants),
  ];
  try {
    await changeCatalog(ctx, { handles: [handle], skus: variants.map((it) => it.sku) }, () =>
      commit(ctx, rows, [{ type: "product.changed", payload: { handles: [handle] } }]),
    );
    return true;
  } catch (error) {
    const now = await readByHandle(env, tenant.id, handle);
    if (now && now.product.version === product.version) throw error;
    return false;
  }
}
