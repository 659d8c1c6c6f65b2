import { formatMoney, formatTime } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import type { Sale } from "../read-sale.ts";
import { stateWord } from "../sale-words.ts";
import type { Visit } from "../visit.ts";
import { Picture } from "./picture.tsx";

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
              <a href={sale.path}>{sale.heading}</a>
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
export function ProductStrip({ visit, sale }: { visit: Visit; sale: Sale | undefined }) {
  if (!sale) return null;
  return (
    <p class="product-strip">
      <span class={`badge badge-${sale.state}`}>{stateWord(sale.state, visit.say)}</span>
      <span>
        {m.sale_of_this({}, visit.say)}: <strong>{formatMoney(sale.sale_price, visit.locale)}</strong>
      </span>
      <a class="product-strip-go" href={sale.path}>
        {m.sale_strip_go({}, visit.say)}
      </a>
    </p>
  );
}

function SaleTime({ visit: { locale, say }, sale }: { visit: Visit; sale: Sale }) {
  const time = formatTime(sale.state === "before" ? sale.starts_at : sale.ends_at, locale);
  return (
    <span class="strip-time">
      {sale.state === "before" ? m.sale_strip_before({ time }, say) : m.sale_strip_live({ time }, say)}
    </span>
  );
}

const StripPrice = ({ visit: { locale }, sale: { sale_price: price, product } }: { visit: Visit; sale: Sale }) => (
  <span class="strip-price">
    <strong>{formatMoney(price, locale)}</strong>
    {product && product.price.amount > price.amount && <s>{formatMoney(product.price, locale)}</s>}
  </span>
);
