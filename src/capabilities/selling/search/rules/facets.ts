/** Values that one facet lists, those with most products first. */
const VALUES_MAX = 20;

/** What the index knows of a product besides its words. */
export interface Shelved {
  vendor: string;
  tags: readonly string[];
  /** Handles. */
  collections: readonly string[];
  /** Minor units: the cheapest and the dearest variant. */
  priceMin: number;
  priceMax: number;
  createdAt: number;
  /** Units of all variants. */
  available: number;
}

export interface Filters {
  collection?: string;
  vendor?: string;
  /** A product has all of them. */
  tags?: readonly string[];
  priceMin?: number;
  priceMax?: number;
  inStock?: boolean;
}

export interface Counted {
  value: string;
  count: number;
}

export interface Facets {
  collections: Counted[];
  vendors: Counted[];
  tags: Counted[];
  /** The upper end belongs to the next band. */
  prices: { min: number; max: number | null; count: number }[];
  in_stock: number;
  sold_out: number;
}

type FacetName = "collection" | "vendor" | "tags" | "price" | "stock";

/**
 * Those that pass every filter, and for each facet how many would be there with each of its values: its own filter does not
 * count, so a shopper sees what else there is. Tags narrow together, so theirs does.
 */
export function sift<Item extends Shelved>(
  items: readonly Item[],
  filters: Filters,
): { passed: Item[]; facets: Facets } {
  const passed: Item[] = [];
  const count = { collection: new Tally(), vendor: new Tally(), tags: new Tally() };
  const prices: number[] = [];
  const stock = { in: 0, out: 0 };
  for (const item of items) {
    const failed = failedFilter(item, filters);
    if (failed === "several") continue;
    const passes = failed === undefined;
    if (passes) passed.push(item);
    if (passes || failed === "collection") count.collection.addAll(item.collections);
    if ((passes || failed === "vendor") && item.vendor !== "") count.vendor.add(item.vendor);
    if (passes) count.tags.addAll(item.tags);
    if (passes || failed === "price") prices.push(item.priceMin);
    if (passes || failed === "stock") stock[item.available > 0 ? "in" : "out"]++;
  }
  const facets = {
    collections: count.collection.most(),
    vendors: count.vendor.most(),
    tags: count.tags.most(),
    prices: priceBands(prices),
    in_stock: stock.in,
    sold_out: stock.out,
  };
  return { passed, facets };
}

/** Runs for each match of each search, so it makes no objects. */
function failedFilter(item: Shelved, filters: Filters): FacetName | "several" | undefined {
  let failed: FacetName | "several" | undefined;
  const fail = (facet: FacetName) => {
    failed = failed === undefined ? facet : "several";
  };
  if (filters.collection !== undefined && !item.collections.includes(filters.collection)) fail("collection");
  if (filters.vendor !== undefined && item.vendor !== filters.vendor) fail("vendor");
  if (filters.tags?.some((tag) => !item.tags.includes(tag))) fail("tags");
  if (filters.priceMin !== undefined && item.priceMax < filters.priceMin) fail("price");
  else if (filters.priceMax !== undefined && item.priceMin > filters.priceMax) fail("price");
  if (filters.inStock !== undefined && item.available > 0 !== filters.inStock) fail("stock");
  return failed;
}

class Tally {
  private readonly counts = new Map<string, number>();

  add(value: string): void {
    this.counts.set(value, (this.counts.get(value) ?? 0) + 1);
  }

  addAll(values: readonly string[]): void {
    for (const value of values) this.add(value);
  }

  most(): Counted[] {
    return [...this.counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, VALUES_MAX);
  }
}

const BANDS = 5;
const ROUND = [1, 2, 5];

/** Up to five bands of about as many products each, between round numbers. */
export function priceBands(prices: readonly number[]): Facets["prices"] {
  const sorted = Float64Array.from(prices).sort();
  if (sorted.length < 2 || sorted[0] === sorted.at(-1)) return [];
  const cuts = new Set<number>();
  for (let i = 1; i < BANDS; i++) {
    const cut = rounded(sorted[Math.floor((i * sorted.length) / BANDS)] ?? 0);
    if (cut > (sorted[0] ?? 0) && cut <= (sorted.at(-1) ?? 0)) cuts.add(cut);
  }
  const ends = [...cuts].sort((a, b) => a - b);
  const bands = [0, ...ends].map((min, i) => ({ min, max: ends[i] ?? null, count: 0 }));
  for (const price of sorted) {
    const band = bands.findLast((it) => it.min <= price);
    if (band) band.count++;
  }
  return bands.length > 1 ? bands.filter((it) => it.count > 0) : [];
}

/** The nearest of 1, 2, 5, 10, 20, 50 and so on. */
function rounded(price: number): number {
  if (price < 1) return 0;
  const power = 10 ** Math.floor(Math.log10(price));
  return [...ROUND, 10].map((it) => it * power).reduce((a, b) => (Math.abs(b - price) < Math.abs(a - price) ? b : a));
}
