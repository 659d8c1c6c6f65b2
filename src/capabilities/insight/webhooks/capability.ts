import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { listDeliveries, readDelivery, replayDeliveries, replayDelivery, testEndpoint } from "./actions/deliveries.ts";
import { askedTypes, tellEndpoints } from "./actions/tell-endpoints.ts";
import {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  listEndpoints,
  listEventTypes,
  readEndpoint,
  rotateSecret,
} from "./actions.ts";
import * as contract from "./contract.ts";

/** Events that happen in a shop, sent to its receivers, signed. Which events there are, the other manifests tell. */
export default defineCapability({
  name: "webhooks",
  sells: "internal",
  needs: [],
  books: ["webhook_deliveries"],
  operations: [
    serve(contract.createEndpoint, createEndpoint),
    serve(contract.listEndpoints, listEndpoints),
    serve(contract.readEndpoint, readEndpoint),
    serve(contract.changeEndpoint, changeEndpoint),
    serve(contract.rotateSecret, rotateSecret),
    serve(contract.testEndpoint, testEndpoint),
    serve(contract.listDeliveries, listDeliveries),
    serve(contract.readDelivery, readDelivery),
    serve(contract.replayDelivery, replayDelivery),
    serve(contract.replayDeliveries, replayDeliveries),
    serve(contract.listEventTypes, listEventTypes),
    serve(contract.deleteEndpoint, deleteEndpoint),
  ],
  tells: { "webhook_endpoint.disabled": "An endpoint answered 410, or nothing but failures for five days" },
  takesTold: { handle: tellEndpoints, asked: askedTypes },
});
