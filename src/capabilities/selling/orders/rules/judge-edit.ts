import {
  addPayment,
  applyRefund,
  applyReport,
  type Change,
  cancel,
  move,
  type Order,
  type OrderState,
  type Payment,
  type PaymentReport,
  refund,
} from "../rules.ts";

/** What may be asked of an order that is in its journal. */
export type Edit =
  | { kind: "move"; orderId: string; to: OrderState; note: string }
  | { kind: "cancel"; orderId: string; reason: string }
  | { kind: "refund"; orderId: string; note: string }
  | { kind: "report"; orderId: string; report: PaymentReport }
  | { kind: "refunded"; orderId: string; paymentId: string }
  | { kind: "attempt"; orderId: string; payment: Payment };

/** What an edit makes of the order at the moment `now`. */
export function judgeEdit(order: Order, edit: Edit, now: number): Change {
  switch (edit.kind) {
    case "move":
      return move(order, edit.to, edit.note, now);
    case "cancel":
      return cancel(order, edit.reason, now);
    case "refund":
      return refund(order, edit.note, now);
    case "report":
      return applyReport(order, edit.report, now);
    case "refunded":
      return applyRefund(order, edit.paymentId, now);
    case "attempt":
      return addPayment(order, edit.payment);
  }
}
