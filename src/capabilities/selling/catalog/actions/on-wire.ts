import type { Money } from "../../../../platform/money.ts";
import type { Collection, Image, Product, ProductSummary, Translations } from "../contract/shapes.ts";
import { DEFAULT_VALUE } from "../rules/cells.ts";
import type { Stored } from "../rules/draft.ts";
import type { StoredImage } from "../schema.ts";
import type { CollectionFound } from "../store/collections.ts";

/** The option values as one text; empty for a product without options. */
export const variantTitle = (options: readonly string[], words: Record<string, string> = {}): string =>
  options
    .filter((value) => value !== "" && value !== DEFAULT_VALUE)
    .map((value) => (Object.hasOwn(words, value) ? (words[value] ?? value) : value))
    .join(" / ");

/** Title and variant title in each language that the product is translated to. */
export const titlesOf = (translations: Translations, options: readonly string[]) =>
  Object.fromEntries(
    Object.entries(translations).flatMap(([locale, it]) =>
      it?.title === undefined ? [] : [[locale, { title: it.title, variantTitle: variantTitle(options, it.options) }]],
    ),
  );

export function onWire(
  { product, variants, collections }: Stored & { collections: string[] },
  currency: string,
): Product {
  return {
    ...summaryOnWire({ product, variants }, currency),
    translations: product.translations,
    description_html: product.descriptionHtml,
    images: product.images.map(imageOnWire),
    seo: product.seo,
    collections,
  };
}

/** A product for lists: without its long texts. */
export function summaryOnWire({ product, variants }: Stored, currency: string): ProductSummary {
  const money = (amount: number): Money => ({ amount, currency });
  const prices = variants.map((it) => it.price);
  const [image] = product.images;
  return {
    id: product.id,
    handle: product.handle,
    title: product.title,
    vendor: product.vendor,
    type: product.type,
    tags: product.tags,
    status: product.status,
    options: product.options,
    price_range: { min: money(Math.min(...prices)), max: money(Math.max(...prices)) },
    image: image ? imageOnWire(image) : null,
    translations: withoutTexts(product.translations),
    variants: variants.map((it) => ({
      id: it.id,
      sku: it.sku,
      title: variantTitle(it.options),
      barcode: it.barcode,
      price: money(it.price),
      compare_at_price: it.compareAtPrice === null ? null : money(it.compareAtPrice),
      grams: it.grams,
      options: it.options,
      image: it.image,
      position: it.position,
    })),
    created_at: new Date(product.createdAt).toISOString(),
    updated_at: new Date(product.updatedAt).toISOString(),
    version: product.version,
  };
}

const imageOnWire = ({ extra: _, ...image }: StoredImage): Image => image;

const withoutTexts = (translations: Translations): Translations =>
  Object.fromEntries(
    Object.entries(translations).map(([locale, it]) => [
      locale,
      { ...it, description_html: undefined, seo: undefined },
    ]),
  );

/** `all`: count drafts too, as staff see them. */
export const collectionOnWire = (found: CollectionFound, count: "all" | "active"): Collection => ({
  id: found.collection.id,
  handle: found.collection.handle,
  title: found.collection.title,
  description_html: found.collection.descriptionHtml,
  image:
    found.collection.image ?? (found.firstSrc === null ? null : { src: found.firstSrc, alt: found.firstAlt ?? "" }),
  translations: found.collection.translations,
  position: found.collection.position,
  product_count: found[count],
  created_at: new Date(found.collection.createdAt).toISOString(),
  updated_at: new Date(found.collection.updatedAt).toISOString(),
  version: found.collection.version,
});
