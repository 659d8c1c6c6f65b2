import type { Ctx } from "../../../../platform/context.ts";
import { describe, log } from "../../../../platform/log.ts";
import type { Rate, Taken } from "../limits/rate-limits.ts";

/** After a failure Redis is left alone for this time, so that an outage costs one time-out and not one a request. */
const REST_MS = 2_000;

let restsUntil = 0;

/** Takes calls of a rate from Redis; undefined where none is configured or it is away: then the shop's own counter is asked. */
export async function takeShared({ env, tenant }: Ctx, rate: Rate, want: number): Promise<Taken | undefined> {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = env;
  if (!url || !token || restsUntil > Date.now()) return undefined;
  try {
    const { upstashLimits } = await import("../limits/upstash-limits.ts");
    return await upstashLimits({ url, token }, tenant.id).take(rate, want);
  } catch (error) {
    restsUntil = Date.now() + REST_MS;
    log("warn", "shared_limits_away", { error: describe(error) });
    return undefined;
  }
}
