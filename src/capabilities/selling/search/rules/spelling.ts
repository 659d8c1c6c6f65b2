/** Letters that may be wrong in a word of this many: none below 4, one below 8, two from there on. */
const ONE_FROM = 4;
const TWO_FROM = 8;

/** A word of the shop's own texts and how many products have it. */
export interface KnownWord {
  word: string;
  products: number;
  /** Which letters are in it, one bit each: most words differ in too many to be compared any further. */
  letters: number;
}

export const knownWord = (word: string, products: number): KnownWord => ({ word, products, letters: lettersOf(word) });

/** Only words of Latin letters are corrected: a wrong digit is another model, a wrong character another word. */
export const isCorrectable = (word: string): boolean => word.length >= ONE_FROM && /^[a-z]+$/.test(word);

/**
 * The word of the shop that was most likely meant: fewest changes, then same first letter, then most products. `isPrefix`: it may
 * go on after what was typed. Undefined when none is near.
 */
export function nearestWord(typed: string, known: Iterable<KnownWord>, isPrefix: boolean): string | undefined {
  const most = typed.length >= TWO_FROM ? 2 : 1;
  const letters = lettersOf(typed);
  let best: { word: string; cost: number; products: number } | undefined;
  for (const it of known) {
    const { word, products } = it;
    if (word.length < typed.length - most || (!isPrefix && word.length > typed.length + most)) continue;
    if (bits(letters & ~it.letters) > most || (!isPrefix && bits(it.letters & ~letters) > most)) continue;
    const changes = distance(typed, word, most, isPrefix);
    if (changes > most) continue;
    const cost = changes + (word[0] === typed[0] ? 0 : 0.5) + (word.length > typed.length + most ? 0.25 : 0);
    if (!best || cost < best.cost || (cost === best.cost && products > best.products)) best = { word, cost, products };
  }
  return best?.word;
}

/**
 * Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment), or to the nearest
 * beginning of `word`. Answers `most + 1` as soon as it is certain to be more than `most`.
 */
export function distance(typed: string, word: string, most: number, isPrefix: boolean): number {
  let before: number[] = [];
  let last = Array.from({ length: word.length + 1 }, (_, j) => j);
  for (let i = 1; i <= typed.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= word.length; j++) {
      const same = typed[i - 1] === word[j - 1];
      let cost = Math.min((last[j - 1] ?? 0) + (same ? 0 : 1), (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return isPrefix ? Math.min(...last) : (last[word.length] ?? 0);
}

function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) - 97);
  return letters;
}

/** How many bits are set. */
function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
