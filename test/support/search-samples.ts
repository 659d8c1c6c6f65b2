import type { Sample } from "./samples.ts";
import type { Stall } from "./stall.ts";

/** The calls of search and selection, each with all its fields. */
export const searchSamples: Record<string, (stall: Stall) => Sample> = {
  search: (it) => ({
    query: {
      ...{ q: "lamp", collection: it.collection, vendor: "Vendor", tag: "new", price_min: "1", price_max: "9999" },
      ...{ in_stock: "true", sort: "newest", limit: "1" },
    },
  }),
  suggestSearches: () => ({ query: { q: "la", limit: "3" } }),
  readSynonyms: () => ({}),
  writeSynonyms: () => ({ body: { data: [["lamp", "light"]] } }),
  rebuildSearchIndex: () => ({}),
  readSearchIndex: () => ({}),
  selectProducts: (it) => ({
    query: { limit: "1" },
    body: {
      combine: "any",
      selectors: [
        { kind: "category", weight: 2, collections: [it.collection] },
        { kind: "tag", weight: 1, tags: ["new"], match: "any", by: "merchant" },
        { kind: "stock", weight: 1, min: 1, max: 10_000 },
        { kind: "price", weight: 1, min: 1, max: 99_999 },
        { kind: "sales", weight: 1, days: 7, min: 1, max: 100 },
      ],
    },
  }),
};
