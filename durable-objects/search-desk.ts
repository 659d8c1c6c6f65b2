import type { Found, Question, Sort, Way } from "../src/capabilities/selling/search/rules/answer.ts";
import {
  type Clause,
  endingsOf,
  readClauses,
  type Synonyms,
} from "../src/capabilities/selling/search/rules/clauses.ts";
import { openCard, type SealedCard } from "../src/capabilities/selling/search/rules/entry.ts";
import { sift } from "../src/capabilities/selling/search/rules/facets.ts";
import { isCorrectable, nearestWord } from "../src/capabilities/selling/search/rules/spelling.ts";
import { runsOf, wordOf } from "../src/capabilities/selling/search/rules/words.ts";
import type { Doc, Scored, SearchBook } from "./search-book.ts";

/** When only some words are found, products far worse than the best one are noise (`npm run search:quality` weighs these). */
const SOME_SHARE = 0.3;
/** A query of so many words that no more products have in full says more than shops write: what comes near follows. */
const LONG_CLAUSES = 4;
const FULL_MATCHES_FEW = 20;
const NEAR_SHARE = 0.5;
/** Nobody looks at more products that merely come near; counting facets over all of them is what costs. */
const NEAR_MAX = 500;
/** Queries whose products are remembered while the index stays as it is: the next page, another filter. */
const REMEMBERED_QUERIES = 32;
const REMEMBERED_PRODUCTS = 5_000;

interface Matched {
  way: Way;
  corrected: string | null;
  clauses: readonly Clause[];
  scored: Scored[];
}

/** Finds products for a query: all words, then corrected words, then some words. */
export class SearchDesk {
  private readonly remembered = new Map<string, Matched>();
  private rememberedVersion = 0;

  constructor(
    private readonly book: SearchBook,
    private readonly synonyms: () => Synonyms,
  ) {}

  answer({ query, filters, sort, offset, limit }: Question): Found {
    const { way, corrected, clauses, scored } = this.matched(query);
    const scores = new Map(scored.map(({ doc, score }) => [doc, score]));
    const { passed, facets } = sift([...scores.keys()], filters);
    const shown = passed.sort(order(sort, scores)).slice(offset, offset + limit);
    const cards = this.book.cards(shown.map((it) => it.id));
    return {
      way,
      corrected: corrected && this.asWritten(corrected, cards),
      total: passed.length,
      hits: cards.map((card, i) => ({ card, available: shown[i]?.available ?? 0 })),
      facets,
      phrases: clauses.flatMap((it) => it.phrases),
      prefixes: clauses.flatMap((it) => (it.isPrefix && it.phrases[0]?.[0] ? [it.phrases[0][0]] : [])),
      popular: [],
    };
  }

  /** Products for a query that is still being typed. */
  begun(query: string, limit: number): SealedCard[] {
    const { scored } = this.matched(query);
    const best = scored.toSorted((a, b) => b.score - a.score || b.doc.createdAt - a.doc.createdAt).slice(0, limit);
    return this.book.cards(best.map((it) => it.doc.id));
  }

  private matched(query: string): Matched {
    if (this.rememberedVersion !== this.book.version) this.remembered.clear();
    this.rememberedVersion = this.book.version;
    const known = this.remembered.get(query);
    if (known) return known;
    const matched = this.look(query);
    if (matched.scored.length > REMEMBERED_PRODUCTS) return matched;
    const [oldest] = this.remembered.keys();
    if (oldest !== undefined && this.remembered.size >= REMEMBERED_QUERIES) this.remembered.delete(oldest);
    this.remembered.set(query, matched);
    return matched;
  }

  private look(query: string): Matched {
    const clauses = readClauses(query, this.synonyms());
    if (clauses.length === 0) {
      if (query !== "") return { way: "some", corrected: null, clauses, scored: [] };
      const scored = Array.from(this.book.all(), (doc) => ({ doc, score: 0 }));
      return { way: "everything", corrected: null, clauses, scored };
    }
    const all = this.book.matchAll(clauses);
    if (all.length > 0) {
      const isOverspecified = clauses.length >= LONG_CLAUSES && all.length < FULL_MATCHES_FEW;
      return { way: "all", corrected: null, clauses, scored: isOverspecified ? this.withNear(all, clauses) : all };
    }
    const corrected = this.correct(clauses);
    if (corrected !== undefined) {
      const better = readClauses(corrected, this.synonyms());
      const scored = this.book.matchAll(better);
      if (scored.length > 0) return { way: "corrected", corrected, clauses: better, scored };
      // A word that was not found may be right all the same: where other words are found, guessing at it only misleads.
      const own = this.near(clauses, SOME_SHARE);
      if (own.length === 0) return { way: "some", corrected, clauses: better, scored: this.near(better, SOME_SHARE) };
      return { way: "some", corrected: null, clauses, scored: own };
    }
    return { way: "some", corrected: null, clauses, scored: this.near(clauses, SOME_SHARE) };
  }

  private withNear(all: readonly Scored[], clauses: readonly Clause[]): Scored[] {
    const near = this.near(clauses, NEAR_SHARE);
    const best = near.reduce((most, it) => Math.max(most, it.score), 0);
    const full = new Set(all.map((it) => it.doc));
    const first = all.map(({ doc, score }) => ({ doc, score: score + best }));
    return [...first, ...near.filter((it) => !full.has(it.doc))];
  }

  /** Products with any of the words whose score is at least this share of the best one's. */
  private near = (clauses: readonly Clause[], share: number): Scored[] => this.book.matchAny(clauses, share, NEAR_MAX);

  /** The query with each word that no product has replaced by what some product has. */
  private correct(clauses: readonly Clause[]): string | undefined {
    let isBetter = false;
    const words = clauses.map((clause) => {
      const meant = clause.phrases.length > 1 ? undefined : this.meant(clause);
      if (meant === undefined) return clause.text;
      isBetter = true;
      return meant;
    });
    return isBetter ? words.join(" ") : undefined;
  }

  /** What a word that no product has most likely means here: another spelling, or of Han characters the kind of thing it names. */
  private meant(clause: Clause): string | undefined {
    const [word = "", ...more] = clause.phrases[0] ?? [];
    const isLatin = more.length === 0 && isCorrectable(word);
    const endings = endingsOf(clause);
    if ((!isLatin && endings.length === 0) || this.book.isFound(clause)) return undefined;
    return isLatin
      ? nearestWord(word, this.book.knownWords(), clause.isPrefix)
      : endings.find((it) => readClauses(it).every(this.book.isFound));
  }

  /** Words of the index have no plural and no accents; a title among the hits shows how the shop writes them. */
  private asWritten(query: string, cards: readonly SealedCard[]): string {
    const written = new Map<string, string>();
    for (const { title, vendor, type } of cards.map(openCard))
      for (const run of runsOf(`${title} ${type} ${vendor}`)) {
        const word = wordOf(run.text);
        if (!written.has(word)) written.set(word, run.text.toLowerCase());
      }
    return query
      .split(" ")
      .map((word) => written.get(word) ?? word)
      .join(" ");
  }
}

function order(sort: Sort, scores: ReadonlyMap<Doc, number>): (a: Doc, b: Doc) => number {
  const newest = (a: Doc, b: Doc) => b.createdAt - a.createdAt || b.id - a.id;
  switch (sort) {
    case "newest":
      return newest;
    case "price_asc":
      return (a, b) => a.priceMin - b.priceMin || newest(a, b);
    case "price_desc":
      return (a, b) => b.priceMax - a.priceMax || newest(a, b);
    case "relevance":
      return (a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || newest(a, b);
  }
}
