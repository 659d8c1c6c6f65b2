/** One limit: `limit` calls in `seconds`, `left` of them in what remains of it: `resets` seconds. */
export interface Limit {
  name: string;
  limit: number;
  seconds: number;
  left: number;
  resets: number;
}

/** RateLimit-Policy and RateLimit header fields (IETF draft-ietf-httpapi-ratelimit-headers-10). */
export const rateLimitFields = (limits: readonly Limit[]): Record<string, string> => ({
  "ratelimit-policy": limits.map((it) => `"${it.name}";q=${it.limit};w=${it.seconds}`).join(", "),
  ratelimit: rateLimitField(limits),
});

/** The RateLimit field alone: the policy stays the same from call to call. */
export const rateLimitField = (limits: readonly Pick<Limit, "name" | "left" | "resets">[]): string =>
  limits.map((it) => `"${it.name}";r=${Math.max(0, it.left)};t=${it.resets}`).join(", ");
