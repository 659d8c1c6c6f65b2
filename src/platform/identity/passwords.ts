import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/** OWASP's password storage sheet: N=2^14, r=8, p=5 is as dear to guess as N=2^17, p=1, in 16 MiB instead of 128, which a Worker has. */
const COST = { ln: 14, r: 8, p: 5 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const MEMORY_BYTES_MAX = 64 * 1024 * 1024;
/** `$scrypt$ln=14,r=8,p=5$<salt>$<hash>`, base64 without padding: the PHC string format. */
const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/**
 * A password as it may be stored: scrypt with a salt of its own, as a PHC string of about 90 characters. It takes about a third of a
 * second of CPU, so count tries before you call it (guard-sign-in.ts).
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return phc(salt, await derive(password, salt, HASH_BYTES, COST));
}

/**
 * Whether `password` is the one that `stored` was made of. Without a stored one (nobody has that account) it answers false after the
 * same work, so that its time does not tell who has an account.
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, ln, r, p, salt = "", hash = ""] = PHC.exec(stored ?? NOBODYS) ?? [];
  const expected = Buffer.from(hash, "base64");
  if (expected.length === 0) throw new Error("a stored password is no PHC string of scrypt");
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const given = await derive(password, Buffer.from(salt, "base64"), expected.length, cost);
  return timingSafeEqual(given, expected) && stored !== undefined;
}

function derive(password: string, salt: Buffer, bytes: number, { ln, r, p }: typeof COST): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: MEMORY_BYTES_MAX };
  // The same letters come composed from one keyboard and decomposed from another (NIST SP 800-63B, 3.1.1.2).
  const text = password.normalize("NFKC");
  return new Promise((resolve, reject) =>
    scrypt(text, salt, bytes, options, (error, key) => (error ? reject(error) : resolve(key))),
  );
}

const unpadded = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");
const phc = (salt: Buffer, hash: Buffer): string =>
  `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${unpadded(salt)}$${unpadded(hash)}`;

const NOBODYS = phc(Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));
