/** What a key may still do, for a moment, where its calls arrive. */
export interface Policy {
  /** What the limit counts together: a key and a meter, or a whole shop and a meter. */
  pool: string;
  client: string;
  /** Infinity: the second's calls are counted elsewhere. */
  callsPerSecond: number;
  callsPerMonth: number;
  microsPerCall: number;
  spendCapMicros: number | null;
}

/** What a client has done: `given` calls may still be under way, the others are charged. */
export interface Standing {
  /** Calls of the pool that this second allowed so far. */
  thisSecond: number;
  given: number;
  charged: number;
  /** With what is held before its call. */
  spentMicros: number;
}

export type Verdict = "granted" | "rate_limited" | "quota_exhausted" | "spend_cap_reached";

/** The price of one call, held before it under the name of its usage event. */
export interface Charge {
  id: string;
  micros: number;
}

/** What of a wish was given, and what that leaves. */
export interface Grant {
  verdict: Verdict;
  /** Calls that may be made until `until` (milliseconds since 1970, by the object's clock). */
  granted: number;
  /** Milliseconds from now until the second is over. */
  forMs: number;
  leftInSecond: number;
  leftInMonth: number;
}

/** One wish gets at most this part of what is left of a month or a cap: calls that are given but never made wait to come back. */
const SCARCE_PART = 20;

/**
 * How many of `want` more calls fit. Calls under way count as charged, so that no limit is passed; those that then cost nothing
 * come back. A cap stops the call that would pass it, whatever the answer's size adds to the last one.
 */
export function judgeWish(policy: Policy, at: Standing, want: number): { verdict: Verdict; granted: number } {
  const inMonth = policy.callsPerMonth - at.charged - at.given;
  const inSecond = policy.callsPerSecond - at.thisSecond;
  const inCap =
    policy.spendCapMicros === null
      ? want
      : Math.floor((policy.spendCapMicros - at.spentMicros) / Math.max(1, policy.microsPerCall)) - at.given;
  if (inMonth < 1) return { verdict: "quota_exhausted", granted: 0 };
  if (inCap < 1) return { verdict: "spend_cap_reached", granted: 0 };
  if (inSecond < 1) return { verdict: "rate_limited", granted: 0 };
  const scarce = Math.max(
    1,
    Math.floor(Math.min(inMonth, policy.spendCapMicros === null ? inMonth : inCap) / SCARCE_PART),
  );
  return { verdict: "granted", granted: Math.min(want, inSecond, scarce) };
}

/** Calls that are asked for at once are at most this part of a limit, and at most so many. */
const BUNDLE_PART = 20;
const BUNDLE_MAX = 1_000;

/**
 * Calls that are asked for at once: few where the limit is small, so that it stays exact wherever calls arrive. It divides the
 * limit, so that bundles use it up without a rest.
 */
export function wishFor(limit: number): number {
  let wish = Math.max(1, Math.min(BUNDLE_MAX, Math.floor(limit / BUNDLE_PART)));
  while (limit % wish !== 0) wish--;
  return wish;
}

/** The plan of units beyond calls: they count to no quota of calls. */
export const BUSINESS = "business";
/** The client that is the shop itself. */
export const SHOP = "shop";

/** One metered call, or units beyond calls. */
export interface UsageEvent {
  /** Made once per call, so that an event that is told twice counts once. */
  id: string;
  /** Milliseconds since 1970, when the call was answered. */
  at: number;
  client: string;
  plan: string;
  meter: string;
  /** The operation's id. */
  route: string;
  status: number;
  bytes: number;
  late: boolean;
  /** 1 for a good call, 0 for a refused one: failures are free. Of the plan `business`, as many as were counted. */
  units: number;
  micros: number;
  /** Of the request (`X-Gray-Tag`). */
  arm: string;
}

/**
 * Calls of one client and one hour that differ in time, bytes and price only: told and booked as one. Each counts as an event of
 * its own, the n-th under the name `<id>_<n>`; a group never changes after it was told.
 */
export interface CallGroup extends Omit<UsageEvent, "at" | "bytes" | "micros"> {
  calls: [at: number, bytes: number, micros: number][];
}

/** What of a shop's use is told at once. */
export interface UsageReport {
  events: readonly UsageEvent[];
  groups: readonly CallGroup[];
}

/** One hour of one client's calls of one operation with one class of answers. */
export interface UsageHour {
  /** Its beginning, in milliseconds since 1970. */
  hour: number;
  client: string;
  plan: string;
  meter: string;
  route: string;
  statusClass: string;
  calls: number;
  units: number;
  bytes: number;
  lateCalls: number;
  micros: number;
}

const HOUR_MS = 3_600_000;

export const hourOf = (at: number): number => at - (((at % HOUR_MS) + HOUR_MS) % HOUR_MS);

/** `2xx` of 204. */
export const classOf = (status: number): string => `${Math.floor(status / 100)}xx`;

/** `2026-11`: the calendar month (UTC) of a time. */
export const monthNamed = (at: number): string => new Date(at).toISOString().slice(0, 7);

/** The levels of a spend cap, in percent, that are told when they are reached. */
export const CAP_LEVELS = [50, 75, 100] as const;

/** The levels that spending has reached; 100 where a call more, at the price of the plan, would pass the cap. */
export const levelsReached = (spentMicros: number, capMicros: number, callMicros: number): number[] =>
  CAP_LEVELS.filter((level) =>
    level === 100 ? spentMicros + Math.max(1, callMicros) > capMicros : spentMicros * 100 >= capMicros * level,
  );
