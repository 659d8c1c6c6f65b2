import { crc32 } from "node:zlib";

/**
 * A key reads `sk_<mode>_<prefix>_<secret><checksum>`: the prefix may be shown, the secret is 130 random bits, and the checksum is
 * the CRC-32 of all before it in base 36, so that a mistyped key is known as such without asking anybody.
 */
const KEY = /^(sk_(?:live|test)_[0-9a-z]{10}_[0-9a-z]{26})([0-9a-z]{7})$/;

const checksum = (text: string): string => crc32(text).toString(36).padStart(7, "0");

export const writeKey = (mode: "live" | "test", prefix: string, secret: string): string => {
  const body = `sk_${mode}_${prefix}_${secret}`;
  return `${body}${checksum(body)}`;
};

export function isKey(text: string): boolean {
  const match = KEY.exec(text);
  return match?.[1] !== undefined && checksum(match[1]) === match[2];
}

/** How much of a key may be shown: enough to tell it from others. */
export const shownPart = (key: string): string => key.slice(0, "sk_live_0123456789".length);

/** The scopes that the giver does not have itself; nobody gives away more than they hold. */
export const excessScopes = (own: readonly string[], wished: readonly string[]): string[] =>
  own.includes("*") ? [] : wished.filter((it) => !own.includes(it));
