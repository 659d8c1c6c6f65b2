/** Failures in a row after which an endpoint is left alone for a while. */
export const FAILURES_MAX = 5;
const FIRST_REST_MS = 30_000;
const REST_MS_MAX = 3_600_000;
/** An endpoint that only failed for so long is switched off. */
export const GIVE_UP_AFTER_MS = 5 * 86_400_000;

/** How an endpoint has answered lately. */
export interface Breaker {
  /** Failed tries in a row. */
  failures: number;
  /** Since when it only fails, in milliseconds since 1970; null: it does not. */
  failingSince: number | null;
  /** Nothing is sent before; from then on one try probes whether it is back. Null: the breaker is closed. */
  restsUntil: number | null;
  /** Rests in a row. */
  rests: number;
}

export type BreakerState = "closed" | "open" | "half_open";

export const CLOSED: Breaker = { failures: 0, failingSince: null, restsUntil: null, rests: 0 };

export const stateOf = ({ restsUntil }: Breaker, now: number): BreakerState =>
  restsUntil === null ? "closed" : now < restsUntil ? "open" : "half_open";

/** Failures while it rests are those of tries that were under way: they add no rest. A failed probe doubles the rest. */
export function afterFailure(breaker: Breaker, now: number): Breaker {
  const failures = breaker.failures + 1;
  const failed = { ...breaker, failures, failingSince: breaker.failingSince ?? now };
  if (failures < FAILURES_MAX || stateOf(breaker, now) === "open") return failed;
  const rest = Math.min(FIRST_REST_MS * 2 ** breaker.rests, REST_MS_MAX);
  return { ...failed, restsUntil: now + rest, rests: breaker.rests + 1 };
}

/** Whether it is time to switch the endpoint off. */
export const isHopeless = ({ failingSince, failures }: Breaker, now: number): boolean =>
  failures >= FAILURES_MAX && failingSince !== null && now - failingSince >= GIVE_UP_AFTER_MS;
