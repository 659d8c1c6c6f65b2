import { readCart } from "../capabilities/selling/carts/actions.ts";
import { listCollections } from "../capabilities/selling/catalog/actions.ts";
import type { Collection } from "../capabilities/selling/catalog/contract/shapes.ts";
import type { Ctx } from "../platform/context.ts";
import { localiseCollection } from "./locale.ts";
import type { Visit } from "./visit.ts";

/** A collection of this handle is the front page itself, as in Shopify: its title greets, its text tells the shop's story. */
export const FRONT_PAGE = "frontpage";

/** What surrounds every page: the ways into the shop and what the shopper carries. */
export interface Shell {
  collections: Collection[];
  front: Collection | undefined;
  carried: number;
}

export async function readShell(visit: Visit): Promise<Shell> {
  const [listed, carried] = await Promise.all([
    listCollections(visit.ctx, {}),
    visit.cartId === undefined ? 0 : carriedIn(visit.ctx, visit.cartId),
  ]);
  const all = listed.ok ? listed.value.data.map((it) => localiseCollection(it, visit.locale)) : [];
  return {
    collections: all.filter((it) => it.handle !== FRONT_PAGE && it.product_count > 0),
    front: all.find((it) => it.handle === FRONT_PAGE),
    carried,
  };
}

/** How many things are in the cart; 0 once it was ordered. */
export async function carriedIn(ctx: Ctx, cartId: string): Promise<number> {
  const cart = await readCart(ctx, { id: cartId });
  return cart.ok && cart.value.status === "open" ? cart.value.quantity : 0;
}
