import type { SearchAnswer } from "../../capabilities/selling/search/contract/shapes.ts";
import { m } from "../messages/compiled/messages.js";
import { type filterParts, searchAddress, tagsOf, toggledTag, withoutFilters } from "../search-address.ts";
import type { Visit } from "../visit.ts";
import { rangeWords } from "./price-facet.tsx";

/** What narrows the search now, each with the way to take it away. */
export function ChosenFilters({ visit, answer }: { visit: Visit; answer: SearchAnswer }) {
  const { url, say } = visit;
  const chosen = chosenFilters(visit, answer);
  if (chosen.length === 0) return null;
  return (
    <ul class="chosen" aria-label={m.filters({}, say)}>
      {chosen.map(({ words, href }) => (
        <li>
          <a class="chosen-filter" href={href} data-instant>
            <span class="unseen">{m.remove({}, say)} </span>
            {words}
            <span aria-hidden="true"> ×</span>
          </a>
        </li>
      ))}
      {chosen.length > 1 && (
        <li>
          <a class="chosen-clear" href={withoutFilters(url)} data-instant>
            {m.clear_filters({}, say)}
          </a>
        </li>
      )}
    </ul>
  );
}

function chosenFilters(visit: Visit, { facets }: SearchAnswer): { words: string; href: string }[] {
  const { url, say } = visit;
  const chosen: { words: string; href: string }[] = [];
  const value = (name: (typeof filterParts)[number]) => url.searchParams.get(name);
  const [collection, vendor, min, max] = [value("collection"), value("vendor"), value("price_min"), value("price_max")];
  if (value("in_stock") === "true")
    chosen.push({ words: m.in_stock_only({}, say), href: searchAddress(url, { in_stock: undefined }) });
  if (collection)
    chosen.push({
      words: facets.collections.find((it) => it.value === collection)?.title ?? collection,
      href: searchAddress(url, { collection: undefined }),
    });
  if (min || max)
    chosen.push({
      words: rangeWords(Number(min ?? 0), max === null ? undefined : Number(max) + 1, visit),
      href: searchAddress(url, { price_min: undefined, price_max: undefined }),
    });
  if (vendor) chosen.push({ words: vendor, href: searchAddress(url, { vendor: undefined }) });
  for (const tag of tagsOf(url)) chosen.push({ words: tag, href: toggledTag(url, tag) });
  return chosen;
}
