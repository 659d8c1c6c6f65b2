import { z } from "@hono/zod-openapi";
import { money } from "../../../../platform/money.ts";
import { image, locale } from "../../catalog/contract/shapes.ts";

const GROUPS_MAX = 500;
const TERMS_MAX = 20;
const TERM_CHARACTERS_MAX = 60;

/** The query parameters of a search, as they stand in the address of the search page too. */
export interface SearchQuery {
  q?: string | undefined;
  collection?: string | undefined;
  vendor?: string | undefined;
  tag?: string | undefined;
  price_min?: number | undefined;
  price_max?: number | undefined;
  in_stock?: "true" | "false" | undefined;
  sort?: "relevance" | "newest" | "price_asc" | "price_desc" | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

const pieces = z
  .array(z.object({ text: z.string(), is_match: z.boolean() }))
  .openapi("HighlightedText", { description: "The text in pieces; those that match are for the caller to mark." });

export const hit = z
  .object({
    id: z.string(),
    handle: z.string(),
    title: z.string(),
    vendor: z.string(),
    type: z.string(),
    tags: z.array(z.string()),
    image: z.union([image, z.null()]),
    price_range: z.object({ min: money, max: money }),
    compare_at_price: money.nullable(),
    translations: z.partialRecord(locale, z.object({ title: z.string().optional(), type: z.string().optional() })),
    stock: z.object({ state: z.enum(["in_stock", "few", "sold_out"]), left: z.int().nullable() }),
    highlights: z.object({ title: pieces, text: pieces.nullable() }),
  })
  .openapi("SearchHit");
export type Hit = z.infer<typeof hit>;

const counted = z.array(z.object({ value: z.string(), title: z.string(), count: z.int() }));

export const searchAnswer = z
  .object({
    query: z.string(),
    way: z.enum(["all", "corrected", "some", "everything"]),
    did_you_mean: z.string().nullable(),
    total: z.int(),
    data: z.array(hit),
    next_cursor: z.string().nullable(),
    facets: z.object({
      collections: counted,
      vendors: counted,
      tags: counted,
      prices: z.array(z.object({ min: money, max: money.nullable(), count: z.int() })),
      availability: z.object({ in_stock: z.int(), sold_out: z.int() }),
    }),
    popular: z.array(z.string()).describe("What others looked for; only when nothing was found."),
  })
  .openapi("SearchAnswer");
export type SearchAnswer = z.infer<typeof searchAnswer>;

export const suggestions = z
  .object({
    queries: z.array(z.string()),
    products: z.array(
      z.object({
        handle: z.string(),
        title: z.string(),
        highlights: pieces,
        price: money,
        image: z.union([image, z.null()]),
      }),
    ),
  })
  .openapi("SearchSuggestions");
export type Suggestions = z.infer<typeof suggestions>;

const term = z
  .string()
  .max(TERM_CHARACTERS_MAX)
  .refine((value) => !/\p{Cc}/u.test(value) && /[\p{L}\p{N}]/u.test(value), "Expected a word or several.");

export const synonyms = z
  .strictObject({
    data: z
      .array(z.array(term).min(2).max(TERMS_MAX))
      .max(GROUPS_MAX)
      .openapi({
        description: "Groups of terms that mean the same, in any language.",
        example: [["sofa", "couch", "沙发"]],
      }),
  })
  .openapi("Synonyms");

const rebuild = z.object({
  id: z.string(),
  status: z.enum(["running", "done"]),
  products: z.int(),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
});

export const indexState = z
  .object({ products: z.int(), waiting: z.int(), rebuild: rebuild.nullable() })
  .openapi("SearchIndexState");
