import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { forgetAudited, listAudited, listPlugins, putPlugin, readPlugin } from "./actions.ts";
import * as contract from "./contract.ts";

/** What a shop has done to each of its API calls: other issuers' tokens, limits of its own, a trail. Set by API, live in seconds. */
export default defineCapability({
  name: "gateway",
  sells: "internal",
  needs: ["usage", "webhooks"],
  operations: [
    serve(contract.listPlugins, listPlugins),
    serve(contract.readPlugin, readPlugin),
    serve(contract.putPlugin, putPlugin),
    serve(contract.listAudited, listAudited),
  ],
  every: { hour: [forgetAudited] },
});
