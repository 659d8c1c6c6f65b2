import type { Money } from "../../platform/money.ts";
import { formatMoney } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";

interface PriceProps {
  visit: Visit;
  price: Money;
  /** What it cost before; shown only when it was more. */
  before?: Money | null;
  /** The least of several prices. */
  isFrom?: boolean;
}

export function Price({ visit: { locale, say }, price, before, isFrom = false }: PriceProps) {
  const now = formatMoney(price, locale);
  const saved =
    before && before.amount > price.amount
      ? { amount: before.amount - price.amount, currency: price.currency }
      : undefined;
  return (
    <p class={saved ? "price price-reduced" : "price"}>
      {saved && <span class="unseen">{m.price_now({}, say)} </span>}
      <span class="price-now">{isFrom ? m.price_from({ price: now }, say) : now}</span>
      {before && saved && (
        <>
          <s class="price-before">
            <span class="unseen">{m.price_before({}, say)} </span>
            {formatMoney(before, locale)}
          </s>
          <span class="price-saved">{m.price_saved({ amount: formatMoney(saved, locale) }, say)}</span>
        </>
      )}
    </p>
  );
}
