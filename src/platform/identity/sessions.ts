import { randomBytes } from "node:crypto";
import { sha256Hex } from "../signatures.ts";

/** 256 bits: nobody guesses one, so it needs no slow hash. */
const TOKEN_BYTES = 32;

/** How long a session lasts; `seenEveryMs` is how stale its "last seen" may be, so that not every request writes. */
export interface SessionLife {
  idleMs: number;
  absoluteMs: number;
  seenEveryMs: number;
}

/** When a session began and was last used, in milliseconds since 1970. */
export interface SessionTimes {
  beganAt: number;
  seenAt: number;
}

/**
 * A new session's secret, which only its browser keeps, and the SHA-256 of it, which only the shop keeps. Every sign-in makes a new
 * one and ends the one that the browser brought (rotation), so that a session planted by somebody else is worth nothing.
 */
export function newSessionToken(prefix: string): { token: string; hash: string } {
  const token = prefix + randomBytes(TOKEN_BYTES).toString("base64url");
  return { token, hash: sessionHash(token) };
}

/** What to look a session up by. */
export const sessionHash = (token: string): string => sha256Hex(token);

/** Whether the text can be a token of `newSessionToken(prefix)`: worth a look-up. */
export const isSessionToken = (prefix: string, text: string): boolean =>
  text.startsWith(prefix) && /^[\w-]{43}$/.test(text.slice(prefix.length));

/** When it ends by itself if it is not used any more. */
export const sessionEndsAt = ({ beganAt, seenAt }: SessionTimes, life: SessionLife): number =>
  Math.min(beganAt + life.absoluteMs, seenAt + life.idleMs);

export const isSessionLive = (times: SessionTimes, life: SessionLife, now: number): boolean =>
  now < sessionEndsAt(times, life);

/** Whether this use is to be written down. */
export const isSeenStale = ({ seenAt }: SessionTimes, life: SessionLife, now: number): boolean =>
  now - seenAt >= life.seenEveryMs;
