const MINUTE_MS = 60_000;
const WAIT_MAX_MS = 4 * 60 * MINUTE_MS;
/** After so many it is given up: about a day after the first. */
export const ATTEMPTS_MAX = 11;

/** How long to wait after the attempt of this number (from 0) before the next: 1, 2, 4 minutes and so on, at most 4 hours. */
export const waitAfter = (attempt: number): number => Math.min(MINUTE_MS * 2 ** attempt, WAIT_MAX_MS);
