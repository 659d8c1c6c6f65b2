import type { Invariant } from "../../../platform/capability.ts";
import { countOwners } from "./store/members.ts";

/** A shop that has people has an owner among them who may sign in. */
export const keepsAnOwner: Invariant = {
  name: "staff: an owner stays",
  async check({ env, tenant }) {
    const { members, owners } = await countOwners(env, tenant.id);
    return members > 0 && owners === 0 ? [`${members} members and no owner who may sign in`] : [];
  },
};
