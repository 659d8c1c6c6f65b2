import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignSkus } from "../../../../src/capabilities/selling/catalog/rules/assign-skus.ts";
import type { ProductRow, Stored } from "../../../../src/capabilities/selling/catalog/rules/draft.ts";
import { readPrice, writePrice } from "../../../../src/capabilities/selling/catalog/rules/price-text.ts";
import { readRows } from "../../../../src/capabilities/selling/catalog/rules/read-rows.ts";
import {
  endOfRecord,
  newScan,
  splitCells,
  writeRecord,
} from "../../../../src/capabilities/selling/catalog/rules/scan-records.ts";
import { saysTheSame, settleProduct } from "../../../../src/capabilities/selling/catalog/rules/settle-product.ts";
import { fileColumns, writeRows } from "../../../../src/capabilities/selling/catalog/rules/write-rows.ts";

const DIGITS = 2;
const nobody = new Set<string>();

const text = fc.string({ unit: "grapheme", maxLength: 12 }).filter((it) => !it.includes("\0"));
const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 _.-]{0,10}$/);
const cells = fc.dictionary(
  fc.constantFrom("Gift Card", "Custom", "constructor", "Metafield: a"),
  text.filter((it) => it !== ""),
);

const product = fc.record({
  title: text.filter((it) => it.trim() !== ""),
  html: text,
  vendor: text,
  tags: fc.uniqueArray(
    word.map((it) => it.trim()),
    { maxLength: 3 },
  ),
  status: fc.constantFrom("draft", "active", "archived"),
  seo: fc.record({ title: text, description: text }),
  names: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
  values: fc.uniqueArray(fc.tuple(word, word, word), { minLength: 1, maxLength: 5, selector: (it) => it[0] }),
  price: fc.integer({ min: 0, max: 9_000_000_000_000_000 }),
  compareAt: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
  images: fc.array(
    fc.record({ src: fc.webUrl(), alt: text, position: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }) }),
    { maxLength: 4 },
  ),
  extra: cells,
  own: fc.dictionary(fc.constantFrom("Variant Taxable", "Variant Weight Unit"), word),
});

/** A generated product as the shop would have stored it from a request. */
function storedFrom(it: typeof product extends fc.Arbitrary<infer P> ? P : never): Stored {
  const { settled } = settleProduct(
    undefined,
    {
      handle: "a",
      title: it.title,
      descriptionHtml: it.html,
      vendor: it.vendor,
      tags: it.tags,
      status: it.status === "draft" ? "draft" : it.status === "archived" ? "archived" : "active",
      seo: it.seo,
      options: it.names.map((name) => ({ name, values: [] })),
      images: it.images,
      extra: it.extra,
      variants: it.values.map((values, i) => ({
        sku: i % 2 ? `SKU-${i}` : null,
        price: it.price,
        compareAtPrice: it.compareAt,
        options: values.slice(0, it.names.length),
        extra: it.own,
      })),
    },
    nobody,
    DIGITS,
  );
  if (!settled) throw new Error("nothing settled");
  const row: ProductRow = {
    ...settled,
    tenantId: "t",
    id: "p",
    importId: null,
    importDid: null,
    createdAt: 0,
    updatedAt: 0,
    version: 1,
  };
  const variants = settled.variants.map((variant, i) => ({
    ...variant,
    tenantId: "t",
    id: `v${i}`,
    productId: "p",
    position: i + 1,
  }));
  return { product: row, variants };
}

const inPositionOrder = (it: Stored): Stored => {
  let place = 0;
  const placed = it.product.images.map((image) => {
    place = image.position ?? place;
    return { image, place };
  });
  const images = placed.sort((a, b) => a.place - b.place).map(({ image }) => image);
  return { ...it, product: { ...it.product, images } };
};

