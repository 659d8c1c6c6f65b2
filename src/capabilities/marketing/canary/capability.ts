import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { explainDecision } from "./actions/explain.ts";
import { createPreview } from "./actions/preview.ts";
import { changeRule, createRule, deleteRule, listRules, readRule } from "./actions.ts";
import * as contract from "./contract.ts";
import { pages } from "./pages.tsx";

export default defineCapability({
  name: "canary",
  sells: {
    unit: "rule",
    plans: [
      { name: "basic", callsPerSecond: 5, microsPerUnit: 1_000, availability: "99.9 %" },
      { name: "enterprise", callsPerSecond: 50, microsPerUnit: 500, availability: "99.95 %" },
    ],
  },
  needs: [],
  operations: [
    serve(contract.createRule, createRule),
    serve(contract.listRules, listRules),
    serve(contract.readRule, readRule),
    serve(contract.changeRule, changeRule),
    serve(contract.deleteRule, deleteRule),
    serve(contract.explainDecision, explainDecision),
    serve(contract.createPreview, createPreview),
  ],
  tells: { "canary.rolled_back": "A canary arm broke its guard and is switched off" },
  pages,
});
