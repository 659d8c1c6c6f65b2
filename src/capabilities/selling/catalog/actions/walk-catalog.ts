import type { Ctx } from "../../../../platform/context.ts";
import type { Product } from "../contract/shapes.ts";
import { readActiveFrom, readMarks } from "../store/products.ts";
import { onWire } from "./on-wire.ts";

/** Products held at once. */
const PAGE = 200;

/** The active products from `from` on in the order of handles, `limit` at most, a page at a time: for feeds of any length. */
export async function* walkCatalog(ctx: Ctx, from: string, limit: number): AsyncGenerator<Product[], void> {
  let next = from;
  for (let left = limit; left > 0; left -= PAGE) {
    const wanted = Math.min(PAGE, left);
    const rows = await readActiveFrom(ctx.env, ctx.tenant.id, next, wanted + 1);
    if (rows.length > 0)
      yield rows.slice(0, wanted).map((it) => onWire({ ...it, collections: [] }, ctx.tenant.currency));
    const following = rows[wanted];
    if (!following) return;
    next = following.product.handle;
  }
}

/** The handles at which parts of `every` active products begin. */
export const catalogParts = (ctx: Ctx, every: number): Promise<string[]> => readMarks(ctx.env, ctx.tenant.id, every);
