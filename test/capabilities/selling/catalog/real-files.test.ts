import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import { REAL_CATALOGS, realCsv } from "../../../support/real-data.ts";
import { codes, exportFile, importFile, newShop, type TestRow } from "./import-kit.ts";

const read = (text: string): TestRow[] => Papa.parse<TestRow>(text, { header: true, skipEmptyLines: true }).data;

const isVariant = (row: TestRow) => Boolean(row["Variant Price"]);

/** Where a row's cells went: its product, its variant (by options) and its image, each with their cells. */
function facts(rows: readonly TestRow[], columns: readonly string[]): Map<string, Record<string, string>> {
  const found = new Map<string, Record<string, string>>();
  const pick = (row: TestRow, wanted: (column: string) => boolean) =>
    Object.fromEntries(columns.filter(wanted).map((column) => [column, row[column] ?? ""]));
  const isImageColumn = (column: string) => column.startsWith("Image ");
  const isVariantColumn = (column: string) => column.startsWith("Variant ") || /^Option\d Value$/.test(column);
  rows.forEach((row, i) => {
    if (row.Handle !== rows[i - 1]?.Handle)
      found.set(
        `product ${row.Handle}`,
        pick(row, (it) => !isImageColumn(it) && !isVariantColumn(it)),
      );
    const options = [1, 2, 3].map((n) => row[`Option${n} Value`]);
    if (isVariant(row)) found.set(`variant ${row.Handle} ${options}`, pick(row, isVariantColumn));
    if (row["Image Src"]) found.set(`image ${row.Handle} ${row["Image Src"]}`, pick(row, isImageColumn));
  });
  return found;
}

const missing = REAL_CATALOGS.filter((name) => realCsv(name) === undefined);
if (missing.length > 0)
  console.warn(`../shared/data/catalog/shopify lacks ${missing.join(", ")}: their round trips are skipped.`);

describe.each(REAL_CATALOGS)("%s", (name) => {
  const original = realCsv(name);

  it.skipIf(original === undefined)(
    "is imported whole, exported with every cell, and imported again unchanged",
    async () => {
      const text = original ?? "";
      const rows = read(text);
      const [a, b] = [await newShop(), await newShop()];
      const first = await importFile(a, text);
      const products = new Set(rows.map((row) => row.Handle)).size;
      const variants = rows.filter(isVariant).length;
      expect(first).toMatchObject({
        status: "done",
        rows: rows.length,
        products_created: products,
        variants,
        rows_rejected: 0,
      });
      expect(first.bytes_read).toBe(new TextEncoder().encode(text).byteLength);

      const exported = await exportFile(a);
      const before = facts(rows, Object.keys(rows[0] ?? {}));
      const after = facts(read(exported), Object.keys(rows[0] ?? {}));
      for (const [what, cells] of before) expect(after.get(what), what).toEqual(cells);
      expect(after.size).toBe(before.size);

      expect(await importFile(a, text)).toMatchObject({
        products_unchanged: products,
        products_created: 0,
        products_updated: 0,
        variants,
      });
      expect(await importFile(a, exported)).toMatchObject({
        products_unchanged: products,
        products_created: 0,
        products_updated: 0,
        variants,
      });
      expect(await importFile(b, exported)).toMatchObject({
        status: "done",
        products_created: products,
        variants,
        rows_rejected: 0,
      });
      expect(await exportFile(b)).toBe(exported);
    },
    120_000,
  );
});

it.skipIf(realCsv("snowdevil.csv") === undefined)(
  "a SKU that two products of a real file share costs no variant",
  async () => {
    const shop = await newShop();
    const outcome = await importFile(shop, realCsv("snowdevil.csv") ?? "");
    expect(outcome.errors.map((it: { code: string; column: string }) => [it.code, it.column])).toEqual([
      ["sku_taken", "Variant SKU"],
    ]);
    expect(codes(outcome)).toHaveLength(1);
    const page = await api("GET", "/products?limit=1", { shop, key: null });
    expect(page.body.data).toHaveLength(1);
  },
  60_000,
);
