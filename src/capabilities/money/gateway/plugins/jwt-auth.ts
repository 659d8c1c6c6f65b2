import { z } from "@hono/zod-openapi";
import { errors, jwtVerify } from "jose";
import { describe, log } from "../../../../platform/log.ts";
import { ok, refused } from "../../../../platform/result.ts";
import { sha256Hex } from "../../../../platform/signatures.ts";
import { flawOfKey } from "../actions/flaw-of-key.ts";
import { verifyingKey } from "../actions/issuer-keys.ts";
import { definePlugin } from "./plugin.ts";

const KEYS_MAX = 10;
const SCOPES_MAX = 50;

const publicKey = z
  .looseObject({ kty: z.enum(["RSA", "EC", "OKP"]), kid: z.string().max(200) })
  .refine((key) => !("d" in key), "Send public keys only: this one has its private part.");

const metadata = z
  .strictObject({
    issuer: z.string().min(1).max(500).describe("The token's iss."),
    audience: z.string().min(1).max(500).describe("What the token's aud must hold."),
    jwks_url: z.string().max(2_048).optional().describe("Where the issuer publishes its keys (RFC 7517)."),
    jwks: z.strictObject({ keys: z.array(publicKey).min(1).max(KEYS_MAX) }).optional(),
    algorithms: z
      .array(z.enum(["ES256", "ES384", "EdDSA", "RS256", "PS256"]))
      .min(1)
      .default(["ES256", "EdDSA", "RS256"]),
    scopes: z
      .array(z.string().regex(/^[a-z-]{2,40}:(read|write)$/, "Expected <capability>:read or <capability>:write."))
      .min(1)
      .max(SCOPES_MAX)
      .describe("What a token may do at most; of these, what its scope names."),
    plan: z.enum(["house", "bronze", "silver", "gold"]).default("bronze").describe("What its calls are paid by."),
    clock_skew_seconds: z.int().min(0).max(60).default(5),
  })
  .refine((it) => (it.jwks === undefined) !== (it.jwks_url === undefined), "Give either jwks_url or jwks.");

export type IssuerTerms = z.infer<typeof metadata>;

/** Knows the tokens of somebody else's issuer. Other credentials pass by untouched; a token that does not hold is refused. */
export const jwtAuth1 = definePlugin({
  name: "jwt-auth",
  version: 1,
  summary: "Lets in who brings a JWT of an issuer of the shop's choice",
  metadata,
  async flaws({ jwks }) {
    const found = await Promise.all((jwks?.keys ?? []).map(flawOfKey));
    return found.flatMap((message, i) =>
      message === undefined ? [] : [{ path: ["jwks", "keys", i], code: "unusable_key", message }],
    );
  },
  async before(ctx, terms) {
    if (ctx.strangeToken === undefined) return undefined;
    const token = ctx.strangeToken;
    const claims = await ctx.timing.measure("jwt-auth", claimsOf(ctx, terms, token));
    if (!claims.ok) return claims;
    const { sub, scope } = claims.value;
    const named = scope.split(" ").filter(Boolean);
    const keyId = `jwt_${sha256Hex(`${terms.issuer} ${sub}`).slice(0, 26)}`;
    const sold = terms.plan === "house" ? undefined : { plan: terms.plan, spendCapMicros: null };
    return { actor: { kind: "staff", keyId, scopes: terms.scopes.filter((it) => named.includes(it)), sold } };
  },
});

async function claimsOf(ctx: Parameters<typeof verifyingKey>[0], terms: IssuerTerms, token: string) {
  try {
    const { payload } = await jwtVerify(token, (header) => verifyingKey(ctx, terms, header), {
      issuer: terms.issuer,
      audience: terms.audience,
      algorithms: terms.algorithms,
      clockTolerance: terms.clock_skew_seconds,
      requiredClaims: ["exp", "sub"],
      currentDate: new Date(ctx.now()),
    });
    return ok({ sub: String(payload.sub), scope: typeof payload["scope"] === "string" ? payload["scope"] : "" });
  } catch (error) {
    // A key that cannot be used (what a jwks_url answers is not ours to choose) verifies nothing: nobody comes in by it.
    if (!(error instanceof errors.JOSEError))
      log("error", "issuer_key_unusable", { tenant: ctx.tenant.id, error: describe(error) });
    return refused("unauthenticated", "This token is none of the shop's issuer, or it is no longer valid.");
  }
}
