import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { forgetOldMails, sendDue } from "./actions/send-mail.ts";
import { listMails, readMail } from "./actions.ts";
import * as contract from "./contract.ts";

/** Mail to shoppers and staff. Others write letters where something follows from an event; here they are sent. */
export default defineCapability({
  name: "mail",
  sells: "internal",
  isEssential: true,
  needs: [],
  operations: [serve(contract.listMails, listMails), serve(contract.readMail, readMail)],
  every: { minute: [sendDue], hour: [forgetOldMails] },
});
