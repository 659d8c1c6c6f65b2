/** At what rate a room lets people in. All whole numbers. */
export interface Pace {
  admitPerSecond: number;
  /** The most that are let in at once after a quiet time, and at the start. */
  burst: number;
  /** How long a pass may be used, in milliseconds. */
  passMs: number;
  /** The most passes that are neither used nor expired; null means as many as the rate gives. */
  livePassesMax: number | null;
}

/** What the rate has earned up to `at` (milliseconds since 1970): `credit` in thousandths of an admission. */
export interface Flow {
  credit: number;
  at: number;
}

/** One admission costs this much credit; a second earns `admitPerSecond` times as much, so a millisecond earns a whole number. */
export const ADMISSION = 1_000;

/** A room opens with a full burst. */
export const openFlow = (pace: Pace, at: number): Flow => ({ credit: pace.burst * ADMISSION, at });

/** The flow at `now`, with nobody let in since; what is beyond the burst is lost. A clock that went back earns nothing. */
export function flowTo(flow: Flow, pace: Pace, now: number): Flow {
  if (now <= flow.at) return flow;
  const earned = flow.credit + pace.admitPerSecond * (now - flow.at);
  return { credit: Math.min(pace.burst * ADMISSION, earned), at: now };
}

/**
 * The moment at which the next in line is let in, and the flow after it; undefined when that is later than `now`. `roomAt` is when
 * fewer passes than allowed are live. However seldom somebody asks, the moments are the same.
 */
export function admitNext(flow: Flow, pace: Pace, roomAt: number, now: number): Flow | undefined {
  const missing = Math.max(0, ADMISSION - flow.credit);
  const earnedAt = flow.at + Math.ceil(missing / pace.admitPerSecond);
  const at = Math.max(earnedAt, roomAt);
  if (at > now) return undefined;
  // What a whole millisecond earns beyond the one admission is kept, or a burst of one would be slower than its rate.
  const earned = flow.credit + pace.admitPerSecond * (at - flow.at);
  const { credit } = roomAt > earnedAt ? flowTo(flow, pace, at) : { credit: earned };
  return { credit: credit - ADMISSION, at };
}

/** Whole seconds until the one with `ahead` before them is let in, if the rate alone decides. */
export function estimateWait(flow: Flow, pace: Pace, ahead: number): number {
  const missing = Math.max(0, (ahead + 1) * ADMISSION - flow.credit);
  return Math.ceil(missing / pace.admitPerSecond / 1_000);
}
