import { hash32 } from "../../../platform/ids.ts";
import { rateLimitFields } from "../../../platform/rate-limit-fields.ts";
import { monthOf, secondsUntil } from "../../../platform/time.ts";

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

/** What a licence may still do, as header fields. */
export function limitFields(used: Used, limits: Limits, now: number): Record<string, string> {
  const { from, until } = monthOf(now);
  const { callsPerSecond, callsPerMonth } = limits;
  return rateLimitFields([
    { name: "second", limit: callsPerSecond, seconds: 1, left: callsPerSecond - used.thisSecond, resets: 1 },
    {
      name: "month",
      limit: callsPerMonth,
      seconds: (until - from) / 1000,
      left: callsPerMonth - used.thisMonth,
      resets: secondsUntil(until, now),
    },
  ]);
}
