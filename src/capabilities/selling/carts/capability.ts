import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { addLine, changeLine, createCart, readCart, removeLine } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "carts",
  sells: "internal",
  isEssential: true,
  needs: ["catalog", "stock"],
  operations: [
    serve(contract.createCart, createCart),
    serve(contract.readCart, readCart),
    serve(contract.addLine, addLine),
    serve(contract.changeLine, changeLine),
    serve(contract.removeLine, removeLine),
  ],
});
