import type { Status } from "../contract/shapes.ts";
import type { Extra, StoredImage } from "../schema.ts";
import type { Settled, VariantRow } from "./draft.ts";
import { readPrice, writePrice } from "./price-text.ts";

/** The columns of a Shopify product CSV, in its order; every export has them all. */
export const SHOPIFY_COLUMNS: readonly string[] = [
  "Handle,Title,Body (HTML),Vendor,Type,Tags,Published",
  "Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value",
  "Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy",
  "Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode",
  "Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,SEO Description",
  ...[
    "Google Product Category",
    "Gender",
    "Age Group",
    "MPN",
    "AdWords Grouping",
    "AdWords Labels",
    "Condition",
    "Custom Product",
  ]
    .concat(["Custom Label 0", "Custom Label 1", "Custom Label 2", "Custom Label 3", "Custom Label 4"])
    .map((name) => `Google Shopping / ${name}`),
  "Variant Image,Variant Weight Unit,Variant Tax Code,Cost per item,Status",
].flatMap((columns) => columns.split(","));

/** The cell that holds the merchant's own SKU when it could not be used as one. */
export const SKU_COLUMN = "Variant SKU";

/** Columns whose cells Souk keeps in fields of its own; all others travel in `extra`. */
export const PRODUCT_FIELDS = new Set(
  [
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Type",
    "Tags",
    "Published",
    "Status",
    "SEO Title",
    "SEO Description",
  ].concat([1, 2, 3].map((n) => `Option${n} Name`)),
);
export const VARIANT_FIELDS = new Set(
  [
    "Variant Grams",
    "Variant Inventory Qty",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Barcode",
    "Variant Image",
  ].concat(
    SKU_COLUMN,
    [1, 2, 3].map((n) => `Option${n} Value`),
  ),
);
export const IMAGE_FIELDS = new Set(["Image Src", "Image Position", "Image Alt Text"]);

/** A variant's cells even on the first row, where other columns that Souk has no field for are the product's. */
export const isVariantColumn = (column: string): boolean => column.startsWith("Variant ") || column === "Cost per item";

export function productCells(it: Omit<Settled, "variants" | "gone">): Record<string, string> {
  return {
    Handle: it.handle,
    Title: it.title,
    "Body (HTML)": it.descriptionHtml,
    Vendor: it.vendor,
    Type: it.type,
    Tags: it.tags.join(", "),
    Published: String(it.status === "active"),
    Status: it.status,
    "SEO Title": it.seo.title,
    "SEO Description": it.seo.description,
    ...Object.fromEntries(it.options.map(({ name }, i) => [`Option${i + 1} Name`, name])),
  };
}

type VariantCells = Pick<
  VariantRow,
  | "sku"
  | "skuGenerated"
  | "grams"
  | "importedQty"
  | "price"
  | "compareAtPrice"
  | "barcode"
  | "image"
  | "options"
  | "extra"
>;

export function variantCells(it: VariantCells, digits: number): Record<string, string> {
  return {
    [SKU_COLUMN]: it.skuGenerated ? (it.extra[SKU_COLUMN] ?? "") : it.sku,
    "Variant Grams": String(it.grams),
    "Variant Inventory Qty": it.importedQty === null ? "" : String(it.importedQty),
    "Variant Price": writePrice(it.price, digits),
    "Variant Compare At Price": it.compareAtPrice === null ? "" : writePrice(it.compareAtPrice, digits),
    "Variant Barcode": it.barcode,
    "Variant Image": it.image ?? "",
    ...Object.fromEntries(it.options.map((value, i) => [`Option${i + 1} Value`, value])),
  };
}

export const imageCells = ({ src, position, alt }: StoredImage): Record<string, string> => ({
  "Image Src": src,
  "Image Position": position === undefined ? "" : String(position),
  "Image Alt Text": alt,
});

export const readTags = (text: string): string[] =>
  text
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");

/** A product that is active but not published to the shop is a draft: visitors must not see it. Undefined: no such status. */
export function readStatus(status: string, published: string): Status | undefined {
  const shown = published.trim().toLowerCase() || "true";
  if (shown !== "true" && shown !== "false") return undefined;
  const name = status.trim().toLowerCase();
  if (name === "draft" || name === "archived") return name;
  if (name !== "" && name !== "active") return undefined;
  return shown === "true" ? "active" : "draft";
}

const DECIMAL = /^\d{1,12}(\.\d*)?$/;

/** Whole grams; files may carry decimals. A blank cell weighs nothing. */
export const readGrams = (text: string): number | undefined =>
  text.trim() === "" ? 0 : DECIMAL.test(text.trim()) ? Math.round(Number(text)) : undefined;

const WHOLE = /^\d{1,10}(\.0*)?$/;

/** Units that stock can be set to; null for blanks, negative and other text, which leave the stock alone. */
export const readQuantity = (text: string): number | null =>
  WHOLE.test(text.trim()) ? Math.trunc(Number(text)) : null;

/** The one option value of a product without options. */
export const DEFAULT_VALUE = "Default Title";

export const optionName = (text: string, index: number): string =>
  text || (index === 0 ? "Title" : `Option ${index + 1}`);

/** What Souk would write for a cell that reads `text`: equal to `canonical` when both mean the same. */
function canonicalOf(column: string, text: string, cells: Record<string, string>, raw: Extra, digits: number): string {
  switch (column) {
    case "Tags":
      return readTags(text).join(", ");
    case "Status":
    case "Published": {
      const status = readStatus(raw.Status ?? cells.Status ?? "", raw.Published ?? cells.Published ?? "");
      return status === cells.Status ? (cells[column] ?? "") : "?";
    }
    case "Variant Grams":
      return String(readGrams(text));
    case "Variant Inventory Qty":
      // No quantity was ever set, so this text is one that sets none: negative, or another system's to track.
      return cells[column] === "" ? "" : String(readQuantity(text) ?? "");
    case "Option1 Value":
      return text || DEFAULT_VALUE;
    case "Variant Price":
    case "Variant Compare At Price": {
      const amount = readPrice(text, digits);
      return amount === undefined ? "" : writePrice(amount, digits);
    }
    case "Option1 Name":
    case "Option2 Name":
    case "Option3 Name":
      return optionName(text, Number(column[6]) - 1);
    default:
      return text;
  }
}

/**
 * `extra` with the cells worth keeping. A file writes the same value in many ways ("50", "50.00"): its own text is kept
 * beside the value, and stands for it in an export, until the value changes.
 */
export const withoutStale = (extra: Extra, cells: Record<string, string>, digits: number): Extra =>
  Object.fromEntries(
    Object.entries(extra).filter(([column, text]) => {
      const canonical = Object.hasOwn(cells, column) ? cells[column] : undefined;
      if (canonical === undefined) return text !== "";
      return text !== canonical && canonicalOf(column, text, cells, extra, digits) === canonical;
    }),
  );
