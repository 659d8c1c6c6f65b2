import { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { guardSignIn } from "../../../../platform/identity/guard-sign-in.ts";
import { newId } from "../../../../platform/ids.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import * as contract from "../contract/passkeys.ts";
import type { signedIn as signedInShape } from "../contract.ts";
import * as store from "../store/passkeys.ts";
import { type Arrival, beginSession } from "./begin-session.ts";
import { CHALLENGE_MS, newChallenge, spendChallenge } from "./passkey-challenge.ts";
import { signedIn } from "./signed-in.ts";
import { provesPasskey, readNewPasskey } from "./verify-passkey.ts";

/** EdDSA, ES256 and RS256 (RFC 9053, RFC 8812): what browsers and keys have. */
const ALGORITHMS = [-8, -7, -257];

type Begun = z.infer<NonNullable<typeof contract.beginPasskey.answer.shape>>;
type BegunSignIn = z.infer<NonNullable<typeof contract.beginPasskeySignIn.answer.shape>>;
type Made = z.infer<NonNullable<typeof contract.addPasskey.body>>;
type Proof = z.infer<NonNullable<typeof contract.signInWithPasskey.body>>;

export async function beginPasskey(ctx: Ctx): Promise<Result<Begun, "unauthenticated">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const { account } = me.value;
  const known = await store.readPasskeys(ctx.env, account, contract.PASSKEYS_MAX);
  return ok({
    ...challengeFor(ctx, `add ${account.id}`),
    rp_name: ctx.tenant.name,
    user_id: Buffer.from(account.id).toString("base64url"),
    user_name: account.email,
    algorithms: ALGORITHMS,
    known: known.map((it) => it.credentialId),
  });
}

export const beginPasskeySignIn = async (ctx: Ctx): Promise<Result<BegunSignIn>> => ok(challengeFor(ctx, "sign in"));

const challengeFor = (ctx: Ctx, purpose: string) => ({
  challenge: newChallenge(ctx, purpose),
  rp_id: rpIdOf(ctx),
  timeout_ms: CHALLENGE_MS,
});

/** A passkey of one shop's host is no use at another's: the browser offers it nowhere else, and we take it nowhere else. */
const rpIdOf = ({ origin }: Ctx): string => new URL(origin).hostname;

export async function addPasskey(
  ctx: Ctx,
  made: Made,
): Promise<Result<contract.Passkey, keyof typeof contract.addPasskey.refusals>> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const { account } = me.value;
  const known = await store.readPasskeys(ctx.env, account, contract.PASSKEYS_MAX);
  if (known.length >= contract.PASSKEYS_MAX)
    return refused("passkeys_full", `An account keeps ${contract.PASSKEYS_MAX} passkeys.`);
  const challenge = await spendChallenge(ctx, `add ${account.id}`, made.client_data);
  const site = { origin: ctx.origin, rpId: rpIdOf(ctx) };
  const fresh = challenge === undefined ? undefined : await readNewPasskey(made, { ...site, challenge }, ALGORITHMS);
  if (!fresh || (await store.readPasskey(ctx.env, ctx.tenant.id, fresh.credentialId)))
    return refused("passkey_refused", "This passkey was not made for this shop and account just now.");
  const passkey: store.KeptPasskey = {
    tenantId: ctx.tenant.id,
    ...fresh,
    id: newId("pky"),
    accountId: account.id,
    name: made.name,
    createdAt: ctx.now(),
    usedAt: null,
  };
  await commit(ctx, [store.insertPasskey(ctx.env, passkey)]);
  return ok(onWire(passkey));
}

export async function signInWithPasskey(
  ctx: Ctx,
  { cart_id, device_name, ...proof }: Proof & Arrival,
): Promise<Result<z.infer<typeof signedInShape>, "wrong_credentials" | "too_many_attempts">> {
  const account = `passkey ${proof.credential_id}`;
  const proven = await guardSignIn(ctx, { realm: "shopper", account }, () => findProven(ctx, proof));
  if (proven.ok) return ok(await beginSession(ctx, proven.value, { cart_id, device_name }));
  return proven.code === "wrong_credentials"
    ? refused("wrong_credentials", "This passkey opens no account here.")
    : proven;
}

/** The account whose passkey this proves. */
async function findProven(ctx: Ctx, proof: Omit<Proof, "cart_id" | "device_name">) {
  const found = await store.readPasskey(ctx.env, ctx.tenant.id, proof.credential_id);
  if (!found || Buffer.from(proof.user_handle, "base64url").toString() !== found.account.id) return undefined;
  const challenge = await spendChallenge(ctx, "sign in", proof.client_data);
  if (challenge === undefined) return undefined;
  const counter = await provesPasskey(proof, { origin: ctx.origin, rpId: rpIdOf(ctx), challenge }, found.passkey);
  if (counter === undefined) return undefined;
  await commit(ctx, [store.usePasskey(ctx.env, found.passkey, { counter, usedAt: ctx.now() })]);
  return found.account;
}

export async function listPasskeys(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Result<{ data: contract.Passkey[]; next_cursor: string | null }, "unauthenticated" | "invalid_request">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const list = `${ctx.tenant.id} passkeys ${me.value.account.id}`;
  const place = cursor === undefined ? undefined : readCursor(list, z.tuple([z.string()]), cursor);
  if (cursor !== undefined && !place) return foreignCursor;
  const rows = await store.readPasskeys(ctx.env, me.value.account, limit + 1, place?.[0]);
  const last = rows.slice(0, limit).at(-1);
  return ok({
    data: rows.slice(0, limit).map(onWire),
    next_cursor: rows.length > limit && last ? writeCursor(list, [last.id]) : null,
  });
}

export async function removePasskey(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<void, "unauthenticated" | "unknown_passkey">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const isGone = await store.deletePasskey(ctx.env, me.value.account, id);
  return isGone ? ok(undefined) : refused("unknown_passkey", "There is no such passkey.");
}

const onWire = ({ id, name, createdAt, usedAt }: store.KeptPasskey): contract.Passkey => ({
  id,
  name,
  created_at: new Date(createdAt).toISOString(),
  used_at: usedAt === null ? null : new Date(usedAt).toISOString(),
});
