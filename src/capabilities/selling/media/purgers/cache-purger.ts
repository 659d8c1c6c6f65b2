import type { Visited } from "../schema.ts";
import { CloudflarePurger } from "./cloudflare.ts";
import { LocationPurger } from "./location.ts";

/** Takes addresses out of a cache. A throw means "not yet": the caller tries all of them again, which is harmless. */
export interface CachePurger {
  name: string;
  purge(urls: readonly string[]): Promise<Visited[]>;
}

/** Cloudflare's cache in all locations where a token is configured, else the cache of this location. */
export const chooseCachePurger = (env: Env): CachePurger =>
  env.PURGE_ZONE_ID && env.PURGE_TOKEN ? new CloudflarePurger(env) : new LocationPurger();
