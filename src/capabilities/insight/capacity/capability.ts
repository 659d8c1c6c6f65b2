import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { adjustAutoscale, readAutoscale } from "./actions.ts";
import * as contract from "./contract.ts";

/** Room for an expected rush: a SKU's counter is divided over shards and brought back into one, while it sells. */
export default defineCapability({
  name: "capacity",
  sells: {
    unit: "adjustment",
    plans: [{ name: "on demand", callsPerSecond: 10, microsPerUnit: 50_000, availability: "99.95 %" }],
  },
  needs: ["stock"],
  operations: [serve(contract.adjustAutoscale, adjustAutoscale), serve(contract.readAutoscale, readAutoscale)],
});
