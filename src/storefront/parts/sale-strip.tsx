import { formatLength, formatMoney, formatTime } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { lowestPrice, type Sale } from "../read-sale.ts";
import { stateWord } from "../sale-words.ts";
import type { Visit } from "../visit.ts";
import { Picture } from "./picture.tsx";

/** Below this a time is said as what is left of it. */
const NEAR_SECONDS = 86_400;

/** Sales that are on or soon will be, each as one row that leads to it. */
export function SaleStrips({ visit, sales }: { visit: Visit; sales: readonly Sale[] }) {
  if (sales.length === 0) return null;
  return (
    <section class="strips" aria-label={m.sale_eyebrow({}, visit.say)}>
      <ul class="wrap">
        {sales.map((sale) => (
          <li class="strip">
            {sale.image && <Picture src={sale.image} alt="" width={72} height={72} />}
            <p class="strip-words">
              <span class={`badge badge-${sale.state}`}>{stateWord(sale.state, visit.say)}</span>
              <a href={sale.path}>
                {sale.heading}
                {sale.items.length === 1 && sale.variantTitle && <small>{sale.variantTitle}</small>}
              </a>
              <SaleTime visit={visit} sale={sale} />
            </p>
            <StripPrice visit={visit} sale={sale} />
            <span class="strip-go" aria-hidden="true">
              {m.sale_strip_go({}, visit.say)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** On the page of a product that is in a sale. */
export function ProductStrip({ visit, sale, skus }: { visit: Visit; sale: Sale | undefined; skus: readonly string[] }) {
  const item = sale?.items.find((it) => skus.includes(it.sku));
  if (!sale || !item) return null;
  return (
    <p class="product-strip">
      <span class={`badge badge-${sale.state}`}>{stateWord(sale.state, visit.say)}</span>
      <span>
        {m.sale_of_this({}, visit.say)}: <strong>{formatMoney(item.sale_price, visit.locale)}</strong>
      </span>
      <a
        class="product-strip-go"
        href={sale.items.length === 1 ? sale.path : `${sale.path}?sku=${encodeURIComponent(item.sku)}`}
      >
        {m.sale_strip_go({}, visit.say)}
      </a>
    </p>
  );
}

/** Hours and minutes need no time zone; a day far off is named. */
function SaleTime({ visit: { ctx, locale, timeZone, say }, sale }: { visit: Visit; sale: Sale }) {
  const until = sale.state === "before" ? sale.starts_at : sale.ends_at;
  const seconds = (Date.parse(until) - ctx.now()) / 1_000;
  const isNear = seconds < NEAR_SECONDS;
  const time = isNear ? formatLength(Math.max(0, seconds), locale) : formatTime(until, { locale, timeZone });
  return <span class="strip-time">{timeWords(sale.state, isNear, time, say)}</span>;
}

function timeWords(state: Sale["state"], isNear: boolean, time: string, say: Visit["say"]): string {
  if (state === "before") return isNear ? m.sale_strip_opens_in({ time }, say) : m.sale_strip_before({ time }, say);
  return isNear ? m.sale_strip_closes_in({ time }, say) : m.sale_strip_live({ time }, say);
}

function StripPrice({ visit: { locale, say }, sale }: { visit: Visit; sale: Sale }) {
  const { sale_price: price, product, items } = sale;
  if (items.length > 1)
    return (
      <span class="strip-price">
        <strong>{m.sale_price_from({ price: formatMoney(lowestPrice(sale), locale) }, say)}</strong>
      </span>
    );
  return (
    <span class="strip-price">
      <strong>{formatMoney(price, locale)}</strong>
      {product && product.price.amount > price.amount && <s>{formatMoney(product.price, locale)}</s>}
    </span>
  );
}
