import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { changeKey, createKey, listKeys, readKey, revokeKey } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "keys",
  sells: "internal",
  needs: [],
  operations: [
    serve(contract.createKey, createKey),
    serve(contract.listKeys, listKeys),
    serve(contract.readKey, readKey),
    serve(contract.changeKey, changeKey),
    serve(contract.revokeKey, revokeKey),
  ],
});
