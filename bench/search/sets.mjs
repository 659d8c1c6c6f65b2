import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { seeded } from "../scale/random.mjs";

/** A query is at most this long; titles that are asked as queries are cut. */
const QUERY_CHARACTERS_MAX = 200;
/** Fewer letters are no word to mistype. */
const MISTYPED_LETTERS_MIN = 6;

/**
 * Labelled searches from the shared data (its README names the sources and licences): products, and queries with the indices of
 * the products that belong to them. `data` is the folder.
 */
export function labelledSets(data) {
  const software = amazonGoogle(data);
  return [wands(data), software, mistyped(software), begun(software), ...taobao(data)];
}

/** Real queries that carry no labels: every one must be answered. */
export const unlabelledQueries = (data) => ({
  taobao: lines(read(data, "zh-ecom-queries.tsv.gz"))
    .slice(1)
    .map((line) => line.split("\t")[1] ?? ""),
  bestbuy: lines(read(data, "en-bestbuy-query-suggestions.tsv"))
    .slice(1)
    .map((line) => line.split("\t")[0] ?? ""),
});

/**
 * Wayfair's queries with the product class that a person gave each. The products that were judged are not in the folder, so every
 * second query stands for a product, with its class as the type, and the others must find those of their class.
 */
function wands(data) {
  const rows = lines(read(data, "en-wands-queries.tsv"))
    .slice(1)
    .map((line) => line.split("\t"))
    .map(([, title = "", type = ""]) => ({ title, type }));
  const products = rows.filter((_, i) => i % 2 === 0);
  const queries = rows.flatMap(({ title, type }, i) => {
    if (i % 2 === 0 || type === "") return [];
    const relevant = new Set(products.flatMap((it, at) => (it.type === type ? [at] : [])));
    return relevant.size > 0 ? [{ query: title, relevant }] : [];
  });
  return { name: "wands-classes", products, queries };
}

/** Titles of one software shop as queries; the same article in the other shop is what must be found. */
function amazonGoogle(data) {
  const rows = jsonLines(read(data, "en-amazon-google-products.jsonl.gz"));
  const ofShop = (source) => rows.filter((it) => it.source === source);
  const products = ofShop("google").map(({ title, manufacturer }) => ({ title, vendor: manufacturer }));
  const same = new Map();
  for (const line of lines(read(data, "en-amazon-google-pairs.csv.gz")).slice(1)) {
    const [left, right, match] = line.split(",").map(Number);
    if (match === 1) same.set(left, (same.get(left) ?? new Set()).add(right));
  }
  const queries = ofShop("amazon")
    .filter(({ id }) => same.has(id))
    .map(({ id, title }) => ({ query: title.slice(0, QUERY_CHARACTERS_MAX), relevant: same.get(id) }));
  return { name: "same-article", products, queries };
}

/** Two words of a title, one of them with two letters swapped, left out or doubled; who has both words is meant. */
function mistyped({ products }) {
  const random = seeded(11);
  return wordPairs(products, "mistyped-word", (word) => {
    const at = 1 + Math.floor(random() * (word.length - 2));
    const ways = [word[at + 1] + word[at], word[at + 1], word[at] + word[at] + word[at + 1]];
    return word.slice(0, at) + ways[Math.floor(random() * ways.length)] + word.slice(at + 2);
  });
}

/** Two words of a title, the second typed half. */
const begun = ({ products }) =>
  wordPairs(products, "half-typed-word", (word) => word.slice(0, Math.ceil(word.length / 2) + 1));

function wordPairs(products, name, change) {
  const wordsOf = products.map(({ title, vendor }) => new Set(`${title} ${vendor}`.match(/[a-z]+/g) ?? []));
  const queries = products.flatMap((_, own) => {
    const long = [...wordsOf[own]].filter((word) => word.length >= MISTYPED_LETTERS_MIN).slice(0, 2);
    if (own % 4 !== 0 || long.length < 2) return [];
    const relevant = new Set(wordsOf.flatMap((words, i) => (long.every((word) => words.has(word)) ? [i] : [])));
    return [{ query: `${long[0]} ${change(long[1])}`, relevant }];
  });
  return { name, products, queries };
}

/** Taobao titles in which people marked the words for the product (HCCX) and the brand (HPPX). */
function taobao(data) {
  const rows = jsonLines(read(data, "zh-taobao-titles-dev.jsonl"));
  const products = rows.map(({ text }) => ({ title: text }));
  const marked = rows.map(({ entities }) => new Set(entities.filter((it) => it.type !== "MISC").map((it) => it.text)));
  const words = new Map();
  for (const [i, own] of marked.entries()) for (const word of own) words.set(word, [...(words.get(word) ?? []), i]);
  const shared = [...words].filter(([word, owners]) => [...word].length > 1 && owners.length > 1);
  const pairs = marked.flatMap((own) => {
    const [first, second] = own;
    if (second === undefined) return [];
    const relevant = new Set(marked.flatMap((it, i) => (it.has(first) && it.has(second) ? [i] : [])));
    return [{ query: `${second}${first}`, relevant }];
  });
  return [
    {
      name: "zh-marked-word",
      products,
      queries: shared.map(([query, owners]) => ({ query, relevant: new Set(owners) })),
    },
    { name: "zh-two-marked-words", products, queries: pairs },
  ];
}

function read(data, name) {
  const bytes = readFileSync(join(data, "search", name));
  return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
}

function lines(text) {
  return text.split(/\r?\n/).filter((line) => line !== "");
}

function jsonLines(text) {
  return lines(text).map((line) => JSON.parse(line));
}
