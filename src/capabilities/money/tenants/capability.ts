import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { addHost, checkHost, listHosts, removeHost, verifyHost } from "./actions/keep-hosts.ts";
import { changeTrial, listShops, moveShop, readShopRecord } from "./actions/run-life.ts";
import { changeSettings, createShop, readShop } from "./actions.ts";
import * as hosts from "./contract/hosts.ts";
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
    serve(hosts.addHost, addHost),
    serve(hosts.listHosts, listHosts),
    serve(hosts.checkHost, checkHost),
    serve(hosts.removeHost, removeHost),
    serve(hosts.verifyHost, verifyHost),
    serve(life.listShops, listShops),
    serve(life.readShopRecord, readShopRecord),
    serve(life.moveShop, moveShop),
    serve(life.changeTrial, changeTrial),
  ],
});
