import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { listAudit } from "./actions/audit.ts";
import { forgetOld } from "./actions/forget-old.ts";
import { acceptInvitation, inviteMember, listInvitations, revokeInvitation } from "./actions/invitations.ts";
import { askStaffReset, resetStaffPassword, sendStaffReset, tellStaffReset } from "./actions/reset-password.ts";
import { changeMember, endMemberSessions, listMembers, readMember, resetSecondFactor } from "./actions.ts";
import * as resets from "./contract/password-resets.ts";
import * as contract from "./contract.ts";
import { keepsAnOwner } from "./invariants.ts";

export default defineCapability({
  name: "staff",
  sells: "internal",
  isEssential: true,
  needs: ["mail"],
  operations: [
    serve(contract.inviteMember, inviteMember),
    serve(contract.listInvitations, listInvitations),
    serve(contract.revokeInvitation, revokeInvitation),
    serve(contract.acceptInvitation, acceptInvitation),
    serve(resets.askStaffReset, askStaffReset),
    serve(resets.resetStaffPassword, resetStaffPassword),
    serve(contract.listMembers, listMembers),
    serve(contract.readMember, readMember),
    serve(contract.changeMember, changeMember),
    serve(contract.endMemberSessions, endMemberSessions),
    serve(contract.resetSecondFactor, resetSecondFactor),
    serve(contract.listAudit, listAudit),
  ],
  on: { "staff.reset_asked": sendStaffReset, "staff.password_reset": tellStaffReset },
  every: { hour: [forgetOld] },
  invariants: [keepsAnOwner],
});
