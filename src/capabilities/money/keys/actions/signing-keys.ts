import { createPrivateKey, createPublicKey } from "node:crypto";
import type { JWK } from "jose";
import { deriveSecret } from "../../../../platform/signatures.ts";

/** A key signs for so long; the one before it still verifies, the next one is published already. */
const PERIOD_MS = 30 * 86_400_000;
/** An Ed25519 private key in PKCS #8 is this and the 32 bytes of its seed (RFC 8410, section 10.3). */
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

export interface SigningKey {
  kid: string;
  /** As JSON Web Keys (RFC 7517): the form that jose takes in workerd. */
  privateKey: JWK;
  publicKey: JWK;
}

const known = new Map<string, SigningKey>();

/** The key of a period. It is derived from the platform's secret, so all isolates have the same and none is stored. */
function keyOfPeriod(env: Pick<Env, "SOUK_SECRET">, period: number): SigningKey {
  const kid = `souk-${period}`;
  const seed = Buffer.from(deriveSecret(env.SOUK_SECRET, `token-signing:${period}`), "base64");
  const name = `${kid} ${seed.toString("base64")}`;
  const cached = known.get(name);
  if (cached) return cached;
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: "der", type: "pkcs8" });
  const key = {
    kid,
    privateKey: privateKey.export({ format: "jwk" }),
    publicKey: createPublicKey(privateKey).export({ format: "jwk" }),
  };
  known.set(name, key);
  return key;
}

const periodOf = (now: number): number => Math.floor(now / PERIOD_MS);

export const signingKey = (env: Pick<Env, "SOUK_SECRET">, now: number): SigningKey => keyOfPeriod(env, periodOf(now));

/** The keys that tokens may be signed with around `now`. */
export const verifyingKeys = (env: Pick<Env, "SOUK_SECRET">, now: number): SigningKey[] =>
  [-1, 0, 1].map((shift) => keyOfPeriod(env, periodOf(now) + shift));
