import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { placeOrder } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "checkout",
  sells: {
    unit: "order placed",
    plans: [
      { name: "basic", callsPerSecond: 50, microsPerUnit: 10_000, availability: "99.95 %" },
      { name: "enterprise", callsPerSecond: 3_900, microsPerUnit: 4_000, availability: "99.95 %" },
    ],
  },
  isEssential: true,
  needs: ["carts", "catalog", "orders", "payments", "stock", "usage"],
  uses: ["accounts"],
  operations: [serve(contract.placeOrder, placeOrder)],
  books: ["orders_placed"],
});
