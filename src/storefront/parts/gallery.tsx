import type { Product } from "../../capabilities/selling/catalog/contract/shapes.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";
import { NoPicture, Picture } from "./picture.tsx";

type Variant = Product["variants"][number];

/** More pictures than this help nobody choose. */
const PICTURES_MAX = 8;

/** The chosen variant's picture large, then the others; on a phone a row to swipe. Pictures of the other variants are left out. */
export function Gallery({ visit, product, variant }: { visit: Visit; product: Product; variant: Variant }) {
  const first = product.images.find((it) => it.src === variant.image) ?? product.images[0];
  if (!first) return <NoPicture />;
  const ofOthers = new Set(product.variants.map((it) => it.image));
  const rest = product.images.filter((it) => it !== first && !ofOthers.has(it.src));
  return (
    <ul class="gallery" tabindex={rest.length > 0 ? 0 : undefined} aria-label={m.pictures({}, visit.say)}>
      {[first, ...rest].slice(0, PICTURES_MAX).map((image, i) => (
        <li>
          <Picture
            {...image}
            alt={i === 0 ? pictureAlt(image.alt, variant, product) : image.alt}
            isFirst={i === 0}
            sizes={i === 0 ? "(min-width: 56rem) 50vw, 90vw" : "(min-width: 56rem) 25vw, 90vw"}
          />
        </li>
      ))}
    </ul>
  );
}

const pictureAlt = (alt: string, variant: Variant, product: Product): string =>
  [alt || product.title, ...(product.variants.length > 1 ? variant.options : [])].join(", ");
