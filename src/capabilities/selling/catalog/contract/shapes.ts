import { z } from "@hono/zod-openapi";
import { money } from "../../../../platform/money.ts";
import { sku, UNITS_MAX } from "../../stock/contract.ts";

export const TITLE_MAX = 255;
export const HTML_MAX = 100_000;
export const TAGS_MAX = 250;
export const VARIANTS_MAX = 250;
export const IMAGES_MAX = 250;
export const OPTIONS_MAX = 3;
export const URL_MAX = 2_048;
export const GRAMS_MAX = 1_000_000_000;

/** Text without NUL, which SQLite's JSON functions cut strings at. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes("\0"), "NUL is not text.");
const name = text(TITLE_MAX).refine((value) => value.trim() !== "", "Expected some text.");

/** Lower-case letters of any script, digits, - and _; it stands in the product's URL. */
export const HANDLE = /^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]{0,254}$/u;
export const handle = z
  .string()
  .regex(HANDLE, "1 to 255 lower-case letters, digits and -, starting with a letter or digit.");

/** Absolute http(s) or a path on the shop's own host. */
const IMAGE_SRC = /^(https?:\/\/|\/)[^\s\p{Cc}]+$/iu;
export const isImageSrc = (text: string): boolean => IMAGE_SRC.test(text) && URL.canParse(text, "https://shop.example");
const src = z.string().max(URL_MAX).refine(isImageSrc, "Expected an https address or a path.");

export const locale = z.enum(["en", "zh-CN"]);
export const status = z.enum(["draft", "active", "archived"]);
export type Status = z.infer<typeof status>;

export const option = z
  .strictObject({ name, values: z.array(name).max(VARIANTS_MAX).default([]) })
  .openapi("ProductOption");
export type Option = z.infer<typeof option>;

export const image = z
  .strictObject({
    src,
    alt: text(512).default(""),
    width: z.int().min(1).max(100_000).optional(),
    height: z.int().min(1).max(100_000).optional(),
    position: z.int().min(1).max(100_000).optional(),
  })
  .openapi("ProductImage");
export type Image = z.infer<typeof image>;

export const seo = z
  .strictObject({ title: text(TITLE_MAX).default(""), description: text(5_000).default("") })
  .openapi("Seo");
export type Seo = z.infer<typeof seo>;

const translation = z.strictObject({
  title: name.optional(),
  description_html: text(HTML_MAX).optional(),
  type: text(TITLE_MAX).optional(),
  seo: seo.partial().optional(),
  options: z.record(name, name).optional().describe("Translated option names and values, by the untranslated one."),
});
export const translations = z.partialRecord(locale, translation).openapi("Translations");
export type Translations = z.infer<typeof translations>;

const price = money.strict();

export const variantInput = z.strictObject({
  sku: sku.optional().openapi({ description: "Left out, Souk makes one from the handle and the option values." }),
  barcode: text(TITLE_MAX).optional(),
  price,
  compare_at_price: price.nullable().optional(),
  grams: z.int().min(0).max(GRAMS_MAX).optional(),
  options: z.array(name).max(OPTIONS_MAX).optional(),
  image: src.nullable().optional(),
  on_hand: z.int().min(0).max(UNITS_MAX).optional().openapi({ description: "Sets the stock of the SKU." }),
});
export type VariantInput = z.infer<typeof variantInput>;

export const productFields = z.strictObject({
  title: name,
  description_html: text(HTML_MAX),
  vendor: text(TITLE_MAX),
  type: text(TITLE_MAX),
  tags: z
    .array(text(TITLE_MAX).refine((tag) => tag.trim() !== "" && !tag.includes(","), "A tag has no comma."))
    .max(TAGS_MAX),
  status,
  options: z.array(option).max(OPTIONS_MAX),
  images: z.array(image).max(IMAGES_MAX),
  seo,
  translations,
  variants: z.array(variantInput).min(1).max(VARIANTS_MAX),
});

export const collectionFields = z.strictObject({
  title: name,
  description_html: text(HTML_MAX),
  image: z.strictObject({ src, alt: text(512).default("") }).nullable(),
  translations,
  position: z.int().min(0).max(1_000_000),
  product_handles: z
    .array(handle)
    .max(5_000)
    .openapi({ description: "The products in the collection, in their order." }),
});

export const variant = z
  .object({
    id: z.string(),
    sku: z.string(),
    title: z.string(),
    barcode: z.string(),
    price: money,
    compare_at_price: money.nullable(),
    grams: z.int(),
    options: z.array(z.string()),
    image: z.string().nullable(),
    position: z.int(),
  })
  .openapi("Variant");

const summaryFields = {
  id: z.string(),
  handle: z.string(),
  title: z.string(),
  vendor: z.string(),
  type: z.string(),
  tags: z.array(z.string()),
  status,
  options: z.array(option),
  price_range: z.object({ min: money, max: money }),
  image: z.union([image, z.null()]),
  translations,
  variants: z.array(variant),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  version: z.int(),
};

export const productSummary = z.object(summaryFields).openapi("ProductSummary");
export type ProductSummary = z.infer<typeof productSummary>;

export const product = z
  .object({
    ...summaryFields,
    description_html: z.string(),
    images: z.array(image),
    seo,
    collections: z.array(z.string()),
  })
  .openapi("Product");
export type Product = z.infer<typeof product>;

export const productPage = z
  .object({ data: z.array(productSummary), next_cursor: z.string().nullable() })
  .openapi("ProductPage");
export type ProductPage = z.infer<typeof productPage>;

export const collection = z
  .object({
    id: z.string(),
    handle: z.string(),
    title: z.string(),
    description_html: z.string(),
    image: z.object({ src: z.string(), alt: z.string() }).nullable(),
    translations,
    position: z.int(),
    product_count: z.int(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    version: z.int(),
  })
  .openapi("Collection");
export type Collection = z.infer<typeof collection>;

export const importError = z
  .object({ line: z.int(), column: z.string().nullable(), code: z.string(), detail: z.string() })
  .openapi("ImportError");
export type ImportError = z.infer<typeof importError>;

export const importState = z
  .object({
    id: z.string(),
    status: z.enum(["receiving", "running", "done", "failed"]),
    bytes_total: z.int(),
    bytes_read: z.int(),
    rows: z.int(),
    products_created: z.int(),
    products_updated: z.int(),
    products_unchanged: z.int(),
    variants: z.int(),
    rows_rejected: z.int(),
    errors: z.array(importError).openapi({ description: "The first 1,000, in the order of the file." }),
    errors_total: z.int(),
    created_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
  })
  .openapi("CatalogImport");
export type ImportState = z.infer<typeof importState>;
