import type { Product } from "../../catalog/contract/shapes.ts";
import type { Shelved } from "./facets.ts";
import { stemOf, wordsToStore } from "./words.ts";

/** Characters of a description that stand in the index, and of them those kept for excerpts. */
const BODY_CHARACTERS = 20_000;
const EXCERPT_CHARACTERS = 2_000;

/** A product as the index holds it. */
export interface Entry {
  handle: string;
  /** Words for each column of the full-text table. */
  words: { title: string; labels: string; body: string; stems: string };
  shelved: Omit<Shelved, "available">;
  skus: string[];
  card: Card;
}

/** What a list shows of a product, and the texts in which matches are marked. */
export interface Card {
  id: string;
  handle: string;
  title: string;
  vendor: string;
  type: string;
  tags: string[];
  image: Product["image"];
  currency: string;
  price: number;
  priceMax: number;
  compareAt: number | null;
  translations: {
    [locale: string]: { title?: string | undefined; type?: string | undefined; text?: string | undefined };
  };
  text: string;
}

/** A card as it travels: whoever shows it reads it, the index of a shop only passes it on. */
export type SealedCard = string;

export const openCard = (sealed: SealedCard): Card => JSON.parse(sealed);

/** Undefined for a product that shoppers do not see: it has no place in the index. */
export function entryOf(product: Product): Entry | undefined {
  if (product.status !== "active" || product.variants.length === 0) return undefined;
  const translated = Object.values(product.translations).filter((it) => it !== undefined);
  const { handle, vendor, tags, collections, price_range: range } = product;
  const texts = [product.description_html, ...translated.map((it) => it.description_html ?? "")].map(textOf);
  // A product without options has one named "Default Title", which nobody wrote.
  const hasOptions = product.variants.some((it) => it.title !== "");
  const options = hasOptions ? product.options.flatMap((it) => it.values) : [];
  const labels = [
    ...[vendor, product.type, ...tags, ...options],
    ...translated.flatMap((it) => [it.type ?? "", ...Object.values(it.options ?? {})]),
    ...product.variants.flatMap((it) => [it.sku, it.barcode]),
  ];
  const title = asColumn([product.title, ...translated.map((it) => it.title ?? "")]);
  const words = { title, labels: asColumn(labels), body: asColumn(texts) };
  return {
    handle,
    words: { ...words, stems: stemsOf(`${words.title} ${words.labels}`) },
    shelved: {
      ...{ vendor, tags, collections },
      priceMin: range.min.amount,
      priceMax: range.max.amount,
      createdAt: Date.parse(product.created_at),
    },
    skus: product.variants.map((it) => it.sku),
    card: cardOf(product),
  };
}

const asColumn = (texts: readonly string[]): string =>
  texts.flatMap((text) => (text === "" ? [] : wordsToStore(text))).join(" ");

/** Stems of the words that have another one than themselves. */
const stemsOf = (column: string): string =>
  column
    .split(" ")
    .flatMap((word) => stemOf(word) ?? [])
    .join(" ");

function cardOf(product: Product): Card {
  const { id, handle, title, vendor, type, tags, image, price_range: range } = product;
  const cheapest = product.variants.find((it) => it.price.amount === range.min.amount);
  return {
    ...{ id, handle, title, vendor, type, tags, image },
    currency: range.min.currency,
    price: range.min.amount,
    priceMax: range.max.amount,
    compareAt: cheapest?.compare_at_price?.amount ?? null,
    translations: Object.fromEntries(
      Object.entries(product.translations).map(([locale, it]) => [
        locale,
        { title: it?.title, type: it?.type, text: it?.description_html && excerptOf(it.description_html) },
      ]),
    ),
    text: excerptOf(product.description_html),
  };
}

const excerptOf = (html: string): string => textOf(html).slice(0, EXCERPT_CHARACTERS);

const ENTITIES: { [name: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** The words between the tags. */
export const textOf = (html: string): string =>
  html
    .slice(0, BODY_CHARACTERS)
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:#(\d{1,6})|([a-z]{2,6}));/gi, (whole, code?: string, name?: string) =>
      code ? String.fromCodePoint(Math.min(Number(code), 0x10ffff)) : (ENTITIES[name?.toLowerCase() ?? ""] ?? whole),
    )
    .replace(/\s+/g, " ")
    .trim();
