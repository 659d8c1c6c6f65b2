import type { Ctx } from "../../../../platform/context.ts";
import { describe, log } from "../../../../platform/log.ts";
import { objectLimits } from "../limits/object-limits.ts";
import type { Rate, Taken } from "../limits/rate-limits.ts";

/** After a failure Redis is left alone for this time, so that an outage costs one time-out and not one a request. */
const REST_MS = 2_000;

let restsUntil = 0;

/** Takes calls of a rate from Redis where it is configured and answers, else from the shop's own counter; never without limit. */
export const takeCalls = async (ctx: Ctx, rate: Rate, want = 1): Promise<Taken> =>
  (await takeShared(ctx, rate, want)) ?? objectLimits(ctx.env, ctx.tenant.id).take(rate, want);

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
