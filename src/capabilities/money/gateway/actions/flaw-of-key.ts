import { importJWK, type JWK } from "jose";

/** RFC 7518, 3.3: smaller keys must not be used. */
const RSA_BITS_MIN = 2_048;
const ALGORITHMS: Record<string, string> = { "P-256": "ES256", "P-384": "ES384", Ed25519: "EdDSA" };

/** Why no token can be verified by this public key; undefined where it can. */
export async function flawOfKey(jwk: JWK): Promise<string | undefined> {
  const algorithm = jwk.kty === "RSA" ? "RS256" : ALGORITHMS[String(jwk.crv)];
  if (!algorithm) return `Its crv must be one of ${Object.keys(ALGORITHMS).join(", ")}.`;
  try {
    const key = await importJWK({ ...jwk, alg: algorithm });
    if (key instanceof Uint8Array) return "Send public keys only: this one is a shared secret.";
    const bits = "modulusLength" in key.algorithm ? Number(key.algorithm.modulusLength) : RSA_BITS_MIN;
    return bits < RSA_BITS_MIN ? `An RSA key needs ${RSA_BITS_MIN} bits: this one has ${bits}.` : undefined;
  } catch {
    return "This is no key: its members do not make one.";
  }
}
