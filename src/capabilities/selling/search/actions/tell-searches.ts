import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { describe, log } from "../../../../platform/log.ts";
import type { SearchAnswer } from "../contract/shapes.ts";

/** Searches of this long are told in one event. */
const GATHER_MS = 1_000;
/** Different queries that one event names; more are counted without a name. */
const QUERIES_MAX = 200;
const QUERY_CHARACTERS_MAX = 60;
/** What looks like an address, a telephone number or a card is a person's and no trend. */
const PERSONAL = /@|\d{6,}|(?:\d[ -]?){8,}/;

interface Told {
  since: number;
  searches: number;
  without_hits: number;
  queries: Record<string, number>;
}

/** Searches that this isolate has answered and not told yet, by shop. */
const waiting = new Map<string, Told>();

/**
 * Tells of a search as `search.performed`, after the answer has gone out. The first search of a while takes the others with it, so
 * a thousand searches a second are one event: its `searches` is what the meter counts.
 */
export function tellSearch(ctx: Ctx, { query, total, way }: SearchAnswer): void {
  const told = waiting.get(ctx.tenant.id) ?? { since: ctx.now(), searches: 0, without_hits: 0, queries: {} };
  told.searches++;
  if (total === 0) told.without_hits++;
  if (way === "all" && isTrend(query, told.queries)) told.queries[query] = (told.queries[query] ?? 0) + 1;
  // A request that was to tell may have been cut off; the next one then tells for it.
  if (waiting.has(ctx.tenant.id) && ctx.now() - told.since < 5 * GATHER_MS) return;
  told.since = ctx.now();
  waiting.set(ctx.tenant.id, told);
  ctx.waitUntil(send(ctx));
}

/** How many searches an event tells of. */
export const searchesIn = (payload: Record<string, unknown>): number => Number(payload["searches"] ?? 0);

/** Only what the shop's own words answered: nobody can make the shop show other words. */
const isTrend = (query: string, known: Record<string, number>): boolean =>
  query.length > 1 &&
  query.length <= QUERY_CHARACTERS_MAX &&
  !PERSONAL.test(query) &&
  (Object.hasOwn(known, query) || Object.keys(known).length < QUERIES_MAX);

async function send(ctx: Ctx): Promise<void> {
  await scheduler.wait(GATHER_MS);
  const told = waiting.get(ctx.tenant.id);
  waiting.delete(ctx.tenant.id);
  if (!told) return;
  await commit(ctx, [], [{ type: "search.performed", payload: { ...told } }]).catch((error) =>
    log("warn", "searches_not_told", { tenant: ctx.tenant.id, searches: told.searches, error: describe(error) }),
  );
}
