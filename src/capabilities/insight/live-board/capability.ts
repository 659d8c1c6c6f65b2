import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { readLive, watchSale } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "live-board",
  sells: {
    unit: "watcher",
    plans: [
      { name: "basic", callsPerSecond: 100, microsPerUnit: 100, availability: "99.9 %" },
      { name: "enterprise", callsPerSecond: 1_000, microsPerUnit: 50, availability: "99.95 %" },
    ],
  },
  needs: ["flash-sales", "waiting-room"],
  operations: [serve(contract.watchSale, readLive, watchSale)],
});
