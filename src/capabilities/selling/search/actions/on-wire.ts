import type { Ctx } from "../../../../platform/context.ts";
import type { Money } from "../../../../platform/money.ts";
import type { Collection } from "../../catalog/contract/shapes.ts";
import type { Hit, SearchAnswer, Suggestions } from "../contract/shapes.ts";
import type { Found } from "../rules/answer.ts";
import { type Card, openCard, type SealedCard } from "../rules/entry.ts";
import { excerpt, highlight, type Sought, soughtIn } from "../rules/highlight.ts";

/** From this many units on, the exact number is nobody's business. */
const FEW = 5;

interface Beside {
  next: string | null;
  /** They give the facet's handles their titles. */
  collections: readonly Collection[];
}

export function asAnswer(ctx: Ctx, query: string, found: Found, { next, collections }: Beside): SearchAnswer {
  const sought = soughtIn(found.phrases, found.prefixes);
  const money = (amount: number): Money => ({ amount, currency: ctx.tenant.currency });
  const titles = new Map(collections.map((it) => [it.handle, it.title]));
  const { facets } = found;
  const named = (list: Found["facets"]["tags"]) => list.map((it) => ({ ...it, title: it.value }));
  return {
    query,
    way: found.way,
    did_you_mean: found.corrected,
    total: found.total,
    data: found.hits.map((it) => hitOf(it.card, it.available, sought)),
    next_cursor: next,
    facets: {
      collections: facets.collections.map((it) => ({ ...it, title: titles.get(it.value) ?? it.value })),
      vendors: named(facets.vendors),
      tags: named(facets.tags),
      prices: facets.prices.map(({ min, max, count }) => ({
        min: money(min),
        max: max === null ? null : money(max),
        count,
      })),
      availability: { in_stock: facets.in_stock, sold_out: facets.sold_out },
    },
    popular: found.popular,
  };
}

function hitOf(sealed: SealedCard, available: number, sought: Sought): Hit {
  const card = openCard(sealed);
  const { currency, price, priceMax, compareAt, text, translations, ...fields } = card;
  const money = (amount: number): Money => ({ amount, currency });
  const texts = [text, ...Object.values(translations).map((it) => it.text ?? "")];
  return {
    ...fields,
    price_range: { min: money(price), max: money(priceMax) },
    compare_at_price: compareAt === null ? null : money(compareAt),
    translations: Object.fromEntries(
      Object.entries(translations).map(([locale, { title, type }]) => [locale, { title, type }]),
    ),
    stock: {
      state: available <= 0 ? "sold_out" : available <= FEW ? "few" : "in_stock",
      left: available > 0 && available <= FEW ? available : null,
    },
    highlights: { title: titleOf(card, sought), text: firstOf(texts, (it) => excerpt(it, sought)) },
  };
}

export function cardSuggestion(sealed: SealedCard, sought: Sought): Suggestions["products"][number] {
  const card = openCard(sealed);
  return {
    handle: card.handle,
    title: card.title,
    highlights: titleOf(card, sought),
    price: { amount: card.price, currency: card.currency },
    image: card.image,
  };
}

/** The title in the language that was found; the shop's own when none was. */
function titleOf(card: Card, sought: Sought): Hit["highlights"]["title"] {
  const titles = [card.title, ...Object.values(card.translations).map((it) => it.title ?? "")];
  return (
    firstOf(titles, (it) => {
      const pieces = highlight(it, sought);
      return pieces.some((piece) => piece.is_match) ? pieces : null;
    }) ?? [{ text: card.title, is_match: false }]
  );
}

function firstOf<Value>(texts: readonly string[], read: (text: string) => Value | null): Value | null {
  for (const text of texts) {
    const value = read(text);
    if (value !== null) return value;
  }
  return null;
}
