import type { Role } from "../../capabilities/money/staff/contract.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";

type Say = Visit["say"];

const NAMES: Record<Role, (inputs: Record<string, never>, say: Say) => string> = {
  owner: m.staff_role_owner,
  manager: m.staff_role_manager,
  support: m.staff_role_support,
  auditor: m.staff_role_auditor,
};
const TEXTS: Record<Role, (inputs: Record<string, never>, say: Say) => string> = {
  owner: m.staff_role_owner_text,
  manager: m.staff_role_manager_text,
  support: m.staff_role_support_text,
  auditor: m.staff_role_auditor_text,
};

export const roleName = (role: Role, say: Say): string => NAMES[role]({}, say);
/** What the role is for, in one sentence. */
export const roleText = (role: Role, say: Say): string => TEXTS[role]({}, say);

/** What a refusal says to a person; codes are those of the contract. */
export function refusalWords(code: string, say: Say): string {
  switch (code) {
    case "wrong_credentials":
      return m.staff_wrong({}, say);
    case "too_many_attempts":
      return m.staff_too_many({}, say);
    case "wrong_code":
      return m.staff_wrong_code({}, say);
    case "unknown_invitation":
      return m.staff_invitation_unknown({}, say);
    case "invitation_spent":
      return m.staff_invitation_spent({}, say);
    case "member_exists":
      return m.staff_member_exists({}, say);
    case "scope_exceeded":
      return m.staff_scope_exceeded({}, say);
    case "last_owner":
      return m.staff_last_owner({}, say);
    case "too_short":
      return m.staff_too_short({}, say);
    case "too_long":
      return m.staff_too_long({}, say);
    case "too_common":
      return m.staff_too_common({}, say);
    case "too_personal":
      return m.staff_too_personal({}, say);
    case "invalid_request":
      return m.staff_check_fields({}, say);
    default:
      return m.problem_other({}, say);
  }
}
