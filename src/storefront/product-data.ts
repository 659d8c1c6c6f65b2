import type { Product } from "../capabilities/selling/catalog/contract/shapes.ts";
import { plainAmount } from "./format.ts";
import type { Visit } from "./visit.ts";

/** The product for search engines (schema.org Product with one Offer a variant). */
export function productData(
  visit: Visit,
  product: Product,
  available: (sku: string) => number,
  description: string,
): object {
  const url = new URL(`/products/${encodeURIComponent(product.handle)}`, visit.ctx.origin).href;
  return {
    "@context": "https://schema.org",
    "@type": "Product",
    name: product.title,
    description,
    url,
    image: product.images.map((it) => new URL(it.src, visit.ctx.origin).href),
    ...(product.vendor && { brand: { "@type": "Brand", name: product.vendor } }),
    ...(product.variants.length === 1 && { sku: product.variants[0]?.sku }),
    offers: product.variants.map(({ sku, price }) => ({
      "@type": "Offer",
      sku,
      price: plainAmount(price),
      priceCurrency: price.currency,
      availability: `https://schema.org/${available(sku) > 0 ? "InStock" : "OutOfStock"}`,
      itemCondition: "https://schema.org/NewCondition",
      url: product.variants.length === 1 ? url : `${url}?variant=${encodeURIComponent(sku)}`,
    })),
  };
}
