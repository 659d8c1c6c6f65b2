import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import { AMOUNT_MAX } from "../../../platform/money.ts";
import { handle } from "../catalog/contract/shapes.ts";
import { indexState, type SearchQuery, searchAnswer, suggestions, synonyms } from "./contract/shapes.ts";

const billing = { meter: "search_count", rateLimit: 100, quotaScope: "per-tenant", tier: "basic" } as const;
const upkeep = { meter: "search_upkeep", rateLimit: 5, quotaScope: "per-tenant", tier: "basic" } as const;

export const QUERY_CHARACTERS_MAX = 200;
export const HITS_MAX = 48;
export const HITS_DEFAULT = 24;
const SUGGESTIONS_MAX = 12;
export const TAGS_MAX = 10;

/** No control characters: NUL ends strings in SQLite. */
const text = z
  .string()
  .max(QUERY_CHARACTERS_MAX)
  .refine((value) => !/[\p{Cc}\p{Cs}]/u.test(value), "Control characters are not text.");
const amount = z.coerce.number().int().min(0).max(AMOUNT_MAX);
const words = z
  .string()
  .max(255)
  .refine((value) => !/\p{Cc}/u.test(value), "Control characters are not text.");

/** What a search asks for, in the address of the search page too. */
export const searchQuery = z.strictObject({
  q: text.optional().openapi({ description: "Left out or empty: everything." }),
  collection: handle.optional(),
  vendor: words.optional(),
  tag: z
    .string()
    .max(2_600)
    .refine((value) => value.split(",").length <= TAGS_MAX, `At most ${TAGS_MAX} tags.`)
    .optional()
    .openapi({ description: "Tags divided by commas; a product has all of them." }),
  price_min: amount.optional(),
  price_max: amount.optional(),
  in_stock: z.enum(["true", "false"]).optional(),
  sort: z.enum(["relevance", "newest", "price_asc", "price_desc"]).optional(),
  limit: z.coerce.number().int().min(1).max(HITS_MAX).optional(),
  cursor: z.string().max(512).optional(),
}) satisfies z.ZodType<SearchQuery>;

export const search = operation({
  id: "search",
  method: "get",
  path: "/search",
  summary: "Products that match a query, with facets",
  description:
    "All words must match, the last one may be a beginning. Where nothing does, misspelt words are corrected, then some of the words are enough; `way` says which it was. Where few products have all of many words, those that come near follow. Prices are in minor units. Facets count what each of their values would show.",
  who: "visitor",
  query: searchQuery,
  answer: { status: 200, shape: searchAnswer },
  refusals: { invalid_request: 422 },
  billing,
});

export const suggest = operation({
  id: "suggestSearches",
  method: "get",
  path: "/search/suggestions",
  summary:
    "What others looked for and products that begin so, for a query that is being typed; hot words for an empty one",
  who: "visitor",
  query: z.strictObject({
    q: text.optional(),
    limit: z.coerce.number().int().min(1).max(SUGGESTIONS_MAX).optional(),
  }),
  answer: { status: 200, shape: suggestions },
  refusals: {},
  billing: { ...billing, meter: "search_suggestions" },
});

export const readSynonyms = operation({
  id: "readSynonyms",
  method: "get",
  path: "/search/synonyms",
  summary: "Words that mean the same in this shop",
  who: "staff",
  scope: "search:read",
  answer: { status: 200, shape: synonyms },
  refusals: {},
  billing: upkeep,
});

export const writeSynonyms = operation({
  id: "writeSynonyms",
  method: "put",
  path: "/search/synonyms",
  summary: "Replace the groups of words that mean the same; searches know them at once",
  who: "staff",
  scope: "search:write",
  body: synonyms,
  example: {
    data: [
      ["lantern", "lamp", "灯笼"],
      ["cup", "mug"],
    ],
  },
  answer: { status: 200, shape: synonyms },
  refusals: { invalid_request: 422 },
  billing: upkeep,
});

export const rebuildIndex = operation({
  id: "rebuildSearchIndex",
  method: "post",
  path: "/search/rebuild",
  summary: "Read the whole catalogue into the index again; ask GET /search/rebuild how far it is",
  who: "staff",
  scope: "search:write",
  answer: { status: 202, shape: indexState },
  refusals: {},
  billing: upkeep,
});

export const readIndexState = operation({
  id: "readSearchIndex",
  method: "get",
  path: "/search/rebuild",
  summary: "How many products are in the index, how many changes wait, and how far the last rebuild is",
  who: "staff",
  scope: "search:read",
  answer: { status: 200, shape: indexState },
  refusals: {},
  billing: upkeep,
});
