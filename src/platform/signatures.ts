import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex");

/** HMAC-SHA256 of `text` under `key`, both as UTF-8, in hexadecimal. */
export const hmacHex = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("hex");

/** A URL-safe signature of `text` under `secret` for one `purpose`; signatures of one purpose are worthless for another. */
export const sign = (secret: string, purpose: string, text: string): string =>
  createHmac("sha256", secret).update(`${purpose}\n${text}`).digest("base64url").slice(0, 32);

export function verify(secret: string, purpose: string, text: string, signature: string): boolean {
  const expected = Buffer.from(sign(secret, purpose, text));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** A secret of its own for one purpose, as base64: the form that Standard Webhooks wants. */
export const deriveSecret = (secret: string, purpose: string): string =>
  createHmac("sha256", secret).update(purpose).digest("base64");
