/** So many calls in a fixed window of so many seconds, which all isolates count together under `pool`. */
export interface Rate {
  pool: string;
  limit: number;
  seconds: number;
}

/** What of a wish was given: it counts as used. */
export interface Taken {
  granted: number;
  /** Calls that the window still allows after these. */
  left: number;
  /** Milliseconds until the window is over. */
  forMs: number;
}

/**
 * Counts calls against rates, exactly: however many ask at once, a window gives no more than its limit, and all of it as long as
 * the wishes divide it. It throws when it cannot be reached.
 */
export interface RateLimits {
  take(rate: Rate, want: number): Promise<Taken>;
}
