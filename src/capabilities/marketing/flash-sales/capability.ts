import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { cancelSale } from "./actions/cancel-sale.ts";
import { createSale } from "./actions/create-sale.ts";
import { editSale } from "./actions/edit-sale.ts";
import { orderParticipation } from "./actions/order-participation.ts";
import { participate } from "./actions/participate.ts";
import { listSales, readSale } from "./actions.ts";
import * as contract from "./contract.ts";
import { salesHaveTheirOrders, salesKeepTheirTerms } from "./invariants.ts";

export default defineCapability({
  name: "flash-sales",
  sells: {
    unit: "participation",
    plans: [
      { name: "basic", callsPerSecond: 500, microsPerUnit: 2_000, availability: "99.95 %" },
      { name: "enterprise", callsPerSecond: 12_000, microsPerUnit: 800, availability: "99.99 %" },
    ],
  },
  needs: ["catalog", "orders", "payments", "stock", "usage"],
  uses: ["accounts"],
  books: ["flash_participations", "orders_placed"],
  operations: [
    serve(contract.createSale, createSale),
    serve(contract.listSales, listSales),
    serve(contract.readSale, readSale),
    serve(contract.editSale, editSale),
    serve(contract.cancelSale, cancelSale),
    serve(contract.participate, participate),
    serve(contract.orderParticipation, orderParticipation),
  ],
  invariants: [
    {
      name: "I1 I3 I12 every sale sells its own units, none of them twice, to no buyer too many",
      check: salesKeepTheirTerms,
    },
    { name: "I4 I5 no sale's order is lost, and its units are held or sold", check: salesHaveTheirOrders },
  ],
});
