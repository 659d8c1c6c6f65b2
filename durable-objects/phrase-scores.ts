import { alternatives, type Clause, wholePhrase } from "../src/capabilities/selling/search/rules/clauses.ts";
import { inAll, inAny, type Scores, withMore } from "../src/capabilities/selling/search/rules/scores.ts";

/**
 * What a match in each column weighs: title, labels (vendor, type, tags, options, SKUs), description, stems of title and labels.
 * bm25 takes a weight as so many repetitions, which soon say nothing more: with ten times as much one common word in a title
 * outweighs two rare ones. What a product is stands in its title or its type, so both count alike (measured, as all of these, by
 * `npm run search:quality`).
 */
const RANK = "bm25(1.0, 1.0, 0.3, 0.3)";
/** What is kept: phrases, and the products in all of them together, at 8 bytes each. */
const PHRASES_MAX = 10_000;
const PRODUCTS_MAX = 1_000_000;
/** With more changed products than this, looking for the phrases that they touch takes longer than asking for those anew. */
const CHANGES_MAX = 16;

interface Kept extends Scores {
  words: readonly string[];
  isPrefix: boolean;
}

/**
 * What FTS5 says of single phrases, remembered. bm25 is a sum over phrases, so any query's scores are those of its phrases added
 * up; FTS5 itself walks through every product of every word of a query twice, once to count and once to match. A changed product
 * makes its own phrases be asked for again; how rare the others are moves by that one product.
 */
export class PhraseScores {
  private readonly kept = new Map<string, Kept>();
  private products = 0;
  private readonly changes = new Map<number, string>();

  constructor(private readonly sql: SqlStorage) {}

  /** Products that have all clauses, or any of them, with their scores: what FTS5 would answer to `all` and `any` of the clauses. */
  match(clauses: readonly Clause[], wanted: "all" | "any"): Scores {
    const each = clauses.map((it) => inAny(alternatives(it, wanted === "all").map(this.of)));
    const found = wanted === "all" ? inAll(each) : inAny(each);
    const whole = wholePhrase(clauses);
    return whole === undefined || found.ids.length < 2 ? found : withMore(found, this.of(whole));
  }

  /** The words of a product are these now; none when it is gone. */
  changed(id: number, words: string): void {
    if (this.changes.size <= CHANGES_MAX) this.changes.set(id, `${this.changes.get(id) ?? ""} ${words}`);
  }

  private of = (phrase: string): Scores => {
    this.forgetChanged();
    const known = this.kept.get(phrase);
    if (known) this.kept.delete(phrase);
    else this.makeRoom();
    const scores = known ?? this.read(phrase);
    if (!known) this.products += scores.ids.length;
    this.kept.set(phrase, scores);
    return scores;
  };

  private read(phrase: string): Kept {
    const rows = [
      ...this.sql
        .exec("SELECT rowid, -rank FROM txt WHERE txt MATCH ? AND rank MATCH ? ORDER BY rowid", phrase, RANK)
        .raw<[number, number]>(),
    ];
    return {
      ids: Uint32Array.from(rows, ([id]) => id),
      scores: Float32Array.from(rows, ([, score]) => score),
      words: phrase.replaceAll(/["*]/g, "").split(" "),
      isPrefix: phrase.endsWith("*"),
    };
  }

  /** Those that were not asked for the longest go first. */
  private makeRoom(): void {
    for (const [phrase, { ids }] of this.kept) {
      if (this.kept.size < PHRASES_MAX && this.products < PRODUCTS_MAX) return;
      this.forget(phrase, ids);
    }
  }

  private forgetChanged(): void {
    if (this.changes.size === 0) return;
    const isMuch = this.changes.size > CHANGES_MAX;
    const changed = Array.from(this.changes, ([id, text]) => ({ id, words: new Set(text.split(" ")) }));
    for (const [phrase, kept] of this.kept)
      if (isMuch || changed.some((it) => had(kept, it.id) || mayHave(kept, it.words))) this.forget(phrase, kept.ids);
    this.changes.clear();
  }

  private forget(phrase: string, { length }: Uint32Array): void {
    this.kept.delete(phrase);
    this.products -= length;
  }
}

function had({ ids }: Scores, id: number): boolean {
  let [from, to] = [0, ids.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ids[middle] ?? 0) < id) from = middle + 1;
    else to = middle;
  }
  return ids[from] === id;
}

const mayHave = ({ words, isPrefix }: Kept, has: ReadonlySet<string>): boolean =>
  isPrefix ? has.values().some((it) => it.startsWith(words.at(-1) ?? "")) : words.every((it) => has.has(it));
