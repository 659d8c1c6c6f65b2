/** What a signing secret is derived from; `until` (milliseconds since 1970) ends one that was replaced. */
export interface Salt {
  salt: string;
  until: number | null;
}

/** Secrets that are valid at one time. */
export const SECRETS_MAX = 5;

/** Those that still sign, newest first. */
export const validSalts = (salts: readonly Salt[], now: number): Salt[] =>
  salts.filter(({ until }) => until === null || until > now);

/** A new salt before the others, which end after `overlapMs` unless they end sooner. Undefined: too many are valid already. */
export function rotated(salts: readonly Salt[], salt: string, now: number, overlapMs: number): Salt[] | undefined {
  const until = now + overlapMs;
  const old = salts.map((it) => ({ ...it, until: Math.min(it.until ?? until, until) }));
  const valid = validSalts(old, now);
  return valid.length >= SECRETS_MAX ? undefined : [{ salt, until: null }, ...valid];
}
