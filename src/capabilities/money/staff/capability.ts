import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { listAudit } from "./actions/audit.ts";
import { forgetOld } from "./actions/forget-old.ts";
import { acceptInvitation, inviteMember, listInvitations, revokeInvitation } from "./actions/invitations.ts";
import { changeMember, endMemberSessions, listMembers, readMember, resetSecondFactor } from "./actions.ts";
import * as contract from "./contract.ts";
import { keepsAnOwner } from "./invariants.ts";

export default defineCapability({
  name: "staff",
  sells: "internal",
  isEssential: true,
  needs: [],
  operations: [
    serve(contract.inviteMember, inviteMember),
    serve(contract.listInvitations, listInvitations),
    serve(contract.revokeInvitation, revokeInvitation),
    serve(contract.acceptInvitation, acceptInvitation),
    serve(contract.listMembers, listMembers),
    serve(contract.readMember, readMember),
    serve(contract.changeMember, changeMember),
    serve(contract.endMemberSessions, endMemberSessions),
    serve(contract.resetSecondFactor, resetSecondFactor),
    serve(contract.listAudit, listAudit),
  ],
  every: { hour: [forgetOld] },
  invariants: [keepsAnOwner],
});
