import { DatabaseSync } from "node:sqlite";

/**
 * What a shop has without a search engine: SQLite's own full text over the same texts, ranked by bm25, any of the words; and a
 * plain `LIKE`. Each answers ids, best first, as many as Souk would page through.
 */
export function baselines(products, most) {
  const rows = products.map(({ title, vendor = "", type = "" }) => [title, `${vendor} ${type}`]);
  return {
    "fts5 unicode61": fullText(rows, "unicode61 remove_diacritics 2", most, wordsOf),
    "fts5 porter": fullText(rows, "porter unicode61", most, wordsOf),
    "fts5 trigram": fullText(rows, "trigram", most, trigramsOf),
    like: like(rows, most),
  };
}

const wordsOf = (query) => query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Every three neighbouring characters of each word: a word as a whole would have to stand there letter by letter. */
const trigramsOf = (query) =>
  wordsOf(query).flatMap((word) => {
    const letters = [...word];
    return letters.slice(2).map((_, i) => letters.slice(i, i + 3).join(""));
  });

function fullText(rows, tokenizer, most, termsOf) {
  const db = new DatabaseSync(":memory:");
  db.exec(`CREATE VIRTUAL TABLE texts USING fts5(title, labels, tokenize="${tokenizer}")`);
  const add = db.prepare("INSERT INTO texts (rowid, title, labels) VALUES (?, ?, ?)");
  for (const [i, [title, labels]] of rows.entries()) add.run(i, title, labels);
  const ask = db.prepare("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts), rowid LIMIT ?");
  return (query) => {
    const terms = [...new Set(termsOf(query))];
    return terms.length === 0 ? [] : ask.all(terms.map((it) => `"${it}"`).join(" OR "), most).map((row) => row.rowid);
  };
}

function like(rows, most) {
  const texts = rows.map((row) => row.join(" ").toLowerCase());
  return (query) => {
    const part = query.toLowerCase();
    return texts.flatMap((text, i) => (text.includes(part) ? [i] : [])).slice(0, most);
  };
}
