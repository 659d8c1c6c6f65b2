import type { SearchAnswer } from "../../capabilities/selling/search/contract/shapes.ts";
import { formatMoney, plainAmount } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { filterParts, searchAddress } from "../search-address.ts";
import type { Visit } from "../visit.ts";
import { Choice, FacetGroup } from "./facet-group.tsx";

/** Bands of about as many products each, and two fields for any other range. */
export function PriceFacet({ visit, prices }: { visit: Visit; prices: SearchAnswer["facets"]["prices"] }) {
  const { url, say } = visit;
  const [min, max] = [url.searchParams.get("price_min"), url.searchParams.get("price_max")];
  if (prices.length === 0 && min === null && max === null) return null;
  const shown = (amount: string | null) =>
    amount === null ? undefined : plainAmount({ amount: Number(amount), currency: visit.ctx.tenant.currency });
  return (
    <FacetGroup title={m.price({}, say)}>
      {prices.map((band) => {
        const top = band.max && { amount: band.max.amount - 1, currency: band.max.currency };
        const isChosen = min === String(band.min.amount) && max === (top ? String(top.amount) : null);
        const chosen = isChosen
          ? { price_min: undefined, price_max: undefined }
          : { price_min: String(band.min.amount), price_max: top ? String(top.amount) : undefined };
        const words = rangeWords(band.min.amount, band.max?.amount, visit);
        return (
          <Choice href={searchAddress(url, chosen)} isChosen={isChosen} count={band.count}>
            {words}
          </Choice>
        );
      })}
      <li>
        <form class="price-range" action="/search">
          {[...filterParts, "q" as const, "sort" as const].map((name) => {
            const value = name.startsWith("price") ? null : url.searchParams.get(name);
            return value && <input type="hidden" name={name} value={value} />;
          })}
          <input name="from" inputmode="decimal" aria-label={m.price_least({}, say)} value={shown(min)} size={5} />
          <span aria-hidden="true">–</span>
          <input name="to" inputmode="decimal" aria-label={m.price_most({}, say)} value={shown(max)} size={5} />
          <button class="button button-quiet" type="submit">
            {m.apply({}, say)}
          </button>
        </form>
      </li>
    </FacetGroup>
  );
}

/** `from` up to below `to`, both in minor units. */
export function rangeWords(from: number, to: number | undefined, { ctx, locale, say }: Visit): string {
  const price = (amount: number) => formatMoney({ amount, currency: ctx.tenant.currency }, locale);
  if (to === undefined) return m.price_and_more({ from: price(from) }, say);
  return from === 0
    ? m.price_up_to({ to: price(to) }, say)
    : m.price_between({ from: price(from), to: price(to) }, say);
}
