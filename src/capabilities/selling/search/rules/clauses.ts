import { fold, partsOf, runsOf, stemOf, wordOf } from "./words.ts";

/** Words of a query that are looked for; what comes after them is left out. */
const CLAUSES_MAX = 16;
/** Shorter beginnings of a word would match half of the shop. */
const PREFIX_CHARACTERS_MIN = 2;
/** The longest term of a synonym group, in clauses. */
const TERM_CLAUSES_MAX = 5;

/** Words that say nothing about a product, unless the query has no others. */
const SAY_NOTHING = new Set("a an and at by for from in of on or the to with 的 了 和 与 及 在 是".split(" "));

/** One thing that a product must have: any of these phrases, each a sequence of words as they stand in the index. */
export interface Clause {
  /** What was typed. */
  text: string;
  phrases: string[][];
  /** The last word of the query may be the beginning of one. */
  isPrefix: boolean;
}

/** Terms that mean the same, each as the words that stand in the index. */
export type Synonyms = readonly (readonly string[])[][];

/** What a query asks for. Han runs are cut into words by the runtime's dictionary (UAX 29 with ICU). */
export function readClauses(query: string, synonyms: Synonyms = []): Clause[] {
  const clauses: Clause[] = [];
  for (const run of runsOf(query)) {
    if (run.isHan)
      for (const text of cut(run.text)) clauses.push({ text, phrases: [[...fold(text)]], isPrefix: false });
    else clauses.push({ text: run.text, phrases: spellings(run.text), isPrefix: false });
    if (clauses.length >= CLAUSES_MAX) break;
  }
  const telling = clauses.filter((it) => !SAY_NOTHING.has(fold(it.text)));
  const kept = telling.length > 0 ? telling : clauses;
  const last = kept.at(-1);
  const word = last?.phrases[0]?.[0] ?? "";
  if (last && query.endsWith(last.text) && word.length >= PREFIX_CHARACTERS_MIN && !isHan(word)) last.isPrefix = true;
  return withSynonyms(kept.slice(0, CLAUSES_MAX), synonyms);
}

/** The ends of a word of Han characters, longest first: what kind of thing it is stands last, so a 茶壶 is a 壶. */
export function endingsOf({ phrases: [characters = []] }: Clause): string[] {
  if (characters.length < 2 || !characters.every(isHan)) return [];
  const endings = characters.slice(1).map((_, i) => characters.slice(i + 1).join(""));
  return endings.filter((it) => !SAY_NOTHING.has(it));
}

/** A term of a synonym group as the words that stand in the index. */
export const wordsOfTerm = (term: string): string[] => readClauses(term).flatMap((it) => it.phrases[0] ?? []);

const isHan = (word: string): boolean => [...runsOf(word)].some((it) => it.isHan);

const cutter = new Intl.Segmenter("zh", { granularity: "word" });
const cut = (run: string): string[] => Array.from(cutter.segment(run), (it) => it.segment);

function spellings(text: string): string[][] {
  const word = wordOf(text);
  const parts = partsOf(word);
  return parts.length > 0 ? [[word], parts] : [[word]];
}

/** Where the query says a term of a group, in one clause or several, that place may say any other term of it. */
function withSynonyms(clauses: readonly Clause[], groups: Synonyms): Clause[] {
  if (groups.length === 0) return [...clauses];
  const groupOf = new Map(groups.flatMap((group) => group.map((term) => [term.join(" "), group] as const)));
  const widened: Clause[] = [];
  for (let i = 0; i < clauses.length; ) {
    const { group, length } = longestTerm(clauses, i, groupOf);
    const said = clauses.slice(i, i + length);
    const [first] = said;
    if (!first) break;
    i += length;
    if (!group) widened.push(first);
    else {
      const own = said.flatMap((it) => it.phrases[0] ?? []);
      const others = group.filter((term) => term.join(" ") !== own.join(" ")).map((term) => [...term]);
      const text = said.map((it) => it.text).join(" ");
      const phrases = length === 1 ? [...first.phrases, ...others] : [own, ...others];
      widened.push({ text, phrases, isPrefix: said.at(-1)?.isPrefix ?? false });
    }
  }
  return widened;
}

function longestTerm(clauses: readonly Clause[], at: number, groupOf: ReadonlyMap<string, Synonyms[number]>) {
  for (let length = TERM_CLAUSES_MAX; length > 0; length--) {
    const said = clauses.slice(at, at + length);
    if (said.length < length) continue;
    const group = groupOf.get(said.flatMap((it) => it.phrases[0] ?? []).join(" "));
    if (group) return { group, length };
  }
  return { group: undefined, length: 1 };
}

/**
 * A clause as phrases in the language of FTS5 (sqlite.org/fts5.html, section 3), any of which is enough. Words hold letters, digits
 * and `_` only and are quoted, so no text of a caller is ever an operator. The beginning of a word counts only where all words are
 * asked for (measured, see bench/search-quality.mjs).
 */
export function alternatives({ phrases, isPrefix }: Clause, mayBeBegun: boolean): string[] {
  const quoted = phrases.map(quote);
  const begun = isPrefix && mayBeBegun && phrases[0] ? [`${quote(phrases[0])}*`] : [];
  const word = phrases[0]?.length === 1 ? phrases[0][0] : undefined;
  const stem = word === undefined ? undefined : stemOf(word);
  return [...new Set([...quoted, ...(stem ? [quote([stem])] : []), ...begun])];
}

/** The whole query as one phrase: it finds nothing more, but whoever has it ranks first. Undefined for a single clause. */
export const wholePhrase = (clauses: readonly Clause[]): string | undefined =>
  clauses.length < 2 ? undefined : quote(clauses.flatMap((it) => it.phrases[0] ?? []));

const quote = (words: readonly string[]): string => `"${words.join(" ")}"`;
