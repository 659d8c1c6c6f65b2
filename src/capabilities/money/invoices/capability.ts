import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { issueInvoices, listInvoices, readInvoice, readInvoiceCsv, readInvoicePdf, replayInvoice } from "./actions.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "invoices",
  sells: "internal",
  isEssential: true,
  needs: ["usage"],
  operations: [
    serve(contract.listInvoices, listInvoices),
    serve(contract.readInvoice, readInvoice),
    serve(contract.readInvoiceCsv, readInvoiceCsv),
    serve(contract.readInvoicePdf, readInvoicePdf),
    serve(contract.replayInvoice, replayInvoice),
  ],
  every: { hour: [issueInvoices] },
});
