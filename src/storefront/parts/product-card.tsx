import type { ProductSummary } from "../../capabilities/selling/catalog/contract/shapes.ts";
import { localise } from "../locale.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";
import { NoPicture, Picture } from "./picture.tsx";
import { Price } from "./price.tsx";

/** As the grid of parts.css lays them out. */
const CARD_SIZES = "(min-width: 64rem) 20rem, (min-width: 48rem) 33vw, 50vw";

interface CardProps {
  visit: Visit;
  product: ProductSummary;
  isFirst?: boolean;
  /** The level of its heading in the page. */
  heading?: "h2" | "h3";
}

export function ProductCard({ visit, product, isFirst, heading: Heading = "h3" }: CardProps) {
  const { handle, title, vendor, image, price_range: range, variants } = localise(product, visit.locale);
  const cheapest = variants.find((it) => it.price.amount === range.min.amount);
  const isReduced = cheapest?.compare_at_price && cheapest.compare_at_price.amount > cheapest.price.amount;
  return (
    <li class="card">
      <div class="card-picture">
        {image ? <Picture {...image} alt="" isFirst={isFirst} sizes={CARD_SIZES} /> : <NoPicture />}
        {isReduced && <span class="tag">{m.reduced({}, visit.say)}</span>}
      </div>
      <div class="card-words">
        <Heading class="card-title">
          <a href={`/products/${handle}`}>{title}</a>
        </Heading>
        {vendor && <p class="card-vendor">{vendor}</p>}
        <Price
          visit={visit}
          price={range.min}
          before={cheapest?.compare_at_price}
          isFrom={range.max.amount > range.min.amount}
        />
      </div>
    </li>
  );
}

export function ProductGrid({
  visit,
  products,
  heading,
  eager = 0,
}: {
  visit: Visit;
  products: readonly ProductSummary[];
  heading?: "h2" | "h3";
  eager?: number;
}) {
  return (
    <ul class="grid">
      {products.map((product, i) => (
        <ProductCard visit={visit} product={product} heading={heading} isFirst={i < eager} />
      ))}
    </ul>
  );
}
