import type { Ctx } from "../../../platform/context.ts";
import { Memory } from "../../../platform/memory.ts";
import { OFFSET_MAX, readCursor, writeCursor } from "../../../platform/offset-cursor.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { listCollections } from "../catalog/actions.ts";
import { askIndex } from "./actions/ask-index.ts";
import { asAnswer, cardSuggestion } from "./actions/on-wire.ts";
import { tellSearch } from "./actions/tell-searches.ts";
import type { SearchAnswer, SearchQuery, Suggestions } from "./contract/shapes.ts";
import { HITS_DEFAULT } from "./contract.ts";
import type { Question } from "./rules/answer.ts";
import { readClauses } from "./rules/clauses.ts";
import { soughtIn } from "./rules/highlight.ts";
import { fold } from "./rules/words.ts";

/** Whoever asks the same within this time gets the same answer from this isolate. */
const ANSWER_LIFE_MS = 2_000;
const ANSWERS_MAX = 300;
const SUGGESTIONS_DEFAULT = 8;

const remembered = new Memory<SearchAnswer>(ANSWER_LIFE_MS, ANSWERS_MAX);
const suggested = new Memory<Suggestions>(ANSWER_LIFE_MS, ANSWERS_MAX);

/** One spelling for the same query: folded, with single blanks. */
const normalised = (q: string): string => fold(q).replace(/\s+/g, " ").trim();

export async function search(ctx: Ctx, input: SearchQuery): Promise<Result<SearchAnswer, "invalid_request">> {
  if ((input.price_min ?? 0) > (input.price_max ?? Number.POSITIVE_INFINITY)) return emptyRange;
  const question = asQuestion(input);
  const { offset: _, limit: __, ...list } = question;
  const scope = JSON.stringify([ctx.tenant.id, list]);
  const offset = input.cursor === undefined ? 0 : readCursor(scope, input.cursor);
  if (offset === undefined) return foreignCursor;
  const key = JSON.stringify([scope, offset, question.limit]);
  const known = remembered.get(key);
  const answer = known ?? remembered.set(key, await ask(ctx, { ...question, offset }, scope));
  if (offset === 0) tellSearch(ctx, answer);
  return ok(answer);
}

async function ask(ctx: Ctx, question: Question, scope: string): Promise<SearchAnswer> {
  const [found, collections] = await Promise.all([
    askIndex(ctx, async (index) => await index.search(question)),
    listCollections(ctx, {}),
  ]);
  const end = question.offset + found.hits.length;
  const hasMore = end < found.total && end <= OFFSET_MAX;
  const next = hasMore ? writeCursor(scope, end) : null;
  return asAnswer(ctx, question.query, found, { next, collections: collections.ok ? collections.value.data : [] });
}

const asQuestion = (input: SearchQuery): Question => ({
  query: normalised(input.q ?? ""),
  filters: {
    collection: input.collection,
    vendor: input.vendor,
    tags: input.tag === undefined ? undefined : input.tag.split(",").map((tag) => tag.trim()),
    priceMin: input.price_min,
    priceMax: input.price_max,
    inStock: input.in_stock === undefined ? undefined : input.in_stock === "true",
  },
  sort: input.sort ?? "relevance",
  offset: 0,
  limit: input.limit ?? HITS_DEFAULT,
});

const emptyRange = refused("invalid_request", "price_max: Below price_min.", {
  errors: [{ field: "price_max", code: "empty_range", detail: "Below price_min." }],
});

const foreignCursor = refused("invalid_request", "cursor: Not a cursor of this list.", {
  errors: [{ field: "cursor", code: "invalid_cursor", detail: "Not a cursor of this list." }],
});

export async function suggest(
  ctx: Ctx,
  { q = "", limit = SUGGESTIONS_DEFAULT }: { q?: string; limit?: number },
): Promise<Result<Suggestions>> {
  const query = normalised(q);
  const key = JSON.stringify([ctx.tenant.id, query, limit]);
  const known = suggested.get(key);
  if (known) return ok(known);
  const { queries, products } = await askIndex(ctx, async (index) => await index.suggest(query, limit));
  const clauses = readClauses(query);
  const sought = soughtIn(
    clauses.flatMap((it) => it.phrases),
    clauses.flatMap((it) => (it.isPrefix && it.phrases[0]?.[0] ? [it.phrases[0][0]] : [])),
  );
  return ok(suggested.set(key, { queries, products: products.map((card) => cardSuggestion(card, sought)) }));
}
