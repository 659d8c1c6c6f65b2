import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { select } from "./actions.ts";
import * as contract from "./contract.ts";

/** Smart selection: which products to show, promote or clear, by category, tag, stock, price and sales. */
export default defineCapability({
  name: "selection",
  sells: {
    unit: "selection",
    plans: [
      { name: "basic", callsPerSecond: 5, callsPerMonth: 50_000, microsPerUnit: 2_000, availability: "99.9 %" },
      { name: "premium", callsPerSecond: 20, microsPerUnit: 1_200, availability: "99.95 %" },
    ],
  },
  needs: ["catalog", "search"],
  operations: [serve(contract.select, select)],
});
