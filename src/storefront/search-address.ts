/** The parts of the search page's address, in the order in which they stand there. */
const PARTS = ["q", "collection", "vendor", "tag", "price_min", "price_max", "in_stock", "sort"] as const;
type Part = (typeof PARTS)[number];

/** Where the same search is with some parts changed or (undefined) left out; it starts at the first page again. */
export function searchAddress(url: URL, changes: { [part in Part]?: string | undefined } = {}): string {
  const query = new URLSearchParams();
  for (const part of PARTS) {
    const value = part in changes ? changes[part] : (url.searchParams.get(part) ?? undefined);
    if (value) query.set(part, value);
  }
  return query.size > 0 ? `/search?${query}` : "/search";
}

/** What narrows the search, besides its words and order. */
export const filterParts = ["collection", "vendor", "tag", "price_min", "price_max", "in_stock"] as const;

export const withoutFilters = (url: URL): string =>
  searchAddress(url, Object.fromEntries(filterParts.map((part) => [part, undefined])));

export const tagsOf = (url: URL): string[] => (url.searchParams.get("tag") ?? "").split(",").filter(Boolean);

/** The search with this tag when it has it not, and without it when it has. */
export function toggledTag(url: URL, tag: string): string {
  const tags = tagsOf(url);
  const toggled = tags.includes(tag) ? tags.filter((it) => it !== tag) : [...tags, tag];
  return searchAddress(url, { tag: toggled.join(",") });
}
