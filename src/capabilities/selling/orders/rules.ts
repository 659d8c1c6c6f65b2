import type { z } from "@hono/zod-openapi";
import type { order, orderStates, payment } from "./contract.ts";

export type Order = z.infer<typeof order>;
export type Payment = z.infer<typeof payment>;
export type OrderState = (typeof orderStates)[number];

/** Where an order may go from each state. Everything else is refused with the current state named. */
const NEXT: { [state in OrderState]: readonly OrderState[] } = {
  pending_payment: ["paid", "cancelled"],
  paid: ["fulfilling", "cancelled", "partially_refunded", "refunded"],
  fulfilling: ["shipped", "cancelled", "partially_refunded", "refunded"],
  shipped: ["delivered", "partially_refunded", "refunded"],
  delivered: ["completed", "partially_refunded", "refunded"],
  completed: ["partially_refunded", "refunded"],
  partially_refunded: ["refunded"],
  cancelled: [],
  refunded: [],
};

/** What happened to an order besides its new state: the events that leave with it. */
export interface Happened {
  type: string;
  facts: Record<string, unknown>;
}

export type Change =
  | { kind: "changed"; order: Order; happened: Happened[] }
  | { kind: "same" }
  | { kind: "illegal"; state: OrderState };

export const mayMove = (from: OrderState, to: OrderState): boolean => NEXT[from].includes(to);

/** Moves an order; moving it to where it is already changes nothing. */
export function move(order: Order, to: OrderState, note: string, at: number): Change {
  if (order.state === to) return { kind: "same" };
  if (!mayMove(order.state, to)) return { kind: "illegal", state: order.state };
  return { kind: "changed", order: entered(order, to, note, at), happened: [happening(`order.${to}`, order)] };
}

/** Cancels: an open payment is closed, and what was paid becomes due for refund. */
export function cancel(order: Order, reason: string, at: number): Change {
  const moved = move(order, "cancelled", reason, at);
  if (moved.kind !== "changed") return moved;
  const payments = order.payments.map((it) =>
    it.state === "paid" ? refundDue(it) : isOpen(it) ? { ...it, state: "cancelled" as const, redirect_url: null } : it,
  );
  return {
    kind: "changed",
    order: { ...moved.order, cancel_reason: reason, payments },
    happened: [
      ...moved.happened,
      ...order.payments.filter((it) => it.state === "paid").map((it) => refundHappening(order, it)),
    ],
  };
}

/** Gives back all that was paid. Where the goods are does not change: what is not shipped is cancelled instead. */
export function refund(order: Order, note: string, at: number): Change {
  const moved = move(order, "refunded", note, at);
  if (moved.kind !== "changed") return moved;
  const paid = order.payments.filter((it) => it.state === "paid");
  const payments = order.payments.map((it) => (it.state === "paid" ? refundDue(it) : it));
  return {
    kind: "changed",
    order: { ...moved.order, payments },
    happened: [...moved.happened, ...paid.map((it) => refundHappening(order, it))],
  };
}

/** What a provider says of a payment, checked against the provider itself before it gets here. */
export interface PaymentReport {
  paymentId: string;
  state: "pending" | "paid" | "declined";
  /** Minor units in the order's currency. */
  captured: number;
}

/**
 * Applies a report. The first payment of an unpaid order pays it; money that arrives for an order that is cancelled or already
 * paid is due for refund, never kept and never silent. Saying the same again changes nothing.
 */
export function applyReport(order: Order, report: PaymentReport, at: number): Change {
  const payment = order.payments.find((it) => it.id === report.paymentId);
  if (!payment || isSettled(payment) || payment.state === report.state) return { kind: "same" };
  if (report.state !== "paid") {
    if (payment.state === "cancelled") return { kind: "same" };
    const payments = replace(order.payments, { ...payment, state: report.state });
    return {
      kind: "changed",
      order: touched(order, payments),
      happened: [happening(`payment.${report.state}`, order)],
    };
  }
  const paid: Payment = {
    ...payment,
    state: "paid",
    captured: { ...payment.amount, amount: report.captured },
    redirect_url: null,
  };
  if (order.state === "pending_payment" && report.captured === order.total.amount) {
    const others = order.payments.map((it) =>
      it.id !== paid.id && isOpen(it) ? { ...it, state: "cancelled" as const, redirect_url: null } : it,
    );
    const next = entered({ ...order, payments: replace(others, paid) }, "paid", `paid by ${paid.provider}`, at);
    return { kind: "changed", order: next, happened: [happening("order.paid", order)] };
  }
  const due = refundDue(paid);
  return {
    kind: "changed",
    order: touched(order, replace(order.payments, due)),
    happened: [refundHappening(order, due)],
  };
}

