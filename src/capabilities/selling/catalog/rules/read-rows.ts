import {
  GRAMS_MAX,
  HANDLE,
  HTML_MAX,
  IMAGES_MAX,
  isImageSrc,
  OPTIONS_MAX,
  TAGS_MAX,
  TITLE_MAX,
  URL_MAX,
} from "../contract/shapes.ts";
import type { Extra, StoredImage } from "../schema.ts";
import {
  DEFAULT_VALUE,
  IMAGE_FIELDS,
  isVariantColumn,
  optionName,
  PRODUCT_FIELDS,
  readGrams,
  readQuantity,
  readStatus,
  readTags,
  SKU_COLUMN,
  VARIANT_FIELDS,
} from "./cells.ts";
import type { Problem, ProductDraft, VariantDraft } from "./draft.ts";
import { readPrice } from "./price-text.ts";

/** One record of a file: its line and its cells by column, blank ones left out. */
export interface Row {
  line: number;
  cells: ReadonlyMap<string, string>;
}

export interface FileFormat {
  columns: ReadonlySet<string>;
  /** Decimals of the shop's currency. */
  digits: number;
}

/** Longest texts in characters; cells of other columns may have as many as a description. */
const TEXT_MAX = new Map(
  ["Title", "Vendor", "Type", "SEO Title", "Variant Barcode"]
    .concat([1, 2, 3].flatMap((n) => [`Option${n} Name`, `Option${n} Value`]))
    .map((column) => [column, TITLE_MAX]),
)
  .set("SEO Description", 5_000)
  .set("Image Alt Text", 512);
const textMax = (column: string): number => TEXT_MAX.get(column) ?? HTML_MAX;

const cell = (row: Row, column: string): string => row.cells.get(column) ?? "";

/**
 * Reads the rows of one handle as a product. A problem of a product column costs the whole run (`draft` is missing), one of a
 * variant or image column only its row.
 */
export function readRows(rows: readonly Row[], format: FileFormat): { draft?: ProductDraft; problems: Problem[] } {
  const [first] = rows;
  if (!first) return { problems: [] };
  const flaw = productProblem(first);
  if (flaw) return { problems: [{ ...flaw, line: first.line }] };
  let images = 0;
  const problems = rows.flatMap((row) => {
    if (row.cells.has("Image Src")) images++;
    return rowProblem(row, row === first, images > IMAGES_MAX, format) ?? [];
  });
  const bad = new Set(problems.map((it) => it.line));
  const good = rows.filter((row) => !bad.has(row.line));
  const count = optionCount(first, good);
  const said = (column: string) => (format.columns.has(column) ? cell(first, column) : undefined);
  const hasStatus = format.columns.has("Status") || format.columns.has("Published");
  const names = [1, 2, 3]
    .slice(0, count)
    .map((n) => ({ name: optionName(cell(first, `Option${n} Name`), n - 1), values: [] }));
  const tags = said("Tags");
  const draft: ProductDraft = {
    handle: cell(first, "Handle"),
    title: said("Title"),
    descriptionHtml: said("Body (HTML)"),
    vendor: said("Vendor"),
    type: said("Type"),
    tags: tags === undefined ? undefined : readTags(tags),
    status: hasStatus ? readStatus(cell(first, "Status"), cell(first, "Published")) : undefined,
    options: format.columns.has("Option1 Name") ? names : undefined,
    images: format.columns.has("Image Src") ? readImages(good, first) : undefined,
    seo: { title: said("SEO Title"), description: said("SEO Description") },
    extra: productExtra(first, format),
    variants: good
      .filter((row) => row === first || isVariantRow(row))
      .map((row) => readVariant(row, row === first, count, format)),
    columns: format.columns,
    isPartial: bad.size > 0,
  };
  return { draft, problems };
}

const isVariantRow = (row: Row): boolean =>
  ["Option1 Value", "Option2 Value", "Option3 Value", SKU_COLUMN, "Variant Price"].some((column) =>
    row.cells.has(column),
  );

function optionCount(first: Row, rows: readonly Row[]): number {
  for (let n = OPTIONS_MAX; n > 1; n--)
    if (first.cells.has(`Option${n} Name`) || rows.some((row) => row.cells.has(`Option${n} Value`))) return n;
  return 1;
}

function productProblem(first: Row): Omit<Problem, "line"> | undefined {
  if (!HANDLE.test(cell(first, "Handle")))
    return {
      column: "Handle",
      code: "invalid_handle",
      detail: "Expected 1 to 255 lower-case letters, digits, - and _.",
    };
  if (cell(first, "Title").trim() === "")
    return { column: "Title", code: "title_missing", detail: "The first row of a handle needs a title." };
  for (const column of PRODUCT_FIELDS) if (isTooLong(first, column)) return tooLong(column);
  if (!readStatus(cell(first, "Status"), cell(first, "Published")))
    return {
      column: "Status",
      code: "invalid_status",
      detail: "Expected Status draft, active or archived and Published true or false.",
    };
  const tags = readTags(cell(first, "Tags"));
  if (tags.length > TAGS_MAX || tags.some((tag) => tag.length > TITLE_MAX))
    return {
      column: "Tags",
      code: "too_many_tags",
      detail: `Expected at most ${TAGS_MAX} tags of ${TITLE_MAX} characters.`,
    };
  return undefined;
}

function rowProblem(row: Row, isFirst: boolean, hasTooMany: boolean, { digits }: FileFormat): Problem | undefined {
  const problem = hasTooMany ? TOO_MANY_IMAGES : cellProblem(row, isFirst, digits);
  return problem && { ...problem, line: row.line };
}

