import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { openPayment, playSandbox, receiveWebhook, refundDue } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "payments",
  sells: "internal",
  isEssential: true,
  needs: ["orders"],
  operations: [
    serve(contract.openPayment, openPayment),
    serve(contract.webhook, receiveWebhook),
    serve(contract.playSandbox, playSandbox),
  ],
  on: { "payment.refund_due": refundDue },
});
