import { formatCount, formatMoney } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import type { Sale, SaleItem } from "../read-sale.ts";
import type { Visit } from "../visit.ts";
import { NoPicture, Picture } from "./picture.tsx";

interface ItemsProps {
  visit: Visit;
  sale: Sale;
}

/** What a sale of several SKUs has: each with its price, what is left of it, and the way to buy it. A sale of one says that on its stage. */
export function SaleItems({ visit, sale }: ItemsProps) {
  if (sale.items.length === 1) return null;
  return (
    <section class="wrap sale-items" aria-labelledby="items" data-region="items">
      <h2 id="items">{m.sale_items({}, visit.say)}</h2>
      <ul>
        {sale.items.map((item) => (
          <li class="sale-item" data-item={item.sku} data-gone={item.remaining <= 0 ? "" : undefined}>
            {item.image ? <Picture src={item.image} alt="" width={400} height={400} sizes="20rem" /> : <NoPicture />}
            <div class="sale-item-words">
              <h3>{item.product ? <a href={item.product.path}>{item.title}</a> : item.title}</h3>
              {item.variantTitle && <p class="sale-item-variant">{item.variantTitle}</p>}
              <ItemPrice visit={visit} item={item} />
              <ItemStock visit={visit} sale={sale} item={item} />
              <ItemChoice visit={visit} sale={sale} item={item} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ItemProps extends ItemsProps {
  item: SaleItem;
}

const ItemPrice = ({ visit: { locale, say }, item: { sale_price: price, product } }: Omit<ItemProps, "sale">) => (
  <p class="sale-item-price">
    <span class="unseen">{m.sale_price({}, say)} </span>
    <strong>{formatMoney(price, locale)}</strong>
    {product && product.price.amount > price.amount && (
      <s>
        <span class="unseen">{m.sale_usual_price({}, say)} </span>
        {formatMoney(product.price, locale)}
      </s>
    )}
  </p>
);

function ItemStock({ visit: { locale, say }, sale, item: { title, quantity, remaining, per_buyer_limit } }: ItemProps) {
  const left = Math.max(0, remaining);
  const limit = m.sale_limit({ count: formatCount(per_buyer_limit, locale) }, say);
  const isOn = sale.state === "live" || sale.state === "sold_out";
  return (
    <div class="left">
      <p class="left-words">
        <span data-left>
          {isOn
            ? m.sale_left({ left: formatCount(left, locale), quantity: formatCount(quantity, locale) }, say)
            : m.sale_in_all({ quantity: formatCount(quantity, locale) }, say)}
        </span>
        <small>
          {m.sale_each({}, say)}: {limit}
        </small>
      </p>
      {isOn && (
        <progress class="left-bar" value={left} max={quantity} aria-label={`${m.sale_left_label({}, say)}: ${title}`} />
      )}
    </div>
  );
}

/** The link chooses by the server; a script chooses in the form as it is. */
function ItemChoice({ visit: { say }, sale, item: { sku, title, variantTitle } }: ItemProps) {
  if (sale.state !== "before" && sale.state !== "live") return null;
  return (
    <p class="sale-item-choice">
      <a class="button" href={`${sale.path}?sku=${encodeURIComponent(sku)}#take-part`} data-choose={sku}>
        {sale.state === "live" ? m.sale_buy_this({}, say) : m.sale_choose_this({}, say)}
        <span class="unseen">
          {" "}
          {title} {variantTitle}
        </span>
      </a>
      <span class="sale-item-gone">{m.sale_state_sold_out({}, say)}</span>
    </p>
  );
}

/** The SKU that a form begins with: the chosen one, or the first of which there is something. */
export function chosenItem(sale: Sale, sku: string | undefined): SaleItem | undefined {
  const { items } = sale;
  return items.find((it) => it.sku === sku) ?? items.find((it) => it.remaining > 0) ?? items[0];
}

/** Which SKU the form buys, in a sale of several. */
export function ItemChoices({ visit, sale, sku }: ItemsProps & { sku: string | undefined }) {
  if (sale.items.length === 1) return null;
  const chosen = chosenItem(sale, sku);
  return (
    <fieldset class="sale-choices">
      <legend>{m.sale_choice({}, visit.say)}</legend>
      {sale.items.map((item) => (
        <label class="sale-choice">
          <input
            type="radio"
            name="sku"
            value={item.sku}
            checked={item === chosen}
            data-limit={item.per_buyer_limit}
            disabled={item !== chosen && sale.state === "live" && item.remaining <= 0}
          />
          <span>
            {item.title} {item.variantTitle && <small>{item.variantTitle}</small>}
          </span>
          <strong>{formatMoney(item.sale_price, visit.locale)}</strong>
        </label>
      ))}
    </fieldset>
  );
}
