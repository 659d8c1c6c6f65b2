import type { Extra, StoredImage } from "../schema.ts";
import { imageCells, productCells, SHOPIFY_COLUMNS, variantCells, withoutStale } from "./cells.ts";
import type { Stored } from "./draft.ts";
import { writeRecord } from "./scan-records.ts";

/** Shopify's columns, then those of `extra` that it does not know, by name. */
export function fileColumns(extraColumns: readonly string[]): string[] {
  const known = new Set(SHOPIFY_COLUMNS);
  return [...SHOPIFY_COLUMNS, ...[...new Set(extraColumns)].filter((it) => !known.has(it)).sort()];
}

/**
 * The rows of a product as CSV text: row n holds variant n and image n, the first also the product. Values are written as the
 * file that they came from wrote them, where that still means the same.
 */
export function writeRows({ product, variants }: Stored, columns: readonly string[], digits: number): string {
  const images = inRowOrder(product.images, variants.length);
  const count = Math.max(1, variants.length, images.length);
  return Array.from({ length: count }, (_, i) => {
    const variant = variants[i];
    const image = images[i];
    const cells: Extra = {
      ...image?.extra,
      ...(image && imageCells(image)),
      ...(variant && ownText(variant.extra, variantCells(variant, digits), digits)),
      ...(i === 0 && ownText(product.extra, productCells(product), digits)),
      Handle: product.handle,
    };
    return writeRecord(columns.map((column) => (Object.hasOwn(cells, column) ? (cells[column] ?? "") : "")));
  }).join("");
}

/** Images with cells of their own stand on rows without a variant, so that no cell is wanted twice. */
function inRowOrder(images: readonly StoredImage[], variants: number): (StoredImage | undefined)[] {
  const plain = images.filter((it) => !it.extra);
  const apart = images.filter((it) => it.extra);
  if (apart.length === 0) return plain;
  const rows = Math.max(plain.length, variants);
  return [...Array.from({ length: rows }, (_, i) => plain[i]), ...apart];
}

const ownText = (extra: Extra, cells: Record<string, string>, digits: number): Extra => ({
  ...cells,
  ...withoutStale(extra, cells, digits),
});
