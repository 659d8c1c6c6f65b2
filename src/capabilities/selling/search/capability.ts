import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { countHotWords, followCollections, followProducts } from "./actions/follow-events.ts";
import { readIndexState, readSynonyms, rebuildIndex, writeSynonyms } from "./actions/keep-index.ts";
import { searchesIn } from "./actions/tell-searches.ts";
import { search, suggest } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "search",
  sells: {
    unit: "search",
    plans: [
      { name: "basic", callsPerSecond: 20, microsPerUnit: 100, availability: "99.9 %" },
      { name: "premium", callsPerSecond: 200, microsPerUnit: 60, availability: "99.95 %" },
    ],
  },
  needs: ["catalog"],
  operations: [
    serve(contract.search, search),
    serve(contract.suggest, suggest),
    serve(contract.readSynonyms, readSynonyms),
    serve(contract.writeSynonyms, writeSynonyms),
    serve(contract.rebuildIndex, rebuildIndex),
    serve(contract.readIndexState, readIndexState),
  ],
  counts: [{ meter: "searches", event: "search.performed", unitsOf: searchesIn }],
  on: {
    "product.changed": followProducts,
    "product.deleted": followProducts,
    "collection.changed": followCollections,
    "collection.deleted": followCollections,
    "search.performed": countHotWords,
  },
});
