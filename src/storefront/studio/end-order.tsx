import { cancelOrder, refundOrder } from "../../capabilities/selling/orders/actions.ts";
import { formatMoney } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { mayCancel, mayRefund, type Order, providerWords } from "../order-story.ts";
import { Notice } from "../parts/notice.tsx";
import { readForm } from "../read-form.ts";
import type { Page, Visit } from "../visit.ts";
import { mayDo } from "./door.ts";
import { showForbidden } from "./forbidden.tsx";
import { showStudio } from "./frame.tsx";
import { namedOrder, paidFor } from "./order.tsx";

/** How an order ends: before it is shipped it is cancelled, afterwards refunded. */
type End = "cancel" | "refund";

/** What stands on the page besides the question: a box that was not ticked, or news of the order. */
interface Wrong {
  isUnsure?: boolean;
  hasChanged?: boolean;
}

const LIST = "/studio/orders";
const ENDED = { cancel: "cancelled", refund: "refunded" } as const;

/** `GET /studio/orders/:order/cancel`: asks once more. */
export const cancelPage = (c: Page): Promise<Response> => askAgain(c, "cancel");
/** `POST /studio/orders/:order/cancel` */
export const cancelFromForm = (c: Page): Promise<Response> => endFromForm(c, "cancel");
/** `GET /studio/orders/:order/refund`: asks once more. */
export const refundPage = (c: Page): Promise<Response> => askAgain(c, "refund");
/** `POST /studio/orders/:order/refund` */
export const refundFromForm = (c: Page): Promise<Response> => endFromForm(c, "refund");

async function askAgain(c: Page, end: End): Promise<Response> {
  if (!mayDo(c, "orders:write")) return showForbidden(c);
  const order = await namedOrder(c);
  if (!order) return c.redirect(LIST, 303);
  const isOpen = end === "cancel" ? mayCancel(order) : mayRefund(order);
  return isOpen ? showQuestion(c, end, order) : back(c, order, "problem=illegal_transition");
}

/** What staff agreed to is in the form: if other money is at stake by now they are asked again. Twice is once. */
async function endFromForm(c: Page, end: End): Promise<Response> {
  if (!mayDo(c, "orders:write")) return showForbidden(c);
  const order = await namedOrder(c);
  if (!order) return c.redirect(LIST, 303);
  const form = await readForm(c);
  if (order.state !== ENDED[end]) {
    if (!(end === "cancel" ? mayCancel(order) : mayRefund(order))) return back(c, order, "problem=illegal_transition");
    if (form.get("amount") !== String(paidFor(order).amount)) return showQuestion(c, end, order, { hasChanged: true });
    if (form.get("sure") !== "yes") return showQuestion(c, end, order, { isUnsure: true });
  }
  const ended = await (end === "cancel" ? cancelOrder : refundOrder)(c.var.ctx, { id: order.id });
  return back(c, order, ended.ok ? `done=${ENDED[end]}` : `problem=${ended.code}`);
}

const back = (c: Page, { id }: Order, said: string): Response => c.redirect(`${LIST}/${id}?${said}`, 303);

function showQuestion(c: Page, end: End, order: Order, wrong: Wrong = {}): Promise<Response> {
  const { visit } = c.var;
  const { say } = visit;
  const { title, text, sure, button } = wordsFor(end, order, visit);
  const content = (
    <div class="wrap page staff-door">
      <p class="eyebrow">
        <a href={`${LIST}/${order.id}`}>{m.order_number({ number: order.number }, say)}</a>
      </p>
      <h1>{title}</h1>
      {wrong.hasChanged && (
        <Notice kind="few" isAnswer>
          <p>{m.staff_order_changed({}, say)}</p>
        </Notice>
      )}
      <p>{text}</p>
      <form class="staff-form" method="post" action={`${LIST}/${order.id}/${end}`} novalidate>
        <input type="hidden" name="amount" value={paidFor(order).amount} />
        <SureBox visit={visit} label={sure} isUnsure={wrong.isUnsure} />
        <div class="staff-row staff-steps">
          <button class="button" type="submit">
            {button}
          </button>
          <a href={`${LIST}/${order.id}`}>{m.staff_order_keep({}, say)}</a>
        </div>
      </form>
    </div>
  );
  return showStudio(c, title, content, wrong.isUnsure ? 422 : wrong.hasChanged ? 409 : 200);
}

const SureBox = ({ visit: { say }, label, isUnsure }: { visit: Visit; label: string; isUnsure?: boolean }) => (
  <div class="staff-sure">
    <label>
      <input
        type="checkbox"
        name="sure"
        value="yes"
        required
        autofocus={isUnsure || undefined}
        aria-invalid={isUnsure ? "true" : undefined}
        aria-describedby={isUnsure ? "sure-error" : undefined}
      />
      <span>{label}</span>
    </label>
    {isUnsure && (
      <p class="field-error" id="sure-error" role="alert">
        {m.staff_order_unsure({ field: label }, say)}
      </p>
    )}
  </div>
);

function wordsFor(end: End, order: Order, { say, locale }: Visit) {
  const { number, email } = order;
  const paid = paidFor(order);
  const amount = formatMoney(paid, locale);
  const by = providerWords(order.payments.find((it) => it.state === "paid")?.provider ?? "", say);
  if (end === "refund")
    return {
      title: m.staff_refund_title({ number }, say),
      text: m.staff_refund_text({ amount, email, by }, say),
      sure: m.staff_refund_sure({ amount }, say),
      button: m.staff_order_refund({ amount }, say),
    };
  const title = m.staff_cancel_title({ number }, say);
  if (paid.amount === 0)
    return {
      title,
      text: m.staff_cancel_text({}, say),
      sure: m.staff_cancel_sure({}, say),
      button: m.cancel_order({}, say),
    };
  return {
    title,
    text: m.staff_cancel_paid_text({ amount, email, by }, say),
    sure: m.staff_cancel_paid_sure({ amount }, say),
    button: m.staff_order_cancel_paid({ amount }, say),
  };
}