describe("a product", () => {
  it("survives export, parsing and planning unchanged", () => {
    fc.assert(
      fc.property(product, (generated) => {
        const stored = inPositionOrder(storedFrom(generated));
        const columns = fileColumns(Object.keys(stored.product.extra));
        const records: string[][] = parse(writeRows(stored, columns, DIGITS), { relax_column_count: true });
        const rows = records.map((record, line) => ({
          line,
          cells: new Map(
            record.flatMap((cell, i): [string, string][] => (cell === "" ? [] : [[columns[i] ?? "", cell]])),
          ),
        }));
        const { draft, problems } = readRows(rows, { columns: new Set(columns), digits: DIGITS });
        expect(problems).toEqual([]);
        if (!draft) throw new Error("no draft");
        const { settled } = settleProduct(stored, draft, nobody, DIGITS);
        if (!settled) throw new Error("nothing settled");
        expect(saysTheSame(stored, settled)).toBe(true);
        expect(settled.gone).toEqual([]);
        expect(settled.variants.map((it) => it.id)).toEqual(stored.variants.map((it) => it.id));
      }),
      { numRuns: 500 },
    );
  });
});

describe("a price", () => {
  it("reads back what was written, in every currency", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000_000_000 }), fc.constantFrom(0, 2, 3), (amount, digits) => {
        expect(readPrice(writePrice(amount, digits), digits)).toBe(amount);
      }),
    );
  });

  it.each([
    ["50", 2, 5000],
    ["9.99", 2, 999],
    ["9.9900", 2, 999],
    ["0.0", 2, 0],
    [" 7. ", 2, 700],
    ["1.234", 3, 1234],
    ["100", 0, 100],
    ["100.00", 0, 100],
  ])("%j with %i decimals is %i", (given, digits, amount) => {
    expect(readPrice(given, digits)).toBe(amount);
  });

  it.each(["", "-1", "+1", "1e3", "1,000.00", "1.999", "$5", "NaN", ".5", "0x10", "٣", "90000000000000.01", "1.2.3"])(
    "%j is none",
    (given) => {
      expect(readPrice(given, 2)).toBeUndefined();
    },
  );
});

describe("records", () => {
  const record = fc.array(fc.string({ unit: "grapheme", maxLength: 8 }), { minLength: 1, maxLength: 5 });

  it("are cut where they end, however the bytes arrive", () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 7 }), (records, step) => {
        const bytes = new TextEncoder().encode(records.map(writeRecord).join(""));
        const found: string[][] = [];
        let start = 0;
        let scan = newScan();
        for (let seen = 0; seen < bytes.length; ) {
          const upTo = Math.min(bytes.length, seen + step);
          const end = endOfRecord(bytes.subarray(0, upTo), seen, scan);
          seen = end < 0 ? upTo : end;
          if (end < 0) continue;
          found.push(
            splitCells(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(start, end)))
              .cells,
          );
          start = end;
          scan = newScan();
        }
        expect(found).toEqual(records);
        expect(start).toBe(bytes.length);
      }),
    );
  });
});

describe("SKUs", () => {
  it("are unique, and the merchant's own wherever it can be", () => {
    const wish = fc.record({
      given: fc.option(fc.constantFrom("A", "B", "BOWL", "bad sku", "X".repeat(70))),
      options: fc.tuple(fc.constantFrom("Small", "small", "大", "小", "S M")),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), fc.subarray(["A", "BOWL", "BOWL-SMALL"]), (wishes, taken) => {
        const assigned = assignSkus("bowl", wishes, new Set(taken));
        const skus = assigned.flatMap((it) => it?.sku ?? []);
        expect(new Set(skus).size).toBe(skus.length);
        for (const sku of skus) expect(taken).not.toContain(sku);
        for (const given of ["A", "B"]) {
          const isWanted = wishes.some((it) => it.given === given) && !taken.includes(given);
          expect(assigned.some((it) => it?.sku === given && !it.generated)).toBe(isWanted);
        }
      }),
    );
  });

  it("are readable and the same every time", () => {
    const wishes = [
      { given: null, options: ["Small", "True Black"] },
      { given: null, options: ["大", "黑"] },
    ];
    const [first, second] = assignSkus("wool-cap", wishes, nobody);
    expect(first?.sku).toBe("WOOL-CAP-SMALL-TRUE-BLACK");
    expect(second?.sku).toMatch(/^WOOL-CAP-[0-9A-Z]{7}$/);
    expect(assignSkus("wool-cap", wishes, nobody)).toEqual([first, second]);
  });
});
