import type { Status, Translations } from "../contract/shapes.ts";
import type { collections, Extra, products, StoredImage, variants } from "../schema.ts";

export type ProductRow = typeof products.$inferSelect;
export type VariantRow = typeof variants.$inferSelect;
export type CollectionRow = typeof collections.$inferSelect;

/** A product as the shop has it. */
export interface Stored {
  product: ProductRow;
  variants: VariantRow[];
}

/** What a file or a request says about a product. Undefined: it says nothing, so the shop's value stays. */
export interface ProductDraft {
  handle: string;
  title?: string;
  descriptionHtml?: string;
  vendor?: string;
  type?: string;
  tags?: string[];
  status?: Status;
  options?: { name: string; values: string[] }[];
  images?: StoredImage[];
  seo?: { title?: string; description?: string };
  translations?: Translations;
  extra?: Extra;
  variants?: VariantDraft[];
  /** The file's columns: of these, cells that Souk has no field for are replaced; those of other columns stay. */
  columns?: ReadonlySet<string>;
  /** Some rows could not be read, so variants that the draft does not mention stay. */
  isPartial?: boolean;
}

export interface VariantDraft {
  /** Line in the file. */
  line?: number;
  /** Null: the file leaves the cell blank. */
  sku?: string | null;
  barcode?: string;
  price?: number;
  compareAtPrice?: number | null;
  grams?: number;
  options?: string[];
  image?: string | null;
  /** Units to set as stock; null: the file names no number that stock could be set to. */
  quantity?: number | null;
  extra?: Extra;
}

/** A product as it is to be, with the ids of the variants that stay. */
export type Settled = Pick<
  ProductRow,
  | "handle"
  | "title"
  | "descriptionHtml"
  | "vendor"
  | "type"
  | "tags"
  | "status"
  | "options"
  | "images"
  | "seo"
  | "translations"
  | "extra"
> & { variants: SettledVariant[]; gone: string[] };

export type SettledVariant = Omit<VariantRow, "tenantId" | "id" | "productId" | "position"> & {
  id: string | null;
  /** What the draft wants the stock to be, where that differs from what was last set. */
  stock: number | null;
  line?: number;
};

/** Why a draft, or one variant of it, cannot be taken; `column` is the file's column. */
export interface Problem {
  line?: number;
  column: string | null;
  code: string;
  detail: string;
  /** The row was taken all the same, with something changed. */
  isKept?: boolean;
}
