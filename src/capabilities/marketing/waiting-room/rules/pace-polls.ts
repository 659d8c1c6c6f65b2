/** Questions that one room answers in a second without slowing the entries down. */
const POLLS_PER_SECOND = 1_000;
const PAUSE_MIN_SECONDS = 1;
const PAUSE_MAX_SECONDS = 30;

/**
 * Seconds after which an entrant should ask again: soon when something may happen soon, and never so that all of `entrants`
 * together ask more than a room answers. `lot` is any number of the entrant's own; it spreads those who wait for one moment.
 */
export function pausePolls(secondsToNews: number, entrants: number, lot: number): number {
  const round = Math.ceil(entrants / POLLS_PER_SECOND);
  const spread = round > 0 ? lot % round : 0;
  const wanted = Math.min(secondsToNews, PAUSE_MAX_SECONDS) + spread;
  return Math.max(PAUSE_MIN_SECONDS, round, Math.ceil(wanted));
}
