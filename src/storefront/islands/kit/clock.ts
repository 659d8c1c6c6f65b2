/** The server's time minus `performance.now()`: the shopper's own clock plays no part, and may be changed at will. */
let ahead = Number.NEGATIVE_INFINITY;

/**
 * Learns the server's time from a message that arrived at `arrivedAt`. What travelled longest is most behind, so of several messages
 * the one that says the latest time is the most exact.
 */
export function learnTime(iso: string | undefined, arrivedAt = performance.now()): void {
  const time = Date.parse(iso ?? "");
  if (Number.isFinite(time)) ahead = Math.max(ahead, time - arrivedAt);
}

/** The page says when it was made; it arrived when its first byte did. */
export function learnTimeOfPage(iso: string | undefined): void {
  const [page] = performance.getEntriesByType("navigation");
  learnTime(iso, page instanceof PerformanceNavigationTiming ? page.responseStart : performance.now());
}

export const serverNow = (): number => ahead + performance.now();
