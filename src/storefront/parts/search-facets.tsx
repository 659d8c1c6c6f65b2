import type { SearchAnswer } from "../../capabilities/selling/search/contract/shapes.ts";
import { m } from "../messages/compiled/messages.js";
import { searchAddress, tagsOf, toggledTag } from "../search-address.ts";
import type { Visit } from "../visit.ts";
import { Choice, FacetGroup } from "./facet-group.tsx";
import { PriceFacet } from "./price-facet.tsx";

/** Values of a facet that are shown at once; the rest waits behind "more". */
const SHOWN = 8;

interface Props {
  visit: Visit;
  answer: SearchAnswer;
}

/** What narrows the search: links, so that each has an address and works without scripts. */
export function SearchFacets({ visit, answer: { facets } }: Props) {
  const { say, url } = visit;
  const part = (name: "collection" | "vendor" | "in_stock") => url.searchParams.get(name) ?? undefined;
  const choose = (name: "collection" | "vendor" | "in_stock", value: string) =>
    searchAddress(url, { [name]: part(name) === value ? undefined : value });
  const { availability: stock } = facets;
  return (
    <>
      {(stock.in_stock > 0 || part("in_stock")) && (stock.sold_out > 0 || part("in_stock")) && (
        <FacetGroup title={m.availability({}, say)}>
          <Choice href={choose("in_stock", "true")} isChosen={part("in_stock") === "true"} count={stock.in_stock}>
            {m.in_stock_only({}, say)}
          </Choice>
        </FacetGroup>
      )}
      <Values
        title={m.collections({}, say)}
        visit={visit}
        values={facets.collections.map((it) => ({
          ...it,
          href: choose("collection", it.value),
          isChosen: part("collection") === it.value,
        }))}
      />
      <PriceFacet visit={visit} prices={facets.prices} />
      <Values
        title={m.makers({}, say)}
        visit={visit}
        values={facets.vendors.map((it) => ({
          ...it,
          href: choose("vendor", it.value),
          isChosen: part("vendor") === it.value,
        }))}
      />
      <Values
        title={m.tags({}, say)}
        visit={visit}
        values={facets.tags.map((it) => ({
          ...it,
          href: toggledTag(url, it.value),
          isChosen: tagsOf(url).includes(it.value),
        }))}
      />
    </>
  );
}

interface Value {
  title: string;
  count: number;
  href: string;
  isChosen: boolean;
}

function Values({ title, visit, values }: { title: string; visit: Visit; values: readonly Value[] }) {
  if (values.length === 0) return null;
  const [shown, more] = [values.slice(0, SHOWN), values.slice(SHOWN)];
  return (
    <FacetGroup title={title}>
      {shown.map((it) => (
        <Choice {...it}>{it.title}</Choice>
      ))}
      {more.length > 0 && (
        <li>
          <details class="facet-more" open={more.some((it) => it.isChosen)}>
            <summary>{m.show_more({ count: more.length }, visit.say)}</summary>
            <ul>
              {more.map((it) => (
                <Choice {...it}>{it.title}</Choice>
              ))}
            </ul>
          </details>
        </li>
      )}
    </FacetGroup>
  );
}
