import { type Card, openCard } from "../src/capabilities/selling/search/rules/entry.ts";
import { type Reason, selectionOf, type Wish } from "../src/capabilities/selling/selection/rules/select.ts";
import type { SalesPace } from "./sales-pace.ts";
import type { SearchBook } from "./search-book.ts";

export interface Selected {
  total: number;
  data: { card: Card; available: number; score: number; reasons: Reason[] }[];
}

/** One page of the products that selectors choose, best first, each with its reasons. */
export function selectFrom(
  book: SearchBook,
  sales: SalesPace,
  { wish, offset, limit, now }: { wish: Wish; offset: number; limit: number; now: number },
): Selected {
  const selection = selectionOf(wish, { unitsSold: (days) => sales.unitsSold(days, now) });
  const chosen = selection.choose(book.all());
  const shown = chosen.slice(offset, offset + limit);
  const cards = book.cards(shown.map(({ item }) => item.id));
  const data = shown.flatMap(({ item, score }, i) => {
    const card = cards[i];
    return card ? [{ card: openCard(card), available: item.available, score, reasons: selection.explain(item) }] : [];
  });
  return { total: chosen.length, data };
}
