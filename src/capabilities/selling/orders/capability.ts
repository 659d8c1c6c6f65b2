import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { cancelOrder, giveStockBack, listOrders, moveOrder, readOrder, sellHeldStock } from "./actions.ts";
import * as contract from "./contract.ts";
import { journalsMatchD1, ordersAddUp } from "./invariants.ts";

export default defineCapability({
  name: "orders",
  sells: "internal",
  isEssential: true,
  needs: ["stock"],
  operations: [
    serve(contract.readOrder, readOrder),
    serve(contract.listOrders, listOrders),
    serve(contract.cancelOrder, cancelOrder),
    serve(contract.moveOrder, moveOrder),
  ],
  on: { "order.paid": sellHeldStock, "order.cancelled": giveStockBack },
  invariants: [
    { name: "I8 I11 I14 every order adds up and its money fits its state", check: ordersAddUp },
    { name: "I4 I5 the journals and D1 agree, and every order holds all of its lines", check: journalsMatchD1 },
  ],
});
