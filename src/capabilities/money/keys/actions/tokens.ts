import { errors, jwtVerify, SignJWT } from "jose";
import type { Ctx } from "../../../../platform/context.ts";
import { Memory } from "../../../../platform/memory.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { excessScopes } from "../rules.ts";
import { type Key, readKeyRow } from "../store.ts";
import { KEY_LIFE_MS, keyOf } from "./find-key.ts";
import { signingKey, verifyingKeys } from "./signing-keys.ts";

const TOKEN_SECONDS = 600;
const KEYS_MAX = 5_000;
const FORM = "application/x-www-form-urlencoded";

type Refusal = "invalid_request" | "invalid_client" | "invalid_scope" | "unsupported_grant_type";
type Token = { access_token: string; token_type: "Bearer"; expires_in: number; scope: string };

/** The client credentials grant (RFC 6749, section 4.4): client_id is an API key's id, client_secret the key itself. */
export async function issueToken(
  ctx: Ctx,
  { raw, headers }: { raw?: string; headers?: Headers },
): Promise<Result<Token, Refusal>> {
  if (headers?.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase() !== FORM)
    return refused("invalid_request", `Send the parameters as ${FORM}.`);
  const form = new URLSearchParams(raw ?? "");
  const twice = ["grant_type", "client_id", "client_secret", "scope"].find((name) => form.getAll(name).length > 1);
  if (twice) return refused("invalid_request", `The parameter ${twice} is given twice.`);
  if (form.get("grant_type") !== "client_credentials")
    return refused("unsupported_grant_type", "grant_type must be client_credentials.");
  const key = await clientOf(ctx, form, headers);
  if (!key || key.tenantId !== ctx.tenant.id)
    return refused("invalid_client", "client_id must be an API key's id and client_secret the key itself.");
  const wished = form.get("scope")?.split(" ").filter(Boolean) ?? key.scopes;
  const excess = excessScopes(key.scopes, wished);
  if (excess.length > 0) return refused("invalid_scope", `The key lacks ${excess.join(", ")}.`);
  const { kid, privateKey } = signingKey(ctx.env, ctx.now());
  const scope = wished.join(" ");
  const access_token = await new SignJWT({ scope })
    .setProtectedHeader({ alg: "EdDSA", kid, typ: "at+jwt" })
    .setIssuer(ctx.origin)
    .setAudience(audienceOf(ctx.tenant.id))
    .setSubject(key.id)
    .setIssuedAt(Math.floor(ctx.now() / 1000))
    .setExpirationTime(Math.floor(ctx.now() / 1000) + TOKEN_SECONDS)
    .setJti(crypto.randomUUID())
    .sign(privateKey);
  return ok({ access_token, token_type: "Bearer", expires_in: TOKEN_SECONDS, scope });
}

/** Who sent Basic credentials is known by now; else they are in the form. A token gets no further token: it may be narrower than its key. */
async function clientOf(ctx: Ctx, form: URLSearchParams, headers: Headers): Promise<Key | null> {
  const isBasic = headers.get("authorization")?.startsWith("Basic ") === true;
  if (isBasic && ctx.actor.kind === "staff") return (await readKeyRow(ctx.env, ctx.tenant.id, ctx.actor.keyId)) ?? null;
  const key = await keyOf(ctx.env, form.get("client_secret") ?? "");
  return key && key.id === form.get("client_id") ? key : null;
}

const audienceOf = (tenantId: string): string => `souk:${tenantId}`;

const byId = new Memory<Key | null>(KEY_LIFE_MS, KEYS_MAX);

/** The key that a token stands for, with the token's scopes; null when it is forged, expired, another shop's or its key is revoked. */
export async function keyOfToken(env: Env, tenantId: string, token: string): Promise<Key | null> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = verifyingKeys(env, Date.now()).find((it) => it.kid === kid);
        if (!key) throw new errors.JWKSNoMatchingKey();
        return key.publicKey;
      },
      { algorithms: ["EdDSA"], audience: audienceOf(tenantId), typ: "at+jwt", currentDate: new Date() },
    );
    const id = payload.sub ?? "";
    const name = `${tenantId} ${id}`;
    const key = await byId.read(name, async () => (await readKeyRow(env, tenantId, id)) ?? null);
    if (!key || key.revokedAt !== null) return null;
    return { ...key, scopes: String(payload.scope ?? "").split(" ") };
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/** The public keys, as a JSON Web Key Set (RFC 7517). */
export async function publishKeys(ctx: Ctx): Promise<Result<Response>> {
  const keys = verifyingKeys(ctx.env, ctx.now()).map(({ kid, publicKey }) => ({
    ...publicKey,
    kid,
    alg: "EdDSA",
    use: "sig",
  }));
  return ok(published({ keys }));
}

/** Where tokens are had, for OAuth clients that look it up (RFC 8414). */
export async function publishMetadata(ctx: Ctx): Promise<Result<Response>> {
  return ok(
    published({
      issuer: ctx.origin,
      token_endpoint: `${ctx.origin}/api/v1/oauth/token`,
      jwks_uri: `${ctx.origin}/.well-known/jwks.json`,
      grant_types_supported: ["client_credentials"],
      response_types_supported: [],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    }),
  );
}

const published = (document: unknown): Response =>
  Response.json(document, {
    headers: { "cache-control": "public, max-age=300", "x-content-type-options": "nosniff" },
  });
