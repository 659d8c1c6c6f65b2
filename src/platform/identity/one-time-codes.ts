import { createHmac, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth/bare";

/** RFC 6238 as every authenticator app has it: six digits from HMAC-SHA-1, a new code every 30 seconds. */
const STEP_SECONDS = 30;
const DIGITS = 6;
/** Clocks may differ by one step (RFC 6238, section 5.2). */
const WINDOW_STEPS = 1;
/** As long as the hash, which RFC 4226 recommends. */
const SECRET_BYTES = 20;

const totp = (secret: string, names?: { issuer: string; label: string }): TOTP =>
  new TOTP({
    ...names,
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: DIGITS,
    period: STEP_SECONDS,
    hmac: (_, key, message) => createHmac("sha1", key).update(message).digest(),
  });

/** A new secret in base32, the form in which people type it. */
export const newCodeSecret = (): string =>
  new Secret({ buffer: new Uint8Array(randomBytes(SECRET_BYTES)).buffer }).base32;

/** The code of a moment, in milliseconds since 1970. */
export const codeAt = (secret: string, now: number): string => totp(secret).generate({ timestamp: now });

/** The step (counted from 1970) whose code this is, or undefined for a wrong code. Whoever keeps the step can refuse it the next time. */
export function stepOfCode(secret: string, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = totp(secret).validate({ token: code, timestamp: now, window: WINDOW_STEPS });
  return delta === null ? undefined : Math.floor(now / 1_000 / STEP_SECONDS) + delta;
}

/** `otpauth://totp/...`: what authenticator apps read from a QR code (Google's Key URI format). */
export const codeAddress = (secret: string, issuer: string, label: string): string =>
  totp(secret, { issuer, label }).toString();
