import { fold, isPlain, partsOf, runsOf, stemOf, wordOf } from "./words.ts";

/** Characters of an excerpt, and of what stands before its first match. */
const EXCERPT_CHARACTERS = 160;
const LEAD_CHARACTERS = 40;

/** A piece of a text and whether the query asked for it: for a page or a program to mark as it likes. */
export interface Piece {
  text: string;
  is_match: boolean;
}

/** What counts as a match: words as in the index, also of another ending, beginnings of words, and runs of Han characters. */
export interface Sought {
  words: ReadonlySet<string>;
  prefixes: readonly string[];
  han: readonly string[];
  /** Finds in plain text the words that may be meant: a long text is mostly others, which are passed over by this alone. */
  candidates: RegExp;
}

/** The words of a match as the index has them. */
export function soughtIn(phrases: readonly (readonly string[])[], prefixes: readonly string[]): Sought {
  const words = new Set<string>();
  const han: string[] = [];
  for (const phrase of phrases) {
    const isHan = [...runsOf(phrase[0] ?? "")].some((it) => it.isHan);
    if (isHan) han.push(phrase.join(""));
    else for (const word of phrase) words.add(word).add(phrase.length === 1 ? (stemOf(word) ?? word) : word);
  }
  return { words, prefixes, han, candidates: candidatesFor([...words, ...prefixes]) };
}

/** Words that begin as one of these does, whatever their ending; and those with digits, as parts of them count too. */
function candidatesFor(words: readonly string[]): RegExp {
  if (words.length === 0) return NONE;
  const starts = words.flatMap((it) => (/^[a-z]/.test(it) ? [[...it.slice(0, ENDING_AFTER)].join("[.']?")] : []));
  return new RegExp(`\\b(?:${[...new Set(starts), "[a-z.']*\\d"].join("|")})[a-z0-9]*(?:[.'][a-z0-9]+)*`, "gi");
}

const NONE = /(?!)/g;
/** No ending of a word reaches into its first two letters. */
const ENDING_AFTER = 2;

/** The whole text in pieces; pieces of a kind that touch are one. */
export function highlight(text: string, sought: Sought): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const [from, to] of matchesIn(text, sought)) {
    if (from > done) pieces.push({ text: text.slice(done, from), is_match: false });
    const last = pieces.at(-1);
    if (last?.is_match) last.text += text.slice(from, to);
    else pieces.push({ text: text.slice(from, to), is_match: true });
    done = to;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), is_match: false });
  return pieces;
}

/** The part of a long text around its first match; null when there is none. */
export function excerpt(text: string, sought: Sought): Piece[] | null {
  const first = matchesIn(text, sought).next();
  if (first.done) return null;
  const start = first.value[0] <= LEAD_CHARACTERS ? 0 : wordStart(text, first.value[0] - LEAD_CHARACTERS);
  const part = text.slice(start, start + EXCERPT_CHARACTERS).trim();
  const isCut = start + EXCERPT_CHARACTERS < text.length;
  return highlight(`${start > 0 ? "… " : ""}${part}${isCut ? "…" : ""}`, sought);
}

const wordStart = (text: string, from: number): number => {
  const blank = text.indexOf(" ", from);
  return blank > 0 && blank - from < LEAD_CHARACTERS ? blank + 1 : from;
};

function* matchesIn(text: string, sought: Sought): Generator<[from: number, to: number]> {
  if (isPlain(text)) {
    for (const { 0: word, index } of text.matchAll(sought.candidates))
      if (!isInside(text, index) && isSought(wordOf(word), sought)) yield [index, index + word.length];
    return;
  }
  for (const run of runsOf(text)) {
    if (run.isHan) yield* hanMatches(run, sought.han);
    else if (isSought(wordOf(run.text), sought)) yield [run.at, run.at + run.text.length];
  }
}

/** The `neill` of `o'neill` is no word. */
const isInside = (text: string, at: number): boolean =>
  /[.']/.test(text.charAt(at - 1)) && /[a-z0-9]/i.test(text.charAt(at - 2));

function isSought(word: string, { words, prefixes }: Sought): boolean {
  if (words.has(word) || words.has(stemOf(word) ?? word)) return true;
  return prefixes.some((it) => word.startsWith(it)) || partsOf(word).some((part) => words.has(part));
}

function* hanMatches(run: { text: string; at: number }, han: readonly string[]): Generator<[number, number]> {
  const text = fold(run.text);
  if (text.length !== run.text.length) return;
  for (let i = 0; i < text.length; ) {
    const found = han.reduce((most, it) => (text.startsWith(it, i) ? Math.max(most, it.length) : most), 0);
    if (found > 0) yield [run.at + i, run.at + i + found];
    i += Math.max(found, 1);
  }
}