/** Records a refund that the provider has made; refunding a cancelled order leaves it cancelled. */
export function applyRefund(order: Order, paymentId: string, at: number): Change {
  const payment = order.payments.find((it) => it.id === paymentId);
  if (payment?.state !== "refund_due") return { kind: "same" };
  const refunded: Payment = { ...payment, state: "refunded", refunded: payment.captured };
  const next = touched(order, replace(order.payments, refunded));
  const note = { at: new Date(at).toISOString(), state: order.state, note: "refunded" };
  return {
    kind: "changed",
    order: { ...next, history: [...order.history, note] },
    happened: [happening("payment.refunded", order)],
  };
}

/** Adds a payment attempt to an order that waits for one; two that were opened at once under one id are one attempt. */
export function addPayment(order: Order, payment: Payment): Change {
  if (order.state !== "pending_payment") return { kind: "illegal", state: order.state };
  if (order.payments.some((it) => it.id === payment.id)) return { kind: "same" };
  return { kind: "changed", order: touched(order, [...order.payments, payment]), happened: [] };
}

/** Names broken truths of one order (I8, I11, I14), for the invariant runner. */
export function brokenOrder(order: Order): string[] {
  const broken: string[] = [];
  const lines = order.lines.reduce((sum, it) => sum + it.total.amount, 0);
  if (order.lines.some((it) => it.total.amount !== it.unit_price.amount * it.quantity))
    broken.push("a line is not quantity x price");
  if (order.subtotal.amount !== lines) broken.push("the subtotal is not the sum of the lines");
  if (order.total.amount !== order.subtotal.amount + order.shipping.amount) broken.push("the total does not add up");
  for (const { state, captured, refunded, amount } of order.payments)
    if (
      refunded.amount < 0 ||
      refunded.amount > captured.amount ||
      (state === "paid" && captured.amount > amount.amount)
    )
      broken.push("refunded <= captured <= amount does not hold");
  if (new Set(order.payments.map((it) => it.id)).size < order.payments.length) broken.push("a payment is there twice");
  const kept = order.payments.filter((it) => it.state === "paid").reduce((sum, it) => sum + it.captured.amount, 0);
  const isPaid = !["pending_payment", "cancelled", "refunded", "partially_refunded"].includes(order.state);
  if (isPaid && kept !== order.total.amount)
    broken.push(`${order.state} but ${kept} of ${order.total.amount} is captured`);
  if (order.state === "pending_payment" && kept !== 0) broken.push("captured but not paid");
  if ((order.state === "cancelled" || order.state === "refunded") && kept !== 0)
    broken.push(`${order.state} but the money is kept`);
  return broken;
}

const isOpen = (payment: Payment): boolean =>
  payment.state === "open" || payment.state === "pending" || payment.state === "declined";
const isSettled = (payment: Payment): boolean =>
  payment.state === "paid" || payment.state === "refund_due" || payment.state === "refunded";
const refundDue = (payment: Payment): Payment => ({ ...payment, state: "refund_due", redirect_url: null });
const replace = (payments: Payment[], by: Payment): Payment[] => payments.map((it) => (it.id === by.id ? by : it));
const touched = (order: Order, payments: Payment[]): Order => ({ ...order, payments, version: order.version + 1 });

function entered(order: Order, state: OrderState, note: string, at: number): Order {
  const entry = { at: new Date(at).toISOString(), state, note };
  return { ...order, state, history: [...order.history, entry], version: order.version + 1 };
}

const happening = (type: string, order: Order): Happened => ({
  type,
  facts: { order_id: order.id },
});

const refundHappening = (order: Order, payment: Payment): Happened => ({
  type: "payment.refund_due",
  facts: { order_id: order.id, payment_id: payment.id, provider: payment.provider, amount: payment.captured },
});
