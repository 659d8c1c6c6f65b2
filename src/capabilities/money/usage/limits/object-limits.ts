import { callObject } from "../../../../platform/objects.ts";
import type { RateLimits } from "./rate-limits.ts";

/** Rates counted by the shop's usage meter: the embedded default. */
export const objectLimits = (env: Env, tenantId: string): RateLimits => ({
  take: (rate, want) =>
    callObject(
      () => env.USAGE.getByName(tenantId),
      async (meter) => await meter.take(rate, want),
    ),
});
