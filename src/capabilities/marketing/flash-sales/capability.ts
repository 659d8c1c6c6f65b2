import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { cancelSale, createSale, editSale, listSales, readSale } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "flash-sales",
  sells: {
    unit: "participation",
    plans: [
      { name: "basic", callsPerSecond: 500, microsPerUnit: 2_000, availability: "99.95 %" },
      { name: "enterprise", callsPerSecond: 12_000, microsPerUnit: 800, availability: "99.99 %" },
    ],
  },
  needs: ["orders", "payments", "stock"],
  operations: [
    serve(contract.createSale, createSale),
    serve(contract.listSales, listSales),
    serve(contract.readSale, readSale),
    serve(contract.editSale, editSale),
    serve(contract.cancelSale, cancelSale),
  ],
});
