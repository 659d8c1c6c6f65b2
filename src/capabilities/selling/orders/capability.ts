import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { sellThenConfirm } from "./actions/confirm-by-mail.ts";
import { cancelOrder, giveStockBack, listOrders, moveOrder, readOrder, refundOrder } from "./actions.ts";
import * as contract from "./contract.ts";
import { journalsMatchD1, ordersAddUp } from "./invariants.ts";

export default defineCapability({
  name: "orders",
  sells: "internal",
  isEssential: true,
  needs: ["stock", "mail", "tenants"],
  operations: [
    serve(contract.readOrder, readOrder),
    serve(contract.listOrders, listOrders),
    serve(contract.cancelOrder, cancelOrder),
    serve(contract.moveOrder, moveOrder),
    serve(contract.refundOrder, refundOrder),
  ],
  tells: {
    "order.placed": "An order is placed; it waits for its payment",
    "order.paid": "An order is paid in full",
    "order.fulfilling": "An order is being packed",
    "order.shipped": "An order is on its way",
    "order.delivered": "An order has arrived",
    "order.completed": "Nothing more is to be done for an order",
    "order.cancelled": "An order is cancelled, by the shop, the buyer or for want of payment",
    "order.partially_refunded": "Part of an order's money is given back",
    "order.refunded": "All of an order's money is given back",
    "payment.pending": "A provider has heard of a payment and does not know yet",
    "payment.declined": "A payment attempt is declined; the order may be paid by another",
    "payment.refund_due": "Money arrived that is to be given back",
    "payment.refunded": "A provider has given a payment back",
  },
  counts: [{ meter: "orders_paid", event: "order.paid" }],
  on: { "order.paid": sellThenConfirm, "order.cancelled": giveStockBack },
  invariants: [
    { name: "I8 I11 I14 every order adds up and its money fits its state", check: ordersAddUp },
    { name: "I4 I5 the journals and D1 agree, and every order holds all of its lines", check: journalsMatchD1 },
  ],
});
