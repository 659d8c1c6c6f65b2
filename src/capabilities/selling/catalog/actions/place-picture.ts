import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import type { Image } from "../contract/shapes.ts";
import { IMAGES_MAX } from "../contract/shapes.ts";
import { placeInto } from "../rules/place-picture.ts";
import { readByHandle } from "../store/products.ts";
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
    const { product, variants } = placed.stored;
    const next = { ...product, updatedAt: ctx.now(), version: product.version + 1 };
    const rows = [
      holdVersion(env, tenant.id, product.id, product.version),
      upsertProducts(env, [next]),
      upsertVariants(env, variants),
    ];
    try {
      await changeCatalog(ctx, { handles: [handle], skus: variants.map((it) => it.sku) }, () =>
        commit(ctx, rows, [{ type: "product.changed", payload: { handles: [handle] } }]),
      );
      return ok({ handle, collections });
    } catch (error) {
      const now = await readByHandle(env, tenant.id, handle);
      if (now && now.product.version === product.version) throw error;
      if (attempt === TRIES)
        return refused("changed_meanwhile", "Somebody else changed this product at the same time.");
    }
  }
}
