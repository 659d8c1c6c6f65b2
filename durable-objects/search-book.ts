import type { Clause } from "../src/capabilities/selling/search/rules/clauses.ts";
import type { Entry, SealedCard } from "../src/capabilities/selling/search/rules/entry.ts";
import type { Shelved } from "../src/capabilities/selling/search/rules/facets.ts";
import { bestOf } from "../src/capabilities/selling/search/rules/scores.ts";
import { type KnownWord, knownWord } from "../src/capabilities/selling/search/rules/spelling.ts";
import { PhraseScores } from "./phrase-scores.ts";

/** A product as the object keeps it in memory: what filters, facets and sorting look at. */
export interface Doc extends Shelved {
  id: number;
  handle: string;
  skus: readonly string[];
}

/** Units of a SKU that can be sold, as its counter said them at that version. */
export interface Available {
  available: number;
  version: number;
}

export interface Scored {
  doc: Doc;
  /** Positive, higher is better. */
  score: number;
}

/**
 * The index of one shop: an FTS5 table that holds words but no texts, a card for each product, and what filters and facets need in
 * memory. Whoever writes runs it inside a transaction of the object.
 */
export class SearchBook {
  private readonly docs = new Map<number, Doc>();
  private readonly byHandle = new Map<string, Doc>();
  private readonly bySku = new Map<string, Doc>();
  private readonly levels = new Map<string, Available>();
  private words: Map<string, KnownWord> | undefined;
  private lastId = 0;
  private readonly phrases: PhraseScores;
  /** Grows with every change, so that what was found before can be told from what would be found now. */
  version = 1;

  /** Whether the tables were made by an older version of this code and therefore are empty now. */
  readonly isAnew: boolean;

