import type { Product } from "../../capabilities/selling/catalog/contract/shapes.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";
import { Picture } from "./picture.tsx";

type Variant = Product["variants"][number];

interface ChoiceProps {
  visit: Visit;
  product: Product;
  variant: Variant;
  available: (sku: string) => number;
}

/** Each value of each option is a link to the variant that has it, so choosing works without scripts and can be shared. */
export function VariantChoice({ visit, product, variant, available }: ChoiceProps) {
  if (product.variants.length < 2) return null;
  return (
    <>
      {product.options.map(({ name }, at) => (
        <nav class="choice" aria-label={name}>
          <p>
            <span class="choice-name">{name}</span> {variant.options[at]}
          </p>
          <ul>
            {valuesOf(product, at).map((value) => {
              const leadsTo = withValue(product, variant, at, value);
              const isGone = available(leadsTo.sku) <= 0;
              const isChosen = variant.options[at] === value;
              return (
                <li>
                  <a
                    class={`chip${isGone ? " chip-gone" : ""}`}
                    id={`choice-${at}-${leadsTo.position}`}
                    href={`/products/${encodeURIComponent(product.handle)}?variant=${encodeURIComponent(leadsTo.sku)}`}
                    rel="nofollow"
                    aria-current={isChosen ? "true" : undefined}
                    data-variant
                  >
                    {hasOwnPictures(product, at) && leadsTo.image && (
                      <Picture src={leadsTo.image} alt="" width={48} height={60} isFirst />
                    )}
                    <span>{value}</span>
                    {isGone && <span class="unseen"> ({m.sold_out({}, visit.say)})</span>}
                  </a>
                </li>
              );
            })}
          </ul>
        </nav>
      ))}
    </>
  );
}

const valuesOf = (product: Product, at: number): string[] => [
  ...new Set(product.variants.map((it) => it.options[at]).filter((it) => it !== undefined)),
];

/** The variant with this value and otherwise what is chosen; else the first one that has it. */
function withValue(product: Product, chosen: Variant, at: number, value: string): Variant {
  const having = product.variants.filter((it) => it.options[at] === value);
  const same = having.find((it) => it.options.every((option, i) => i === at || option === chosen.options[i]));
  return same ?? having[0] ?? chosen;
}

/** Whether each value of the first option has a picture of its own, which then stands beside it. */
function hasOwnPictures(product: Product, at: number): boolean {
  if (at !== 0) return false;
  const pictures = valuesOf(product, at).map((value) => {
    const shown = new Set(product.variants.filter((it) => it.options[at] === value).map((it) => it.image));
    return shown.size === 1 ? [...shown][0] : null;
  });
  return pictures.every((it) => it) && new Set(pictures).size === pictures.length;
}
