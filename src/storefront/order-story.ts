import type { z } from "@hono/zod-openapi";
import type { order, orderStates } from "../capabilities/selling/orders/contract.ts";
import { formatMoney } from "./format.ts";
import { m } from "./messages/compiled/messages.js";
import type { Visit } from "./visit.ts";

export type Order = z.infer<typeof order>;
type OrderState = (typeof orderStates)[number];
type Say = Visit["say"];

/** The order in one heading and what happens next. */
export interface Story {
  title: string;
  text: string;
  tone: "good" | "few" | "bad";
  /** Whether something may still change by itself soon, so that the page keeps looking. */
  isMoving: boolean;
}

export function tellOrder(order: Order, { say }: Visit): Story {
  if (order.state === "pending_payment") return tellPayment(order, say);
  const isMoving = order.payments.some((it) => it.state === "refund_due");
  return {
    title: stateTitle(order.state, say),
    text: stateText(order, say),
    tone: order.state === "cancelled" ? "bad" : "good",
    isMoving,
  };
}

function tellPayment(order: Order, say: Say): Story {
  switch (order.payments.at(-1)?.state) {
    case "declined":
      return {
        title: m.order_declined_title({}, say),
        text: m.order_declined_text({}, say),
        tone: "bad",
        isMoving: true,
      };
    case "pending":
      return {
        title: m.order_pending_title({}, say),
        text: m.order_pending_text({}, say),
        tone: "few",
        isMoving: true,
      };
    default:
      return {
        title: m.order_waiting_title({}, say),
        text: m.order_waiting_text({}, say),
        tone: "few",
        isMoving: true,
      };
  }
}

/** A state as a step of the way. */
export function stateWord(state: OrderState, say: Say): string {
  switch (state) {
    case "pending_payment":
      return m.state_placed({}, say);
    case "paid":
      return m.state_paid({}, say);
    case "fulfilling":
      return m.state_fulfilling({}, say);
    case "shipped":
      return m.state_shipped({}, say);
    case "delivered":
      return m.state_delivered({}, say);
    case "completed":
      return m.state_completed({}, say);
    case "cancelled":
      return m.state_cancelled({}, say);
    case "partially_refunded":
      return m.state_partially_refunded({}, say);
    case "refunded":
      return m.state_refunded({}, say);
  }
}

function stateTitle(state: OrderState, say: Say): string {
  switch (state) {
    case "paid":
      return m.order_paid_title({}, say);
    case "fulfilling":
      return m.order_fulfilling_title({}, say);
    case "shipped":
      return m.order_shipped_title({}, say);
    case "delivered":
    case "completed":
      return m.order_delivered_title({}, say);
    case "cancelled":
      return m.order_cancelled_title({}, say);
    default:
      return m.order_refunded_title({}, say);
  }
}

function stateText({ state, payments, cancel_reason: reason }: Order, say: Say): string {
  switch (state) {
    case "paid":
      return m.order_paid_text({}, say);
    case "fulfilling":
      return m.order_fulfilling_text({}, say);
    case "shipped":
      return m.order_shipped_text({}, say);
    case "delivered":
    case "completed":
      return m.order_delivered_text({}, say);
    case "cancelled":
      return [cancelReason(reason, say), refundWords(payments, say)].filter(Boolean).join(" ");
    default:
      return payments.some((it) => it.state === "refund_due") ? m.order_refunded_text({}, say) : m.refund_made({}, say);
  }
}

function cancelReason(reason: string | null, say: Say): string {
  switch (reason) {
    case "cancelled_by_shopper":
      return m.cancelled_by_you({}, say);
    case "payment_timeout":
      return m.cancelled_unpaid({}, say);
    default:
      return m.cancelled_by_shop({}, say);
  }
}

function refundWords(payments: Order["payments"], say: Say): string {
  if (payments.some((it) => it.state === "refund_due")) return m.refund_coming({}, say);
  return payments.some((it) => it.state === "refunded") ? m.refund_made({}, say) : m.nothing_charged({}, say);
}

/** Which money of an order is where, in a few words that name the amount. */
export function paymentWords(
  { state, captured }: Order["payments"][number],
  { say, locale }: Pick<Visit, "say" | "locale">,
): string {
  const amount = formatMoney(captured, locale);
  switch (state) {
    case "open":
      return m.payment_open({}, say);
    case "pending":
      return m.payment_pending({}, say);
    case "paid":
      return m.payment_received({ amount }, say);
    case "declined":
      return m.payment_declined({}, say);
    case "cancelled":
      return m.payment_closed({}, say);
    case "refund_due":
      return m.payment_going_back({ amount }, say);
    case "refunded":
      return m.payment_given_back({ amount }, say);
  }
}

/** What people call a payment provider. */
export const providerWords = (provider: string, say: Say): string =>
  provider === "sandbox" ? m.sandbox_bank({}, say) : m.payment({}, say);

const CANCELLABLE: ReadonlySet<OrderState> = new Set<OrderState>(["pending_payment", "paid", "fulfilling"]);
export const mayCancel = (order: Order): boolean => CANCELLABLE.has(order.state);

const REFUNDABLE: ReadonlySet<OrderState> = new Set<OrderState>(["shipped", "delivered", "completed"]);
/** Whether what was paid can be given back though the goods have left. */
export const mayRefund = (order: Order): boolean => REFUNDABLE.has(order.state);
