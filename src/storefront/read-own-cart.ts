import type { z } from "@hono/zod-openapi";
import { readCart } from "../capabilities/selling/carts/actions.ts";
import type { cart } from "../capabilities/selling/carts/contract.ts";
import { sellableVariants } from "../capabilities/selling/catalog/actions.ts";
import type { Visit } from "./visit.ts";

export type Cart = z.infer<typeof cart>;

/** The shopper's cart in their language; nothing when they have none or it is empty. */
export async function readOwnCart({ ctx, locale, cartId }: Visit): Promise<Cart | undefined> {
  if (cartId === undefined) return undefined;
  const found = await readCart(ctx, { id: cartId });
  if (!found.ok || found.value.lines.length === 0) return undefined;
  const variants = await sellableVariants(
    ctx,
    found.value.lines.map((it) => it.sku),
  );
  const lines = found.value.lines.map((line) => {
    const words = variants.get(line.sku)?.titles[locale];
    return words ? { ...line, title: words.title, variant_title: words.variantTitle } : line;
  });
  return { ...found.value, lines };
}
