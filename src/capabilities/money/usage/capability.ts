import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { readPriceList, readUsage } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "usage",
  sells: "internal",
  isEssential: true,
  needs: [],
  operations: [serve(contract.readUsage, readUsage), serve(contract.readPriceList, readPriceList)],
  tells: { "usage.cap_reached": "A key's cost this month has reached a level of its spend cap" },
});
