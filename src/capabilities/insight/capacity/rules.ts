import { SHARDS_MAX } from "../../selling/stock/contract.ts";

/** Conversions a second that one counter takes with room to spare, at the rates the platform's documents give for one object. */
export const SAFE_CONVERSIONS_PER_SECOND = 500;

/** Shards for an expected rush, in conversions a second: as many as it needs, and at most one for each slot of buyers. */
export const shardsFor = (conversionsPerSecond: number): number =>
  Math.min(SHARDS_MAX, Math.max(1, Math.ceil(conversionsPerSecond / SAFE_CONVERSIONS_PER_SECOND)));
