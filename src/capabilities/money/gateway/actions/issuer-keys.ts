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
/** How often a call looks whether the keys have come that another one is fetching. */
const LOOK_MS = 20;

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

interface Known {
  keys: JSONWebKeySet;
  /** When they were fetched, and when that was last tried. */
  at: number;
  triedAt: number;
  /** Whether the answer to that try is yet to come. */
  isUnderWay: boolean;
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
  const held = heldOf(known, now());
  if (known && known.at > now() - freshMs) return held;
  // Who was just asked is not asked for every token, be it that no answer came or that it is yet to come.
  if (known && known.triedAt > now() - AGAIN_MS) return held.keys.length > 0 ? held : await answerOf(name, now);
  fetched.set(name, { keys: held, at: known?.at ?? 0, triedAt: now(), isUnderWay: true }, now());
  try {
    const keys: JSONWebKeySet = keySet.parse(
      JSON.parse(await fetchPublic(env, url, { bytesMax: BYTES_MAX, ms: ANSWER_MS })),
    );
    return fetched.set(name, { keys, at: now(), triedAt: now(), isUnderWay: false }, now()).keys;
  } catch (error) {
    log("warn", "issuer_away", { tenant: tenant.id, error: describe(error) });
    return fetched.set(name, { keys: held, at: known?.at ?? 0, triedAt: now(), isUnderWay: false }, now()).keys;
  }
}

/** What another call of this isolate is just fetching; each waits by a clock of its own, as calls may not share a promise. */
async function answerOf(name: string, now: () => number): Promise<JSONWebKeySet> {
  for (let waitedMs = 0; waitedMs < ANSWER_MS; waitedMs += LOOK_MS) {
    const known = fetched.get(name, now());
    if (!known?.isUnderWay || known.triedAt <= now() - ANSWER_MS) break;
    await scheduler.wait(LOOK_MS);
  }
  return heldOf(fetched.get(name, now()), now());
}

const heldOf = (known: Known | undefined, now: number): JSONWebKeySet =>
  known && known.at > now - STALE_MS ? known.keys : { keys: [] };
