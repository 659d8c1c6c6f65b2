import { formatTime } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { mayCancel, type Order, stateWord, tellOrder } from "../order-story.ts";
import type { Visit } from "../visit.ts";
import { OrderSummary } from "./order-summary.tsx";
import { PostalAddress } from "./postal-address.tsx";

interface OrderViewProps {
  visit: Visit;
  order: Order;
  token: string;
}

const WAY = ["pending_payment", "paid", "fulfilling", "shipped", "delivered"] as const;

/** The island compares `data-version` with the order's and takes this region anew when it grew. */
export function OrderView({ visit, order, token }: OrderViewProps) {
  const { say } = visit;
  const story = tellOrder(order, visit);
  const api = `/api/v1/orders/${order.id}?token=${encodeURIComponent(token)}`;
  return (
    <div class="order" data-order={api} data-version={order.version} data-moving={story.isMoving ? "" : undefined}>
      <section class={`order-story order-${story.tone}`}>
        <p class="eyebrow">{m.order_number({ number: order.number }, say)}</p>
        <h1 data-story>{story.title}</h1>
        <p class="order-text">{story.text}</p>
        <Ways visit={visit} order={order} token={token} />
        {order.state !== "cancelled" && order.state !== "refunded" && <Steps visit={visit} order={order} />}
      </section>
      <OrderColumns visit={visit} order={order} title={m.summary({}, say)} />
    </div>
  );
}

/** Where it goes and how far it came, beside what it holds under `title`. */
export const OrderColumns = ({ visit, order, title }: { visit: Visit; order: Order; title: string }) => (
  <div class="order-columns">
    <div>
      <Details visit={visit} order={order} />
      <History visit={visit} order={order} />
    </div>
    <OrderSummary visit={visit} title={title} lines={order.lines} subtotal={order.subtotal} total={order.total} />
  </div>
);

/** What the shopper can do now. */
function Ways({ visit: { say, locale, timeZone }, order, token }: OrderViewProps) {
  const payment = order.payments.at(-1);
  const isUnpaid = order.state === "pending_payment";
  return (
    <>
      {isUnpaid && (
        <p class="field-hint">{m.pay_before({ time: formatTime(order.pay_before, { locale, timeZone }) }, say)}</p>
      )}
      <div class="order-ways">
        {isUnpaid && payment?.state === "open" && payment.redirect_url && (
          <a class="button" href={payment.redirect_url}>
            {m.pay_now({}, say)}
          </a>
        )}
        {isUnpaid && payment?.state === "declined" && (
          <form method="post" action={`/orders/${order.id}/pay`}>
            <input type="hidden" name="token" value={token} />
            <button class="button" type="submit">
              {m.pay_again({}, say)}
            </button>
          </form>
        )}
        {mayCancel(order) && (
          <form method="post" action={`/orders/${order.id}/cancel`}>
            <input type="hidden" name="token" value={token} />
            <button class="button button-quiet" type="submit">
              {m.cancel_order({}, say)}
            </button>
          </form>
        )}
      </div>
    </>
  );
}

function Steps({ visit: { say }, order }: { visit: Visit; order: Order }) {
  const at = WAY.findLastIndex((state) => state === order.state || order.history.some((it) => it.state === state));
  return (
    <ol class="steps" aria-label={m.progress({}, say)}>
      {WAY.map((state, i) => (
        <li class={i <= at ? "step-done" : undefined} aria-current={i === at ? "step" : undefined}>
          {stateWord(state, say)}
        </li>
      ))}
    </ol>
  );
}

const Details = ({ visit, order }: { visit: Visit; order: Order }) => (
  <section class="details" aria-label={m.delivery({}, visit.say)}>
    <h2>{m.delivery({}, visit.say)}</h2>
    <PostalAddress visit={visit} address={order.shipping_address} />
    <h2>{m.contact({}, visit.say)}</h2>
    <p>{order.email}</p>
  </section>
);

const History = ({ visit: { say, locale, timeZone }, order }: { visit: Visit; order: Order }) => (
  <section class="details">
    <h2>{m.history({}, say)}</h2>
    <ol class="history">
      {order.history.toReversed().map(({ at, state, note }) => (
        <li>
          <span>{note === "refunded" ? m.history_given_back({}, say) : stateWord(state, say)}</span>
          <time datetime={at}>{formatTime(at, { locale, timeZone })}</time>
        </li>
      ))}
    </ol>
  </section>
);
