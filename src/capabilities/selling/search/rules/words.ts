import { stemmer } from "stemmer";

/** Words of one text that are looked at; a description can be a book. */
const WORDS_MAX = 4_000;

/** A run of Han characters or kana, or a word of any other script with its inner dots (7.0) and apostrophes. */
const HAN = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー`;
const LETTER = String.raw`(?:(?![${HAN}])[\p{L}\p{N}\p{M}])`;
const RUN = new RegExp(`[${HAN}]+|${LETTER}+(?:[.'’]${LETTER}+)*`, "gu");
const IS_HAN = new RegExp(`^[${HAN}]`, "u");
/** The same for text of plain ASCII, which is most of it and ten times as fast to read. */
const PLAIN_RUN = /[a-z0-9]+(?:[.'][a-z0-9]+)*/gi;

export interface Run {
  /** As written. */
  text: string;
  /** Where it starts in the text. */
  at: number;
  isHan: boolean;
}

/** The runs of a text that search looks at, in order; everything between them is lost on it. */
export function* runsOf(text: string): Generator<Run> {
  let count = 0;
  const plain = isPlain(text);
  for (const match of text.matchAll(plain ? PLAIN_RUN : RUN)) {
    if (count++ >= WORDS_MAX) return;
    yield { text: match[0], at: match.index, isHan: !plain && IS_HAN.test(match[0]) };
  }
}

/** One spelling for all: compatibility forms (full width, ligatures) unified, lower case, no accents. */
export const fold = (text: string): string =>
  isPlain(text)
    ? text.toLowerCase()
    : text
        .normalize("NFKD")
        .replace(/\p{M}+/gu, "")
        .toLowerCase()
        .normalize("NFC");

/** ASCII only. */
export const isPlain = (text: string): boolean => !/[^\t\n\r\x20-\x7e]/.test(text);

/**
 * The words that stand in the index for a text. Han text goes in as single characters: which of them make a word is decided when
 * somebody searches, so a text that was cut otherwise than the query is still found. `xps13` also goes in as `xps` and `13`.
 */
export function wordsToStore(text: string): string[] {
  const words: string[] = [];
  for (const run of runsOf(text)) {
    if (run.isHan) words.push(...fold(run.text));
    else {
      const word = wordOf(run.text);
      words.push(word, ...partsOf(word));
    }
  }
  return words;
}

/** A run of another script than Han as its one word: folded, in the singular, `7.0` as `7`, `women's` as `women`. */
export function wordOf(text: string): string {
  const folded = fold(text)
    .replace(/['’]s?$/, "")
    .replaceAll(/['’]/g, "");
  if (/^\d+(\.\d+)+$/.test(folded)) return folded.replace(/(\.0)+$/, "").replaceAll(".", "_");
  return singular(folded.replaceAll(".", ""));
}

/** `xps13` as `xps` and `13`; nothing for a word without a seam between letters and digits. */
export function partsOf(word: string): string[] {
  if (word.length < 3 || word.includes("_")) return [];
  const parts = word.match(/\d+|[^\d]+/g) ?? [];
  return parts.length > 1 && parts.length <= 3 ? parts : [];
}

/** Shorter words have no ending to lose. */
const STEMMED_LETTERS_MIN = 4;

/** The stem of an English word in the singular (M. Porter, 1980): `seating` as `seat`. Undefined when it is the word itself. */
export function stemOf(word: string): string | undefined {
  if (word.length < STEMMED_LETTERS_MIN || !/^[a-z]+$/.test(word)) return undefined;
  const stem = stemmer(word);
  return stem === word ? undefined : stem;
}

/** English plurals (the rules of D. Harman, "How effective is suffixing?", 1991, with -es after sibilants). */
export function singular(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  if (!word.endsWith("s")) return asY(word);
  if (/(ss|us|is)$/.test(word)) return word;
  if (/(ch|sh|x|ss|zz)es$/.test(word)) return word.slice(0, -2);
  return asY(word.slice(0, -1));
}

/** `battery` and `batteries`, `movie` and `movies` meet in one spelling. */
const asY = (word: string): string => (word.length > 3 && word.endsWith("ie") ? `${word.slice(0, -2)}y` : word);
