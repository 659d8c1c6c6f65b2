import type { Image } from "../contract/shapes.ts";
import { IMAGES_MAX } from "../contract/shapes.ts";
import type { Stored } from "./draft.ts";

type Placed = { did: "placed"; stored: Stored } | { did: "nothing" } | { did: "no room" };

/** The product without the picture; its variants that showed it show none. Undefined when it has no such picture. */
export function withoutPicture({ product, variants }: Stored, src: string): Stored | undefined {
  const isShown = product.images.some((it) => it.src === src) || variants.some((it) => it.image === src);
  if (!isShown) return undefined;
  return {
    product: { ...product, images: product.images.filter((it) => it.src !== src) },
    variants: variants.map((it) => (it.image === src ? { ...it, image: null } : it)),
  };
}

/**
 * The product with the picture in it: in the place of the one that it replaces, also for the variants that showed that one, else
 * behind the others. A picture that is there already is not placed twice.
 */
export function placeInto({ product, variants }: Stored, picture: Image, replaces: string | null): Placed {
  const old = product.images.find((it) => it.src === replaces);
  const isThere = product.images.some((it) => it.src === picture.src);
  if (isThere && (!old || replaces === picture.src)) return { did: "nothing" };
  if (!old && product.images.length >= IMAGES_MAX) return { did: "no room" };
  const rest = product.images.filter((it) => it.src !== picture.src);
  const images = old
    ? rest.map((it) => (it === old ? { ...it, ...picture, alt: picture.alt || it.alt } : it))
    : [...rest, { ...picture, position: rest.reduce((last, it) => Math.max(last, it.position ?? 0), 0) + 1 }];
  return {
    did: "placed",
    stored: {
      product: { ...product, images },
      variants: old ? variants.map((it) => (it.image === old.src ? { ...it, image: picture.src } : it)) : variants,
    },
  };
}
