/** Sendings of one call, the first included. */
export const SENDINGS_MAX = 5;
const FIRST_WAIT_MS = 250;
const WAIT_MS_MAX = 8_000;

/** What came of one sending: a status with its `Retry-After` in seconds, or no answer at all. */
export interface Sending {
  attempt: number;
  status?: number;
  retryAfterSeconds?: number;
  /** Whether a second sending has no second effect: a reading method, PUT, DELETE or an `Idempotency-Key`. */
  isRepeatable: boolean;
  /** The longest that the caller wants to wait, in milliseconds. */
  patienceMs: number;
  /** From 0 to 1, so that callers who failed together do not come back together. */
  chance: number;
}

/**
 * How many milliseconds to wait before sending a call again, or undefined to leave it at its answer. 429 was refused before
 * anything happened; after 502, 503, 504 or no answer at all the call may have happened, and only a repeatable one is sent again.
 */
export function waitBeforeRetry(sending: Sending): number | undefined {
  const { attempt, status, retryAfterSeconds, isRepeatable, patienceMs, chance } = sending;
  if (attempt >= SENDINGS_MAX) return undefined;
  const isRefusedEarly = status === 429;
  const isInterrupted = status === undefined || status === 502 || status === 503 || status === 504;
  const isToldToWait = status === 409 && retryAfterSeconds !== undefined;
  if (!isRefusedEarly && !(isRepeatable && (isInterrupted || isToldToWait))) return undefined;
  const backOffMs = Math.min(WAIT_MS_MAX, FIRST_WAIT_MS * 2 ** (attempt - 1)) * (0.5 + chance / 2);
  const waitMs = retryAfterSeconds === undefined ? backOffMs : retryAfterSeconds * 1000 + chance * FIRST_WAIT_MS;
  return waitMs <= patienceMs ? waitMs : undefined;
}
