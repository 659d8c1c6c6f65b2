import type { Role } from "./contract.ts";

/** What each role may do, as scopes. A manager runs the shop, but neither its people, keys and gateway nor its own life. */
const SCOPES: Record<Role, readonly string[]> = {
  owner: ["*"],
  manager: ["*:read", "*:write", "!staff:write", "!keys:write", "!gateway:write", "!tenants:write"],
  support: ["*:read", "orders:write"],
  auditor: ["*:read"],
};

export const scopesOf = (role: Role): readonly string[] => SCOPES[role];

/** Whether who holds these scopes may give a role or take it: nobody gives away more than they hold. */
export const mayGive = (held: readonly string[], role: Role): boolean =>
  held.includes("*") || scopesOf(role).every((scope) => held.includes(scope));

/** E-mail addresses are compared without regard to case, as people write them. */
export const asEmail = (text: string): string => text.trim().toLowerCase();

export type InvitationState = "open" | "accepted" | "revoked" | "expired";

/** How an invitation stands at a moment. */
export function stateOfInvitation(
  it: { acceptedAt: number | null; revokedAt: number | null; expiresAt: number },
  now: number,
): InvitationState {
  if (it.acceptedAt !== null) return "accepted";
  if (it.revokedAt !== null) return "revoked";
  return it.expiresAt <= now ? "expired" : "open";
}

/** Letters that people do not mistake for each other (Crockford's base 32). */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const GROUP = 4;

/** A recovery code as it is shown, five bits of each byte: `7k2m-9xqa-03fd`. */
export const writeRecoveryCode = (bytes: Uint8Array): string =>
  [...bytes].map((byte, i) => (i > 0 && i % GROUP === 0 ? "-" : "") + (LETTERS[byte % LETTERS.length] ?? "")).join("");

/** A recovery code as it is compared: what people type differs in case, dashes and letters that look alike. */
export const readRecoveryCode = (text: string): string =>
  text.toLowerCase().replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");

/** `password`: the second factor is still to come, and nothing is open yet. */
export type SessionStage = "password" | "full";

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/Chrome\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b|\biPad\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bHarmonyOS\b/, "HarmonyOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b|\bCrOS\b/, "Linux"],
];

/** A browser in two words, from its User-Agent: enough to know one's own again. */
export function deviceOf(userAgent: string): string {
  const named = (list: typeof BROWSERS) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [named(BROWSERS), named(SYSTEMS)].filter(Boolean).join(" · ");
}
