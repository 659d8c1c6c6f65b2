import { z } from "@hono/zod-openapi";
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTHeaderParameters } from "jose";
import type { Ctx } from "../../../../platform/context.ts";
import { describe, log } from "../../../../platform/log.ts";
import { Memory } from "../../../../platform/memory.ts";
import { fetchPublic } from "../../../insight/webhooks/actions/fetch-public.ts";

/** Keys are fetched anew after this time; an unknown key asks for them sooner, but not more often than that. */
const FRESH_MS = 300_000;
const AGAIN_MS = 10_000;
/** When the issuer cannot be reached, its last keys hold for so long. */
const STALE_MS = 3_600_000;
const ISSUERS_MAX = 1_000;
const BYTES_MAX = 65_536;
const ANSWER_MS = 2_000;

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

interface Known {
  keys: JSONWebKeySet;
  /** When they were fetched, and when that was last tried. */
  at: number;
  triedAt: number;
}

const fetched = new Memory<Known>(STALE_MS, ISSUERS_MAX);

interface Issuer {
  jwks?: { keys: { kty: string; kid: string }[] } | undefined;
  jwks_url?: string | undefined;
}

/** The issuer's key that a token names; keys that the issuer has changed are found within ten seconds. */
export async function verifyingKey(ctx: Ctx, issuer: Issuer, header: JWTHeaderParameters): Promise<CryptoKey> {
  if (issuer.jwks) return createLocalJWKSet(issuer.jwks)(header);
  const url = issuer.jwks_url ?? "";
  const known = await keysOf(ctx, url, FRESH_MS);
  try {
    return await createLocalJWKSet(known)(header);
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    return createLocalJWKSet(await keysOf(ctx, url, AGAIN_MS))(header);
  }
}

async function keysOf({ env, tenant, now }: Ctx, url: string, freshMs: number): Promise<JSONWebKeySet> {
  const name = `${tenant.id} ${url}`;
  const known = fetched.get(name, now());
  const isFresh = known && known.at > now() - freshMs;
  // Who was just asked in vain is not asked for every token.
  if (isFresh || (known && known.triedAt > now() - AGAIN_MS)) return known.keys;
  try {
    const keys: JSONWebKeySet = keySet.parse(
      JSON.parse(await fetchPublic(env, url, { bytesMax: BYTES_MAX, ms: ANSWER_MS })),
    );
    return fetched.set(name, { keys, at: now(), triedAt: now() }, now()).keys;
  } catch (error) {
    log("warn", "issuer_away", { tenant: tenant.id, error: describe(error) });
    const keys = known?.keys ?? { keys: [] };
    const at = known?.at ?? 0;
    if (at > now() - STALE_MS || !known) fetched.set(name, { keys, at, triedAt: now() }, now());
    return keys;
  }
}
