/** At most `tries` within any `windowMs`; who spends them waits a window, and twice as long each time it comes to that again. */
export interface TryLimit {
  tries: number;
  windowMs: number;
  waitMaxMs: number;
}

/** The tries that still count, by their times in milliseconds since 1970. */
export interface Tries {
  at: readonly number[];
  blockedUntil: number;
  /** How often all tries were spent lately. */
  strikes: number;
}

export const NO_TRIES: Tries = { at: [], blockedUntil: 0, strikes: 0 };

/** After so long without a block, the next one is a first one again. */
export const STRIKES_FORGOTTEN_MS = 24 * 3_600_000;

export type TryVerdict = { kind: "admitted"; tries: Tries } | { kind: "refused"; until: number };

/** Counts a try before it is made, so that many at once cannot be more than the limit. The last one that is admitted blocks. */
export function admitTry(tries: Tries, limit: TryLimit, now: number): TryVerdict {
  if (now < tries.blockedUntil) return { kind: "refused", until: tries.blockedUntil };
  const at = [...tries.at.filter((it) => it > now - limit.windowMs), now];
  const strikes = now - tries.blockedUntil > STRIKES_FORGOTTEN_MS ? 0 : tries.strikes;
  if (at.length < limit.tries) return { kind: "admitted", tries: { at, blockedUntil: tries.blockedUntil, strikes } };
  const wait = Math.min(limit.windowMs * 2 ** strikes, limit.waitMaxMs);
  return { kind: "admitted", tries: { at, blockedUntil: now + wait, strikes: strikes + 1 } };
}

/** Takes back the try that was counted at `ticket`, for it was right; a block that it made is lifted. */
export function forgiveTry(tries: Tries, ticket: number, now: number): Tries {
  const index = tries.at.indexOf(ticket);
  if (index < 0) return tries;
  const at = tries.at.toSpliced(index, 1);
  return now < tries.blockedUntil ? { at, blockedUntil: 0, strikes: Math.max(0, tries.strikes - 1) } : { ...tries, at };
}
