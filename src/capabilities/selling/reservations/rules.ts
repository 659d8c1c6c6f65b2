import { hash32 } from "../../../platform/ids.ts";

/** What a plan allows one licence. */
export interface Limits {
  callsPerSecond: number;
  callsPerMonth: number;
}

/** Calls that a licence has made: in the last 1,000 ms, and in this calendar month (UTC). */
export interface Used {
  thisSecond: number;
  thisMonth: number;
}

export type CallVerdict = "admitted" | "rate_limited" | "quota_exhausted";

/** Whether one more call fits. A refused call uses up nothing, so waiting always helps. */
export function judgeCall(used: Used, limits: Limits): CallVerdict {
  if (used.thisMonth >= limits.callsPerMonth) return "quota_exhausted";
  return used.thisSecond >= limits.callsPerSecond ? "rate_limited" : "admitted";
}

/** The calendar month (UTC) that holds `now`: its beginning and its end, in milliseconds since 1970. */
export function monthOf(now: number): { from: number; until: number } {
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { from: Date.UTC(year, month, 1), until: Date.UTC(year, month + 1, 1) };
}

const BASIS_POINTS = 10_000;

/**
 * Whether a buyer's reservations are rolled out under this licence. It hangs on the buyer's name alone, so it is the same at every
 * call, and a higher percentage adds buyers and takes none away.
 */
export function judgeRollout(
  licence: { licenceId: string; isEnabled: boolean },
  buyer: string,
  percent: number,
): "rolled_out" | "licence_switched_off" | "buyer_not_rolled_out" {
  if (!licence.isEnabled) return "licence_switched_off";
  const place = hash32(`${licence.licenceId}:${buyer}`) % BASIS_POINTS;
  return place < (percent * BASIS_POINTS) / 100 ? "rolled_out" : "buyer_not_rolled_out";
}

/** How the keys of a licence's holds begin: what tells them from those of the shop and of other partners. */
export const keyPrefixOf = (licenceId: string): string => `${licenceId}/`;

/**
 * The two limits as RateLimit-Policy and RateLimit header fields (IETF draft-ietf-httpapi-ratelimit-headers-10): `q` calls in
 * `w` seconds, `r` left, `t` seconds until there are more.
 */
export function rateLimitFields(used: Used, limits: Limits, now: number): Record<string, string> {
  const { from, until } = monthOf(now);
  const left = (limit: number, gone: number) => Math.max(0, limit - gone);
  return {
    "ratelimit-policy": `"second";q=${limits.callsPerSecond};w=1, "month";q=${limits.callsPerMonth};w=${(until - from) / 1000}`,
    ratelimit:
      `"second";r=${left(limits.callsPerSecond, used.thisSecond)};t=1, ` +
      `"month";r=${left(limits.callsPerMonth, used.thisMonth)};t=${secondsUntil(until, now)}`,
  };
}

/** Whole seconds, rounded up, at least 1: what Retry-After takes. */
export const secondsUntil = (at: number, now: number): number => Math.max(1, Math.ceil((at - now) / 1000));
