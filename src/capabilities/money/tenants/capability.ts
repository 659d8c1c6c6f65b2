import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { changeTrial, listShops, moveShop, readShopRecord } from "./actions/run-life.ts";
import { changeSettings, createShop, readShop } from "./actions.ts";
import * as life from "./contract/life.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "tenants",
  sells: "internal",
  isEssential: true,
  needs: ["keys"],
  operations: [
    serve(contract.createShop, createShop),
    serve(contract.readShop, readShop),
    serve(contract.changeSettings, changeSettings),
    serve(life.listShops, listShops),
    serve(life.readShopRecord, readShopRecord),
    serve(life.moveShop, moveShop),
    serve(life.changeTrial, changeTrial),
  ],
});
