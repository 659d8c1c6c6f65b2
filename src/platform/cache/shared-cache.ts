import { describe, log } from "../log.ts";
import { edgeCache } from "./edge-cache.ts";
import { upstashCache } from "./upstash-cache.ts";

/**
 * What isolates share: texts under keys that start with the tenant. It decides nothing about stock, money or access, may lose
 * anything at any time, and may be slow or away: then the source is asked instead.
 */
export interface SharedCache {
  /** The texts under these keys, in their order; undefined where there is none. */
  read(keys: readonly string[]): Promise<(string | undefined)[]>;
  write(key: string, text: string, seconds: number): Promise<void>;
  forget(keys: readonly string[]): Promise<void>;
  /** Whether the caller is the one to load what `key` names; another may be after `ms`. */
  lease(key: string, ms: number): Promise<boolean>;
}

/** After a failure the cache is left alone for this time, so that an outage costs one time-out and not one a request. */
const REST_MS = 2_000;

/** Upstash Redis where it is configured, else the cache of the data centre. */
export function sharedCache(env: Env): SharedCache {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = env;
  return url && token ? tolerant(url, () => upstashCache({ url, token })) : tolerant("edge", edgeCache);
}

const resting = new Map<string, number>();

/** A cache that never fails its caller: what it cannot answer is not there. */
function tolerant(name: string, open: () => SharedCache): SharedCache {
  const attempt = async <Answer>(otherwise: Answer, ask: (cache: SharedCache) => Promise<Answer>): Promise<Answer> => {
    if ((resting.get(name) ?? 0) > Date.now()) return otherwise;
    try {
      return await ask(open());
    } catch (error) {
      resting.set(name, Date.now() + REST_MS);
      log("warn", "cache_away", { error: describe(error) });
      return otherwise;
    }
  };
  return {
    read: (keys) =>
      attempt(
        keys.map(() => undefined),
        (cache) => cache.read(keys),
      ),
    write: (key, text, seconds) => attempt(undefined, (cache) => cache.write(key, text, seconds)),
    forget: (keys) => attempt(undefined, (cache) => cache.forget(keys)),
    lease: (key, ms) => attempt(true, (cache) => cache.lease(key, ms)),
  };
}
