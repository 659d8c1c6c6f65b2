import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { changeSettings, createShop, readShop } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "tenants",
  sells: "internal",
  needs: ["keys"],
  operations: [
    serve(contract.createShop, createShop),
    serve(contract.readShop, readShop),
    serve(contract.changeSettings, changeSettings),
  ],
});
