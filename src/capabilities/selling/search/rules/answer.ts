import type { SealedCard } from "./entry.ts";
import type { Facets, Filters } from "./facets.ts";

export type Sort = "relevance" | "newest" | "price_asc" | "price_desc";

/** What the shop's index is asked. */
export interface Question {
  /** Normalised text; empty: everything. */
  query: string;
  filters: Filters;
  sort: Sort;
  offset: number;
  limit: number;
}

/** How the products were found: all words of the query; a corrected query; some of the words; no query at all. */
export type Way = "all" | "corrected" | "some" | "everything";

/** What the shop's index answers. */
export interface Found {
  way: Way;
  /** The query that was looked for, when it is not the one that was asked. */
  corrected: string | null;
  total: number;
  hits: { card: SealedCard; available: number }[];
  facets: Facets;
  /** For marking matches: phrases as they stand in the index, and beginnings of words. */
  phrases: string[][];
  prefixes: string[];
  /** Only when nothing was found. */
  popular: string[];
}

export type RebuildState = {
  id: string;
  status: "running" | "done";
  products: number;
  started_at: string;
  finished_at: string | null;
};

export interface IndexState {
  products: number;
  /** Changes that are known of but not in the index yet. */
  waiting: number;
  rebuild: RebuildState | null;
}
