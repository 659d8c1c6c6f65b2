import type { ShopState, Tenant } from "../../../platform/context.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";

export const shopStates = ["trial", "active", "suspended", "closed"] as const satisfies readonly ShopState[];

/** Where a shop may go from where it is. Closing is for good; its data stays. */
const WAYS: Record<ShopState, readonly ShopState[]> = {
  trial: ["active", "suspended", "closed"],
  active: ["suspended", "closed"],
  suspended: ["active", "closed"],
  closed: [],
};

/** Whether a shop may go from one state to another; a refusal names where it could go instead. */
export function decideMove(from: ShopState, to: ShopState): Result<ShopState, "illegal_transition"> {
  if (WAYS[from].includes(to)) return ok(to);
  const ways = WAYS[from];
  const instead = ways.length > 0 ? `It can become ${ways.join(" or ")}.` : "It stays so.";
  return refused("illegal_transition", `The shop is ${from}; it cannot become ${to}. ${instead}`, {
    facts: { current_state: from, wanted_state: to, allowed_states: ways },
  });
}

export type Standing = "open" | "suspended" | "closed";

/** What a shop's state means for its callers now: a trial that is over counts as a suspension. */
export function standingOf({ state, trialEndsAt }: Pick<Tenant, "state" | "trialEndsAt">, now: number): Standing {
  if (state === "suspended" || state === "closed") return state;
  return state === "trial" && trialEndsAt !== null && trialEndsAt <= now ? "suspended" : "open";
}

/** Names below these are no public domain (RFC 6761, RFC 8375 and what networks use inside). */
const PRIVATE = [
  "localhost",
  "local",
  "internal",
  "intranet",
  "invalid",
  "test",
  "onion",
  "arpa",
  "alt",
  "lan",
  "home",
];

/** Whether a shop may claim the host: not the platform's own domain or a name below it, and not what is no public domain. */
export const mayClaim = (host: string, platformDomain: string): boolean =>
  [platformDomain.toLowerCase(), ...PRIVATE].every((it) => host !== it && !host.endsWith(`.${it}`));
