import type { OwnOrder } from "../../capabilities/selling/accounts/contract.ts";
import { formatDay, formatMoney } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { stateWord } from "../order-story.ts";
import type { Visit } from "../visit.ts";
import { NoPicture, Picture } from "./picture.tsx";

/** A shopper's orders, each leading to its page. */
export const OrderRows = ({ visit, orders }: { visit: Visit; orders: readonly OwnOrder[] }) => (
  <ul class="order-rows">
    {orders.map((it) => (
      <OrderRow visit={visit} owned={it} />
    ))}
  </ul>
);

function OrderRow({
  visit: { say, locale, timeZone },
  owned: { order, order_token },
}: {
  visit: Visit;
  owned: OwnOrder;
}) {
  const [first] = order.lines;
  const others = order.lines.length - 1;
  return (
    <li>
      <a class="order-row" href={`/orders/${order.id}?token=${encodeURIComponent(order_token)}`}>
        <span class="order-row-picture">
          {first?.image ? <Picture src={first.image.src} alt="" width={64} height={80} sizes="4rem" /> : <NoPicture />}
        </span>
        <span class="order-row-words">
          <span class="order-row-title">
            {first?.title}
            {others > 0 && ` ${m.and_more({ count: others }, say)}`}
          </span>
          <span class="order-row-facts">
            {m.order_number({ number: order.number }, say)} · {formatDay(order.placed_at, { locale, timeZone })}
          </span>
        </span>
        <span class="order-row-end">
          <span class="order-row-total">{formatMoney(order.total, locale)}</span>
          <span class={`state-tag state-${order.state}`}>{stateWord(order.state, say)}</span>
        </span>
      </a>
    </li>
  );
}
