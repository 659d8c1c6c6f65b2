import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { adjustStock, ping, readStock, setStock } from "./actions.ts";
import * as contract from "./contract.ts";
import { countersKeepTheirBooks } from "./invariants.ts";

/** Stock: one atomic counter per SKU. Holding units of it is sold as the reservation API (`reservations`). */
export default defineCapability({
  name: "stock",
  sells: {
    unit: "stock call",
    plans: [
      { name: "trial", callsPerSecond: 100, microsPerUnit: 0, availability: "best effort" },
      { name: "paid", callsPerSecond: 5_000, microsPerUnit: 1_000, availability: "99.95 %" },
    ],
  },
  isEssential: true,
  needs: [],
  operations: [
    serve(contract.readStock, readStock),
    serve(contract.setStock, setStock),
    serve(contract.adjustStock, adjustStock),
    serve(contract.ping, ping),
  ],
  invariants: [
    { name: "I1 I2 I3 stock is conserved, holds add up, nothing is oversold", check: countersKeepTheirBooks },
  ],
});
