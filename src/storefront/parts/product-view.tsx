import { raw } from "hono/html";
import type { Product, ProductSummary } from "../../capabilities/selling/catalog/contract/shapes.ts";
import { m } from "../messages/compiled/messages.js";
import type { Sale } from "../read-sale.ts";
import type { Visit } from "../visit.ts";
import { Gallery } from "./gallery.tsx";
import { Price } from "./price.tsx";
import { ProductGrid } from "./product-card.tsx";
import { ProductStrip } from "./sale-strip.tsx";
import { StockBadge } from "./stock-badge.tsx";
import { VariantChoice } from "./variant-choice.tsx";

type Variant = Product["variants"][number];

interface ProductViewProps {
  visit: Visit;
  product: Product;
  variant: Variant;
  available: (sku: string) => number;
  /** Safe HTML. */
  description: string;
  related: readonly ProductSummary[];
  /** A flash sale of one of its variants. */
  sale: Sale | undefined;
}

/** The regions marked `data-swap` are what changes with the variant: the island takes them from the variant's own page. */
export function ProductView({ visit, product, variant, available, description, related, sale }: ProductViewProps) {
  const { say } = visit;
  return (
    <>
      <article class="product">
        <div class="product-pictures" data-swap="pictures">
          <Gallery visit={visit} product={product} variant={variant} />
        </div>
        <div class="product-buy">
          {product.vendor && <p class="eyebrow">{product.vendor}</p>}
          <h1>{product.title}</h1>
          <div data-swap="price">
            <Price visit={visit} price={variant.price} before={variant.compare_at_price} />
          </div>
          <ProductStrip visit={visit} sale={sale} skus={product.variants.map((it) => it.sku)} />
          <div data-swap="choice">
            <VariantChoice product={product} variant={variant} available={available} visit={visit} />
          </div>
          <div data-swap="buy">
            <StockBadge visit={visit} available={available(variant.sku)} />
            <BuyForm visit={visit} product={product} variant={variant} available={available(variant.sku)} />
          </div>
          <p class="added" role="status" data-added data-view-cart={m.view_cart({}, say)} />
          {description && (
            <section class="product-words" aria-label={m.description({}, say)}>
              <div class="prose">{raw(description)}</div>
            </section>
          )}
          <ul class="product-notes">
            <li>{m.note_shipping({}, say)}</li>
            <li>{m.note_returns({}, say)}</li>
          </ul>
        </div>
      </article>
      {related.length > 0 && (
        <section class="section" aria-labelledby="related">
          <h2 id="related">{m.related({}, say)}</h2>
          <ProductGrid visit={visit} products={related} />
        </section>
      )}
    </>
  );
}

interface BuyFormProps {
  visit: Visit;
  product: Product;
  variant: Variant;
  available: number;
}

function BuyForm({ visit: { say }, product, variant, available }: BuyFormProps) {
  const isGone = available <= 0;
  return (
    <form class="buy" method="post" action="/cart/lines" data-buy>
      <input type="hidden" name="sku" value={variant.sku} />
      <input
        type="hidden"
        name="back"
        value={`/products/${product.handle}?variant=${encodeURIComponent(variant.sku)}`}
      />
      {!isGone && (
        <label class="quantity">
          <span>{m.quantity({}, say)}</span>
          <input
            type="number"
            name="quantity"
            value="1"
            min="1"
            max={Math.min(available, 99)}
            inputmode="numeric"
            required
          />
        </label>
      )}
      <button class="button button-wide" type="submit" disabled={isGone}>
        {isGone ? m.sold_out({}, say) : m.add_to_cart({}, say)}
      </button>
    </form>
  );
}
