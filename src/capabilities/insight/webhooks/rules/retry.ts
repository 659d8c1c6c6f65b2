const FIRST_PAUSE_MS = 5_000;
const PAUSE_MS_MAX = 86_400_000;
const GROWTH = 4;
/** A pause is up to this part shorter or longer, so that receivers which failed together are not called together. */
const JITTER = 0.2;
/** Tries of one delivery: with these pauses, a little over three days. */
export const TRIES_MAX = 11;

/**
 * The pause after try number `tried` (from 1), in milliseconds: 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, 6 h, 23 h and then 24 h, each with
 * jitter by `dice` (0 to 1). A receiver may ask for a longer one, up to a day. Undefined: it was the last try.
 */
export function pauseAfter(tried: number, dice: number, askedSeconds = 0): number | undefined {
  if (tried >= TRIES_MAX) return undefined;
  const pause = Math.min(FIRST_PAUSE_MS * GROWTH ** (tried - 1), PAUSE_MS_MAX);
  const jittered = Math.round(pause * (1 - JITTER + 2 * JITTER * dice));
  return Math.max(jittered, Math.min(askedSeconds * 1_000, PAUSE_MS_MAX));
}