const TOO_MANY_IMAGES = {
  column: "Image Src",
  code: "too_many_images",
  detail: `A product has at most ${IMAGES_MAX} images.`,
};

function cellProblem(row: Row, isFirst: boolean, digits: number): Omit<Problem, "line"> | undefined {
  for (const column of ["Variant Price", "Variant Compare At Price"])
    if (row.cells.has(column) && readPrice(cell(row, column), digits) === undefined)
      return {
        column,
        code: "invalid_price",
        detail: `Expected a price such as ${digits > 0 ? `9.${"9".repeat(digits)}` : "9"}, not below 0.`,
      };
  const grams = readGrams(cell(row, "Variant Grams"));
  if (grams === undefined || grams > GRAMS_MAX)
    return { column: "Variant Grams", code: "invalid_number", detail: "Expected a weight in grams, not below 0." };
  const position = cell(row, "Image Position");
  if (position !== "" && !/^[1-9]\d{0,4}$/.test(position))
    return { column: "Image Position", code: "invalid_number", detail: "Expected 1, 2, 3 ..." };
  for (const column of ["Image Src", "Variant Image"])
    if (row.cells.has(column) && (cell(row, column).length > URL_MAX || !isImageSrc(cell(row, column))))
      return { column, code: "invalid_url", detail: `Expected an https address of at most ${URL_MAX} characters.` };
  for (const column of row.cells.keys())
    if (isTooLong(row, column) && (!isFirst || !PRODUCT_FIELDS.has(column))) return tooLong(column);
  return undefined;
}

const isTooLong = (row: Row, column: string): boolean => cell(row, column).length > textMax(column);

const tooLong = (column: string): Omit<Problem, "line"> => ({
  column,
  code: "too_long",
  detail: `Expected at most ${textMax(column)} characters.`,
});

/**
 * The images by position; one without a position follows the one above it. Rows that carry an image and cells of their own but no
 * variant keep those cells with the image.
 */
function readImages(rows: readonly Row[], first: Row): StoredImage[] {
  let place = 0;
  const placed = rows
    .filter((row) => row.cells.has("Image Src"))
    .map((row) => {
      const position = Number(cell(row, "Image Position")) || undefined;
      place = position ?? place;
      const extra = row === first || isVariantRow(row) ? {} : otherCells(row, (column) => !IMAGE_FIELDS.has(column));
      const image: StoredImage = { src: cell(row, "Image Src"), alt: cell(row, "Image Alt Text") };
      if (position !== undefined) image.position = position;
      if (Object.keys(extra).length > 0) image.extra = extra;
      return { place, image };
    });
  return placed.sort((a, b) => a.place - b.place).map((it) => it.image);
}

function readVariant(row: Row, isFirst: boolean, count: number, { columns, digits }: FileFormat): VariantDraft {
  const said = (column: string) => (columns.has(column) ? cell(row, column) : undefined);
  const price = said("Variant Price");
  const compareAt = said("Variant Compare At Price");
  const grams = said("Variant Grams");
  const quantity = said("Variant Inventory Qty");
  const values = Array.from({ length: count }, (_, i) => cell(row, `Option${i + 1} Value`));
  const isForeign = !["", "shopify", "souk"].includes(cell(row, "Variant Inventory Tracker").trim().toLowerCase());
  return {
    line: row.line,
    sku: columns.has(SKU_COLUMN) ? cell(row, SKU_COLUMN) || null : undefined,
    barcode: said("Variant Barcode"),
    price: price === undefined ? undefined : readPrice(price, digits),
    compareAtPrice: compareAt === undefined ? undefined : (readPrice(compareAt, digits) ?? null),
    grams: grams === undefined ? undefined : readGrams(grams),
    options: columns.has("Option1 Value") ? (count === 1 && values[0] === "" ? [DEFAULT_VALUE] : values) : undefined,
    image: columns.has("Variant Image") ? cell(row, "Variant Image") || null : undefined,
    quantity: quantity === undefined || isForeign ? null : readQuantity(quantity),
    extra: {
      ...otherCells(
        row,
        (column) => !VARIANT_FIELDS.has(column) && !IMAGE_FIELDS.has(column) && (!isFirst || isVariantColumn(column)),
      ),
      ...formatted(row, VARIANT_FORMATS, columns),
    },
  };
}

const productExtra = (first: Row, { columns }: FileFormat): Extra => ({
  ...otherCells(
    first,
    (column) =>
      ![PRODUCT_FIELDS, VARIANT_FIELDS, IMAGE_FIELDS].some((it) => it.has(column)) && !isVariantColumn(column),
  ),
  ...formatted(first, PRODUCT_FORMATS, columns),
});

function otherCells(row: Row, isWanted: (column: string) => boolean): Extra {
  return Object.fromEntries([...row.cells].filter(([column]) => column !== "Handle" && isWanted(column)));
}

/** Columns where one value can be written in many ways: the file's own text goes along. */
const PRODUCT_FORMATS = ["Tags", "Published", "Status", "Option1 Name", "Option2 Name", "Option3 Name"];
const VARIANT_FORMATS = [
  "Variant Grams",
  "Variant Inventory Qty",
  "Variant Price",
  "Variant Compare At Price",
  "Option1 Value",
];

const formatted = (row: Row, of: readonly string[], columns: ReadonlySet<string>): Extra =>
  Object.fromEntries(of.filter((column) => columns.has(column)).map((column) => [column, cell(row, column)]));
