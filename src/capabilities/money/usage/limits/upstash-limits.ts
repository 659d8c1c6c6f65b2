import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis/cloudflare";
import type { Rate, RateLimits } from "./rate-limits.ts";

/** A limit that takes longer to ask for is asked of the objects instead. */
const ANSWER_MS = 300;
/** Different rates that are kept ready. */
const RATES_MAX = 1_000;

const ready = new Map<string, Ratelimit>();

/** Rates counted in Upstash Redis, by its own library's fixed windows. */
export const upstashLimits = (at: { url: string; token: string }, tenantId: string): RateLimits => ({
  async take(rate, want) {
    const { success, remaining, reset } = await limiterOf(at, rate).limit(`${tenantId} ${rate.pool}`, { rate: want });
    return { granted: success ? want : 0, left: remaining, forMs: Math.max(0, reset - Date.now()) };
  },
});

function limiterOf({ url, token }: { url: string; token: string }, { limit, seconds }: Rate): Ratelimit {
  const name = `${limit}/${seconds} ${url}`;
  const known = ready.get(name);
  if (known) return known;
  if (ready.size >= RATES_MAX) ready.clear();
  const limiter = new Ratelimit({
    // Pipelining by itself would share promises between requests, which the runtime kills as hung.
    redis: new Redis({
      url,
      token,
      retry: false,
      enableAutoPipelining: false,
      signal: () => AbortSignal.timeout(ANSWER_MS),
    }),
    limiter: Ratelimit.fixedWindow(limit, `${seconds} s`),
    prefix: `souk:rate:${limit}/${seconds}`,
    // The library's own time-out would let the call through; ours throws.
    timeout: 0,
    ephemeralCache: false,
  });
  ready.set(name, limiter);
  return limiter;
}
