import type { Hit } from "../../capabilities/selling/search/contract/shapes.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";
import { NoPicture, Picture } from "./picture.tsx";
import { Price } from "./price.tsx";

/** As the grid of search.css lays them out. */
const CARD_SIZES = "(min-width: 64rem) 17rem, (min-width: 48rem) 33vw, 50vw";
const EAGER = 4;

/** Products found, as the shop's cards, with the words of the query marked. */
export const SearchHits = ({ visit, hits }: { visit: Visit; hits: readonly Hit[] }) => (
  <ul class="grid search-grid">
    {hits.map((hit, i) => (
      <HitCard visit={visit} hit={hit} isFirst={i < EAGER} />
    ))}
  </ul>
);

function HitCard({ visit, hit, isFirst }: { visit: Visit; hit: Hit; isFirst: boolean }) {
  const { handle, vendor, image, price_range: range, compare_at_price: before, stock } = hit;
  const isReduced = before !== null && before.amount > range.min.amount;
  return (
    <li class="card">
      <div class={stock.state === "sold_out" ? "card-picture card-gone" : "card-picture"}>
        {image ? <Picture {...image} alt="" isFirst={isFirst} sizes={CARD_SIZES} /> : <NoPicture />}
        {stock.state === "sold_out" ? (
          <span class="tag tag-gone">{m.sold_out({}, visit.say)}</span>
        ) : (
          isReduced && <span class="tag">{m.reduced({}, visit.say)}</span>
        )}
      </div>
      <div class="card-words">
        <h2 class="card-title">
          <a href={`/products/${encodeURIComponent(handle)}`}>
            <Title visit={visit} hit={hit} />
          </a>
        </h2>
        {vendor && <p class="card-vendor">{vendor}</p>}
        <Price visit={visit} price={range.min} before={before} isFrom={range.max.amount > range.min.amount} />
        {stock.left !== null && <p class="card-few">{m.only_left({ count: stock.left }, visit.say)}</p>}
      </div>
    </li>
  );
}

/** The title in the shopper's language; its marked words when that is the language in which it was found. */
function Title({ visit: { locale }, hit }: { visit: Visit; hit: Hit }) {
  const title = hit.translations[locale]?.title ?? hit.title;
  const marked = hit.highlights.title;
  if (marked.map((it) => it.text).join("") !== title) return <>{title}</>;
  return <>{marked.map(({ text, is_match: isMatch }) => (isMatch ? <mark>{text}</mark> : text))}</>;
}