  constructor(private readonly sql: SqlStorage) {
    this.isAnew = this.dropOldTables();
    this.phrases = new PhraseScores(sql);
    // Han runs are stored character by character; `_` stands for the dot in numbers.
    sql.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS txt USING fts5(title, labels, body, stems, content='', contentless_delete=1,
      prefix='2', tokenize="ascii tokenchars '_'")`);
    sql.exec("CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab(txt, 'col')");
    sql.exec(`CREATE TABLE IF NOT EXISTS docs (id INTEGER PRIMARY KEY, handle TEXT NOT NULL UNIQUE, facts TEXT NOT NULL,
      card TEXT NOT NULL, generation INTEGER NOT NULL)`);
    sql.exec(`CREATE TABLE IF NOT EXISTS stock (sku TEXT PRIMARY KEY, available INTEGER NOT NULL, version INTEGER NOT NULL)
      WITHOUT ROWID`);
    for (const { sku, ...level } of sql.exec<{ sku: string; available: number; version: number }>(
      "SELECT * FROM stock",
    ))
      this.levels.set(sku, level);
    const rows = sql.exec<{ id: number; handle: string; facts: string }>("SELECT id, handle, facts FROM docs");
    for (const { id, handle, facts } of rows) this.hold({ ...JSON.parse(facts), id, handle });
  }

  get size(): number {
    return this.docs.size;
  }

  all = (): Iterable<Doc> => this.docs.values();

  /** Inserts or replaces a product; `levels` are what is known of its SKUs. */
  put({ handle, words, shelved, skus, card }: Entry, levels: ReadonlyMap<string, Available>, generation: number): void {
    const old = this.byHandle.get(handle);
    if (old) this.release(old);
    for (const sku of skus) this.keepLevel(sku, newest(levels.get(sku), this.levels.get(sku)));
    const id = old?.id ?? Math.max(this.lastId, 0) + 1;
    const { title, labels, body, stems } = words;
    this.sql.exec(
      "INSERT OR REPLACE INTO txt (rowid, title, labels, body, stems) VALUES (?, ?, ?, ?, ?)",
      ...[id, title, labels, body, stems],
    );
    this.sql.exec(
      "INSERT OR REPLACE INTO docs (id, handle, facts, card, generation) VALUES (?, ?, ?, ?, ?)",
      ...[id, handle, JSON.stringify({ ...shelved, skus }), JSON.stringify(card), generation],
    );
    this.phrases.changed(id, `${title} ${labels} ${body} ${stems}`);
    this.hold({ ...shelved, skus, id, handle, available: 0 });
    this.learn(`${title} ${labels}`);
    this.version++;
  }

  remove(handle: string): void {
    const doc = this.byHandle.get(handle);
    if (!doc) return;
    this.release(doc);
    this.sql.exec("DELETE FROM txt WHERE rowid = ?", doc.id);
    this.sql.exec("DELETE FROM docs WHERE id = ?", doc.id);
    for (const sku of doc.skus) this.forgetLevel(sku);
    this.phrases.changed(doc.id, "");
    this.version++;
  }

  /** Handles that no rebuild since this one has seen. */
  olderThan = (generation: number): string[] =>
    this.sql
      .exec<{ handle: string }>("SELECT handle FROM docs WHERE generation < ?", generation)
      .toArray()
      .map((row) => row.handle);

  /** Says which products a collection holds now. */
  fillCollection(collection: string, handles: ReadonlySet<string>): void {
    for (const doc of this.docs.values()) {
      const isIn = doc.collections.includes(collection);
      if (isIn === handles.has(doc.handle)) continue;
      doc.collections = isIn ? doc.collections.filter((it) => it !== collection) : [...doc.collections, collection];
      const { id, handle: _, available: __, ...facts } = doc;
      this.sql.exec("UPDATE docs SET facts = ? WHERE id = ?", JSON.stringify(facts), id);
      this.version++;
    }
  }

  /** Takes over what is newer; SKUs of no product here are nobody's. */
  setLevels(changes: readonly ({ sku: string } & Available)[]): void {
    for (const { sku, available, version } of changes)
      if (version > (this.levels.get(sku)?.version ?? 0)) this.setLevel(sku, { available, version });
  }

  /** What is known of these SKUs; those of no product here are missing. */
  levelsOf = (skus: readonly string[]): ({ sku: string } & Available)[] =>
    skus.flatMap((sku) => (this.bySku.has(sku) ? [{ sku, ...(this.levels.get(sku) ?? UNKNOWN) }] : []));

  /** Puts a wrong level right if it is still what was `seen`. */
  repairLevel(sku: string, seen: Available, level: Available): void {
    const { available, version } = this.levels.get(sku) ?? UNKNOWN;
    if (available === seen.available && version === seen.version) this.setLevel(sku, level);
  }

  private setLevel(sku: string, level: Available): void {
    const doc = this.bySku.get(sku);
    if (!doc) return;
    const gained = level.available - (this.levels.get(sku)?.available ?? 0);
    this.keepLevel(sku, level);
    if (gained === 0) return;
    doc.available += gained;
    this.version++;
  }

  /** Every product that has all of the clauses, with its score. */
  matchAll(clauses: readonly Clause[]): Scored[] {
    const { ids, scores } = this.phrases.match(clauses, "all");
    const found: Scored[] = [];
    for (let i = 0; i < ids.length; i++) this.addScored(found, ids[i] ?? 0, scores[i] ?? 0);
    return found;
  }

  /** The products that have any of the clauses and at least this share of the best one's score, at most so many, best first. */
  matchAny(clauses: readonly Clause[], share: number, most: number): Scored[] {
    const found: Scored[] = [];
    for (const [id, score] of bestOf(this.phrases.match(clauses, "any"), share, most)) this.addScored(found, id, score);
    return found;
  }

  isFound = (clause: Clause): boolean => this.phrases.match([clause], "all").ids.length > 0;

  private addScored(found: Scored[], id: number, score: number): void {
    const doc = this.docs.get(id);
    if (doc) found.push({ doc, score });
  }

  /** In the order of the ids. */
  cards(ids: readonly number[]): SealedCard[] {
    const rows = this.sql
      .exec("SELECT id, card FROM docs WHERE id IN (SELECT value FROM json_each(?))", JSON.stringify(ids))
      .raw<[number, string]>();
    const byId = new Map(rows);
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** The words of the shop's texts that can be corrected to; read once when first needed, kept up from then on. */
  knownWords(): Iterable<KnownWord> {
    if (!this.words) {
      this.words = new Map();
      const rows = this.sql
        .exec("SELECT term, max(doc) FROM vocabulary WHERE term GLOB '[a-z]*' AND col <> 'stems' GROUP BY term")
        .raw<[string, number]>();
      for (const [word, products] of rows)
        if (/^[a-z]{3,}$/.test(word)) this.words.set(word, knownWord(word, products));
    }
    return this.words.values();
  }

  private dropOldTables(): boolean {
    const [made] = this.sql.exec<{ sql: string }>("SELECT sql FROM sqlite_master WHERE name = 'txt'").toArray();
    if (!made || made.sql.includes("stems")) return false;
    for (const table of ["vocabulary", "txt", "docs"]) this.sql.exec(`DROP TABLE IF EXISTS ${table}`);
    return true;
  }

  private learn(text: string): void {
    if (!this.words) return;
    for (const word of new Set(text.split(" "))) {
      const known = this.words.get(word);
      if (known) known.products++;
      else if (/^[a-z]{3,}$/.test(word)) this.words.set(word, knownWord(word, 1));
    }
  }

  private hold(doc: Doc): void {
    doc.available = doc.skus.reduce((sum, sku) => sum + (this.levels.get(sku)?.available ?? 0), 0);
    this.docs.set(doc.id, doc);
    this.byHandle.set(doc.handle, doc);
    for (const sku of doc.skus) this.bySku.set(sku, doc);
    this.lastId = Math.max(this.lastId, doc.id);
  }

  private release(doc: Doc): void {
    this.docs.delete(doc.id);
    this.byHandle.delete(doc.handle);
    for (const sku of doc.skus) if (this.bySku.get(sku) === doc) this.bySku.delete(sku);
  }

  private forgetLevel(sku: string): void {
    this.levels.delete(sku);
    this.sql.exec("DELETE FROM stock WHERE sku = ?", sku);
  }

  private keepLevel(sku: string, level: Available): void {
    if (this.levels.get(sku) === level) return;
    this.levels.set(sku, level);
    this.sql.exec("INSERT OR REPLACE INTO stock VALUES (?, ?, ?)", sku, level.available, level.version);
  }
}

/** What an index says of a SKU that was never stocked. */
const UNKNOWN: Available = { available: 0, version: 0 };

const newest = (a = UNKNOWN, b = UNKNOWN): Available => (a.version > b.version ? a : b);
