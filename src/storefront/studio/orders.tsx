import { listOrders } from "../../capabilities/selling/orders/actions.ts";
import { orderStates } from "../../capabilities/selling/orders/contract.ts";
import { formatMoney, formatTime } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { type Order, stateWord } from "../order-story.ts";
import type { Page, Visit } from "../visit.ts";
import { mayDo } from "./door.ts";
import { showForbidden } from "./forbidden.tsx";
import { showStudio } from "./frame.tsx";

const HERE = "/studio/orders";
const PAGE = 25;
const CURSOR_CHARACTERS_MAX = 300;

type State = (typeof orderStates)[number];

/** `GET /studio/orders?state=&cursor=`: what was ordered, newest first; each leads to its page. */
export async function ordersPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const { ctx, say } = visit;
  if (!mayDo(c, "orders:read")) return showForbidden(c);
  const state = orderStates.find((it) => it === c.req.query("state"));
  const cursor = c.req.query("cursor")?.slice(0, CURSOR_CHARACTERS_MAX);
  const listed = await listOrders(ctx, { limit: PAGE, ...(cursor && { cursor }), ...(state && { state }) });
  if (!listed.ok) return c.redirect(HERE, 303);
  const { data, next_cursor: next } = listed.value;
  return showStudio(
    c,
    m.staff_orders({}, say),
    <div class="wrap page">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.staff_orders({}, say)}</h1>
      <States chosen={state} say={say} />
      {data.length === 0 ? (
        <p class="staff-lead">{state ? m.staff_orders_none_such({}, say) : m.staff_orders_none({}, say)}</p>
      ) : (
        <ul class="staff-list">
          {data.map((it) => (
            <OrderLine order={it} visit={visit} />
          ))}
        </ul>
      )}
      {next && (
        <p class="pager">
          <a class="button button-quiet" href={`${HERE}?${state ? `state=${state}&` : ""}cursor=${next}`}>
            {m.account_older_orders({}, say)}
          </a>
        </p>
      )}
    </div>,
  );
}

/** One state at a time, or all. */
const States = ({ chosen, say }: { chosen: State | undefined } & Pick<Visit, "say">) => (
  <nav class="staff-states" aria-label={m.staff_orders_state({}, say)}>
    <a href={HERE} aria-current={chosen === undefined ? "page" : undefined}>
      {m.staff_orders_all({}, say)}
    </a>
    {orderStates.map((it) => (
      <a href={`${HERE}?state=${it}`} aria-current={it === chosen ? "page" : undefined}>
        {stateWord(it, say)}
      </a>
    ))}
  </nav>
);

const OrderLine = ({ order, visit }: { order: Order; visit: Visit }) => {
  const [first] = order.lines;
  const others = order.lines.length - 1;
  return (
    <li>
      <p>
        <strong>
          <a href={`${HERE}/${order.id}`}>{m.order_number({ number: order.number }, visit.say)}</a>
        </strong>
        <span>
          {first?.title}
          {others > 0 && ` ${m.and_more({ count: others }, visit.say)}`} · {order.email}
        </span>
      </p>
      <p class="staff-tags">
        <StateTag state={order.state} say={visit.say} />
        <strong class="staff-total">{formatMoney(order.total, visit.locale)}</strong>
        <span>{formatTime(order.placed_at, visit)}</span>
      </p>
    </li>
  );
};

/** Where an order is on its way. */
export const StateTag = ({ state, say }: { state: State } & Pick<Visit, "say">) => (
  <span class={`staff-tag ${toneOf(state)}`}>{stateWord(state, say)}</span>
);

function toneOf(state: State): string {
  if (state === "pending_payment") return "staff-tag-few";
  return state === "cancelled" || state === "refunded" || state === "partially_refunded" ? "staff-tag-bad" : "";
}
