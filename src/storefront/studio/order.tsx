import { moveOrder, readOrder } from "../../capabilities/selling/orders/actions.ts";
import { moveOrder as moving, readOrder as reading } from "../../capabilities/selling/orders/contract.ts";
import { formatMoney, formatTime } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { mayCancel, mayRefund, type Order, paymentWords, providerWords, stateWord } from "../order-story.ts";
import { Notice } from "../parts/notice.tsx";
import { OrderColumns } from "../parts/order-view.tsx";
import { readForm } from "../read-form.ts";
import type { Page, Visit } from "../visit.ts";
import { mayDo } from "./door.ts";
import { showForbidden } from "./forbidden.tsx";
import { showStudio } from "./frame.tsx";
import { StateTag } from "./orders.tsx";

const LIST = "/studio/orders";

/** The order that the address names; undefined for what is no order of the shop. */
export async function namedOrder(c: Page): Promise<Order | undefined> {
  const id = c.req.param("order") ?? "";
  if (!reading.params?.safeParse({ id }).success) return undefined;
  const found = await readOrder(c.var.ctx, { id, token: "" });
  return found.ok ? found.value : undefined;
}

/** `GET /studio/orders/:order`; `?done` and `?problem` say what became of the form that was sent last. */
export async function staffOrderPage(c: Page): Promise<Response> {
  if (!mayDo(c, "orders:read")) return showForbidden(c);
  const order = await namedOrder(c);
  return order ? showOrder(c, order) : c.redirect(LIST, 303);
}

/** `POST /studio/orders/:order`: one step on. Pressed twice it is one step, since the form names where it leads. */
export async function moveFromForm(c: Page): Promise<Response> {
  if (!mayDo(c, "orders:write")) return showForbidden(c);
  const order = await namedOrder(c);
  if (!order) return c.redirect(LIST, 303);
  const wish = moving.body?.safeParse({ to: (await readForm(c)).get("to") }).data;
  if (!wish) return showOrder(c, order, m.staff_order_bad_step({}, c.var.visit.say));
  const moved = await moveOrder(c.var.ctx, { id: order.id, to: wish.to });
  return c.redirect(`${LIST}/${order.id}?${moved.ok ? "done=moved" : `problem=${moved.code}`}`, 303);
}

function showOrder(c: Page, order: Order, wrong?: string): Promise<Response> {
  const { visit } = c.var;
  const { say } = visit;
  const title = m.order_number({ number: order.number }, say);
  const content = (
    <div class="wrap page">
      <p class="eyebrow">
        <a href={LIST}>{m.staff_orders({}, say)}</a>
      </p>
      <h1>{title}</h1>
      <p class="staff-tags staff-order">
        <StateTag state={order.state} say={say} />
        <span>{formatTime(order.placed_at, visit)}</span>
      </p>
      <Answer visit={visit} order={order} wrong={wrong} />
      <Payments visit={visit} order={order} />
      {mayDo(c, "orders:write") && <NextSteps visit={visit} order={order} />}
      <OrderColumns visit={visit} order={order} title={m.staff_order_holds({}, say)} />
    </div>
  );
  return showStudio(c, title, content, wrong === undefined ? 200 : 422);
}

/** What became of the form that was sent last, by what is true of the order now. */
function Answer({ visit: { say, url }, order, wrong }: { visit: Visit; order: Order; wrong: string | undefined }) {
  const done = doneWords(url.searchParams.get("done"), order, say);
  const isProblem = url.searchParams.has("problem");
  const said = wrong ?? (isProblem ? m.staff_order_moved_on({ state: stateWord(order.state, say) }, say) : done);
  if (said === undefined) return null;
  return (
    <Notice kind={wrong === undefined && !isProblem ? "good" : "bad"} isAnswer>
      <p>{said}</p>
    </Notice>
  );
}

function doneWords(done: string | null, order: Order, say: Visit["say"]): string | undefined {
  if (done === "moved") return m.staff_order_moved({ state: stateWord(order.state, say) }, say);
  if (done !== order.state) return undefined;
  const isPaidBack = order.payments.some((it) => it.captured.amount > 0);
  if (done === "cancelled")
    return isPaidBack ? m.staff_order_cancelled_paid({}, say) : m.staff_order_cancelled({}, say);
  if (done !== "refunded") return undefined;
  const isBack = order.payments.every((it) => it.state !== "refund_due");
  return isBack ? m.staff_order_money_back({}, say) : m.staff_order_refunding({}, say);
}

const Payments = ({ visit, order }: { visit: Visit; order: Order }) => (
  <ul class="staff-payments" aria-label={m.payment({}, visit.say)}>
    {order.payments.map((it) => (
      <li>
        <span>{providerWords(it.provider, visit.say)}</span>
        <strong>{paymentWords(it, visit)}</strong>
      </li>
    ))}
  </ul>
);

/** The step that staff take next with an order in this state, and what its button says. */
const NEXT = {
  paid: { to: "fulfilling", words: m.staff_order_pack },
  fulfilling: { to: "shipped", words: m.staff_order_ship },
  shipped: { to: "delivered", words: m.staff_order_deliver },
  delivered: { to: "completed", words: m.staff_order_complete },
} as const;

const nextOf = (state: Order["state"]) => Object.entries(NEXT).find(([from]) => from === state)?.[1];

/** What can be done with the order now: one step on, or its end, which is asked for once more on a page of its own. */
function NextSteps({ visit: { say, locale }, order }: { visit: Visit; order: Order }) {
  const next = nextOf(order.state);
  const amount = formatMoney(paidFor(order), locale);
  const isPaid = paidFor(order).amount > 0;
  if (!next && !mayCancel(order) && !mayRefund(order)) return null;
  return (
    <form class="staff-row staff-steps" method="post" action={`${LIST}/${order.id}`}>
      {next && (
        <button class="button" type="submit" name="to" value={next.to}>
          {next.words({}, say)}
        </button>
      )}
      {mayCancel(order) && (
        <a class="button button-quiet" href={`${LIST}/${order.id}/cancel`}>
          {isPaid ? m.staff_order_cancel_paid({ amount }, say) : m.cancel_order({}, say)}
        </a>
      )}
      {mayRefund(order) && (
        <a class="button button-quiet" href={`${LIST}/${order.id}/refund`}>
          {m.staff_order_refund({ amount }, say)}
        </a>
      )}
    </form>
  );
}

/** What the shop has of the buyer's money for this order. */
export function paidFor({ payments, total }: Order): Order["total"] {
  const amount = payments.reduce((sum, it) => sum + (it.state === "paid" ? it.captured.amount : 0), 0);
  return { ...total, amount };
}
