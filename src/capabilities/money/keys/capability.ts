import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { issueToken, publishKeys, publishMetadata } from "./actions/tokens.ts";
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
    serve(contract.issueToken, issueToken),
    serve(contract.revokeKey, revokeKey),
  ],
  files: [
    { method: "get", path: "/.well-known/jwks.json", act: publishKeys, refusals: {} },
    { method: "get", path: "/.well-known/oauth-authorization-server", act: publishMetadata, refusals: {} },
  ],
});
