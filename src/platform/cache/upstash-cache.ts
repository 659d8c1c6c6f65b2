import { Redis } from "@upstash/redis/cloudflare";
import type { SharedCache } from "./shared-cache.ts";

/** A shared cache that takes longer than this is slower than the source. */
const ANSWER_MS = 300;

/** Upstash Redis over its REST interface. */
export function upstashCache({ url, token }: { url: string; token: string }): SharedCache {
  const redis = new Redis({
    url,
    token,
    retry: false,
    automaticDeserialization: false,
    signal: () => AbortSignal.timeout(ANSWER_MS),
  });
  return {
    read: async (keys) => (await redis.mget<(string | null)[]>(...keys)).map((text) => text ?? undefined),
    write: async (key, text, seconds) => {
      await redis.set(key, text, { ex: seconds });
    },
    forget: async (keys) => {
      if (keys.length > 0) await redis.del(...keys);
    },
    lease: async (key, ms) => (await redis.set(`lease:${key}`, "1", { nx: true, px: ms })) === "OK",
  };
}
