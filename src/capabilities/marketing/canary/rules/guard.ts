import type { Guard } from "./rule.ts";

export const WINDOW_SECONDS = 30;
/** So many errors without a good answer between them need no statistics. */
export const FAILED_IN_A_ROW_MAX = 5;

/** How an arm's requests fared. */
export interface Calls {
  calls: number;
  failed: number;
  slow: number;
  /** Errors since the last good answer. */
  failedInARow: number;
}

export const NO_CALLS: Calls = { calls: 0, failed: 0, slow: 0, failedInARow: 0 };

/** `earlier` and then `later`. */
export const addCalls = (earlier: Calls, later: Calls): Calls => ({
  calls: earlier.calls + later.calls,
  failed: earlier.failed + later.failed,
  slow: earlier.slow + later.slow,
  failedInARow: later.failedInARow + (later.failed === later.calls ? earlier.failedInARow : 0),
});

/** Why the arm must be switched off, if it must: a sentence for people. */
export function findBreach(lately: Calls, guard: Guard): string | undefined {
  const { calls, failed, slow, failedInARow } = lately;
  if (failedInARow >= FAILED_IN_A_ROW_MAX) return `${failedInARow} errors in a row.`;
  if (calls < guard.min_calls) return undefined;
  const percent = (part: number) => Math.round((1_000 * part) / calls) / 10;
  if (failed * 100 > guard.max_error_percent * calls)
    return `${failed} of ${calls} requests failed (${percent(failed)} %, at most ${guard.max_error_percent} % allowed).`;
  if (slow * 100 > guard.max_slow_percent * calls)
    return `${slow} of ${calls} requests took longer than ${guard.slow_ms} ms (${percent(slow)} %, at most ${guard.max_slow_percent} % allowed).`;
  return undefined;
}
