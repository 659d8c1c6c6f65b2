import { formatCount, formatMoney, formatTime } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { lowestPrice, type Sale } from "../read-sale.ts";
import { stateWord } from "../sale-words.ts";
import type { Visit } from "../visit.ts";
import { Countdown } from "./countdown.tsx";
import { Picture } from "./picture.tsx";

interface StageProps {
  visit: Visit;
  sale: Sale;
}

/** The sale as everybody sees it: what, for how much, how many are left, and how long. */
export const SaleStage = ({ visit, sale }: StageProps) => (
  <section class="stage" aria-labelledby="sale">
    <div class="wrap stage-columns">
      {sale.image && (
        <div class="stage-picture">
          <Picture src={sale.image} alt="" isFirst width={800} height={800} />
        </div>
      )}
      <div class="stage-words" data-region="stage">
        <p class="stage-eyebrow">
          <span class={`badge badge-${sale.state}`}>{stateWord(sale.state, visit.say)}</span>
          <span>{m.sale_eyebrow({}, visit.say)}</span>
        </p>
        <h1 id="sale">{sale.heading}</h1>
        {isOne(sale) && sale.variantTitle && <p class="stage-variant">{sale.variantTitle}</p>}
        {isOne(sale) ? <SalePrice visit={visit} sale={sale} /> : <LowestPrice visit={visit} sale={sale} />}
        <SaleTime visit={visit} sale={sale} />
        {(sale.state === "live" || sale.state === "sold_out") && <SaleStock visit={visit} sale={sale} />}
        <SaleFacts visit={visit} sale={sale} />
        {(sale.state === "before" || sale.state === "live") && (
          <p>
            <a class="button stage-go" href="#take-part">
              {sale.waiting_room && sale.state === "before"
                ? m.sale_line_up({}, visit.say)
                : m.sale_take_part({}, visit.say)}
            </a>
          </p>
        )}
      </div>
    </div>
  </section>
);

const isOne = ({ items }: Sale): boolean => items.length === 1;

/** The sale's price beside what it costs on other days. */
function SalePrice({ visit: { locale, say }, sale: { sale_price: price, product } }: StageProps) {
  const usual = product?.price;
  const saved = usual && usual.amount > price.amount ? { ...usual, amount: usual.amount - price.amount } : undefined;
  return (
    <p class="stage-price">
      <span class="unseen">{m.sale_price({}, say)} </span>
      <strong>{formatMoney(price, locale)}</strong>
      {usual && saved && (
        <>
          <s>
            <span class="unseen">{m.sale_usual_price({}, say)} </span>
            {formatMoney(usual, locale)}
          </s>
          <span class="stage-saved">{m.price_saved({ amount: formatMoney(saved, locale) }, say)}</span>
        </>
      )}
    </p>
  );
}

const LowestPrice = ({ visit: { locale, say }, sale }: StageProps) => (
  <p class="stage-price">
    <strong>{m.sale_price_from({ price: formatMoney(lowestPrice(sale), locale) }, say)}</strong>
  </p>
);

function SaleTime({ visit, sale }: StageProps) {
  const { say } = visit;
  switch (sale.state) {
    case "before":
      return <Countdown visit={visit} label={m.sale_starts_in({}, say)} until={sale.starts_at} />;
    case "live":
    case "sold_out":
      return <Countdown visit={visit} label={m.sale_ends_in({}, say)} until={sale.ends_at} />;
    default:
      return null;
  }
}

function SaleStock({ visit: { locale, say }, sale: { remaining, quantity } }: StageProps) {
  const left = Math.max(0, remaining);
  return (
    <div class="left">
      <p class="left-words" data-left-all>
        {m.sale_left({ left: formatCount(left, locale), quantity: formatCount(quantity, locale) }, say)}
      </p>
      <progress
        class="left-bar"
        value={left}
        max={quantity}
        aria-label={m.sale_left_label({}, say)}
        data-left-all-bar
      />
    </div>
  );
}

function SaleFacts({ visit, sale }: StageProps) {
  const { locale, say } = visit;
  const isOver = sale.state === "ended" || sale.state === "cancelled";
  return (
    <dl class="stage-facts">
      {sale.state === "before" && (
        <div>
          <dt>{m.sale_how_many({}, say)}</dt>
          <dd>{m.sale_in_all({ quantity: formatCount(sale.quantity, locale) }, say)}</dd>
        </div>
      )}
      {isOne(sale) && (
        <div>
          <dt>{m.sale_each({}, say)}</dt>
          <dd>{m.sale_limit({ count: formatCount(sale.per_buyer_limit, locale) }, say)}</dd>
        </div>
      )}
      {sale.state === "before" ? (
        <Moment label={m.sale_opens({}, say)} at={sale.starts_at} visit={visit} />
      ) : (
        <Moment label={isOver ? m.sale_closed({}, say) : m.sale_closes({}, say)} at={sale.ends_at} visit={visit} />
      )}
    </dl>
  );
}

/** The server writes the time in the shop's zone, a script in the shopper's own. */
const Moment = ({ label, at, visit }: { label: string; at: string; visit: Visit }) => (
  <div>
    <dt>{label}</dt>
    <dd>
      <time datetime={at} data-local-time>
        {formatTime(at, visit)}
      </time>
    </dd>
  </div>
);
