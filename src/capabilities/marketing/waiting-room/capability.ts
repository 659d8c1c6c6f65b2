import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { enterRoom, readDraw, readEntry, readRoom } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "waiting-room",
  sells: {
    unit: "entrant",
    plans: [
      { name: "basic", callsPerSecond: 500, microsPerUnit: 500, availability: "99.95 %" },
      { name: "enterprise", callsPerSecond: 5_000, microsPerUnit: 200, availability: "99.99 %" },
    ],
  },
  needs: ["flash-sales"],
  operations: [
    serve(contract.enterRoom, enterRoom),
    serve(contract.readEntry, readEntry),
    serve(contract.readRoom, readRoom),
    serve(contract.readDraw, readDraw),
  ],
});
