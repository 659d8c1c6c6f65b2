import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { checkConsistency, createLink, readConsistency, readMetrics, watchStock } from "./actions.ts";
import * as contract from "./contract.ts";

/** The watch over stock: its copies are compared with the counters every second, and repaired from them. */
export default defineCapability({
  name: "consistency",
  sells: "internal",
  needs: ["stock", "search"],
  operations: [
    serve(contract.readConsistency, readConsistency),
    serve(contract.checkConsistency, checkConsistency),
    serve(contract.readMetrics, readMetrics),
    serve(contract.createLink, createLink),
  ],
  every: { minute: [watchStock] },
});
