import { z } from "@hono/zod-openapi";
import { commit } from "../../../platform/commit.ts";
import type { Ctx } from "../../../platform/context.ts";
import type { Statement } from "../../../platform/db.ts";
import { newId } from "../../../platform/ids.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { ok, type Refused, type Result, refused } from "../../../platform/result.ts";
import { sha256Hex } from "../../../platform/signatures.ts";
import { forgetKeys } from "./actions/find-key.ts";
import type * as contract from "./contract.ts";
import { excessScopes, shownPart, writeKey } from "./rules.ts";
import { insertKey, type Key, readKeyRow, readKeyRows, updateKey } from "./store.ts";

/** Keys that are looked through for another one that may do everything. */
const KEYS_MAX = 5_000;

/** What a new key is to be. */
export type NewKey = Pick<Key, "name" | "mode" | "plan" | "scopes" | "spendCapMicros">;

/** A new key as text, and the statement that stores it. */
export function makeKey(
  env: Env,
  tenantId: string,
  wish: NewKey,
  now: number,
): { text: string; key: Key; row: Statement } {
  const text = writeKey(wish.mode, randomText(10), randomText(26));
  const key: Key = {
    ...wish,
    tenantId,
    id: newId("key"),
    last4: text.slice(-4),
    prefix: shownPart(text),
    createdAt: now,
    revokedAt: null,
  };
  return { text, key, row: insertKey(env, { ...key, hash: sha256Hex(text) }) };
}

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
/** Bytes from here on would make the first letters likelier. */
const FAIR_BYTES = 252;

function randomText(length: number): string {
  let text = "";
  while (text.length < length)
    for (const byte of crypto.getRandomValues(new Uint8Array(length)))
      if (byte < FAIR_BYTES && text.length < length) text += LETTERS[byte % LETTERS.length];
  return text;
}

type OnWire = z.infer<typeof contract.key>;

export async function createKey(
  ctx: Ctx,
  input: z.infer<NonNullable<typeof contract.createKey.body>>,
): Promise<Result<{ key: string; api_key: OnWire }, "scope_exceeded">> {
  const refusal = beyond(ctx, input.scopes);
  if (refusal) return refusal;
  const { spend_cap_micros: spendCapMicros, ...wish } = input;
  const { text, key, row } = makeKey(ctx.env, ctx.tenant.id, { ...wish, spendCapMicros }, ctx.now());
  await commit(ctx, [row]);
  return ok({ key: text, api_key: onWire(key) });
}

/** Nobody makes, changes or ends a key that may do more than they; and who pays for calls does not decide what keys pay. */
function beyond({ actor }: Ctx, scopes: readonly string[]): Refused<"scope_exceeded"> | undefined {
  if (actor.kind === "staff" && actor.sold)
    return refused("scope_exceeded", "A key on a paid plan does not manage keys. Use a key of the shop itself.");
  const excess = excessScopes(actor.kind === "staff" ? actor.scopes : [], scopes);
  if (excess.length === 0) return undefined;
  return refused("scope_exceeded", `You lack what this key may do: ${excess.join(", ")}.`, {
    facts: { scopes: excess },
  });
}

const keyPlace = z.tuple([z.string()]);

export async function listKeys(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Result<{ data: OnWire[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} keys`;
  const [before] = (cursor !== undefined && readCursor(list, keyPlace, cursor)) || [];
  if (cursor !== undefined && before === undefined) return foreignCursor;
  const found = await readKeyRows(ctx.env, ctx.tenant.id, limit + 1, before);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map(onWire), next_cursor: last ? writeCursor(list, [last.id]) : null });
}

export async function readKey(ctx: Ctx, { id }: { id: string }): Promise<Result<OnWire, "unknown_key">> {
  const key = await readKeyRow(ctx.env, ctx.tenant.id, id);
  return key ? ok(onWire(key)) : unknownKey;
}

export async function changeKey(
  ctx: Ctx,
  { id, ...wish }: { id: string } & z.infer<NonNullable<typeof contract.changeKey.body>>,
): Promise<Result<OnWire, "unknown_key" | "key_revoked" | "scope_exceeded">> {
  const key = await readKeyRow(ctx.env, ctx.tenant.id, id);
  if (!key) return unknownKey;
  const refusal = beyond(ctx, key.scopes);
  if (refusal) return refusal;
  if (key.revokedAt !== null) return refused("key_revoked", "A revoked key stays as it was.");
  const change = {
    name: wish.name ?? key.name,
    plan: wish.plan ?? key.plan,
    spendCapMicros: wish.spend_cap_micros === undefined ? key.spendCapMicros : wish.spend_cap_micros,
  };
  await commit(ctx, [updateKey(ctx.env, key, change)]);
  forgetKeys();
  return ok(onWire({ ...key, ...change }));
}

/** Revoking twice answers the same. The last key that may do everything stays: without it nobody could make another. */
export async function revokeKey(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<OnWire, "unknown_key" | "last_key" | "scope_exceeded">> {
  const key = await readKeyRow(ctx.env, ctx.tenant.id, id);
  if (!key) return unknownKey;
  const refusal = beyond(ctx, key.scopes);
  if (refusal) return refusal;
  if (key.revokedAt !== null) return ok(onWire(key));
  const others = await readKeyRows(ctx.env, ctx.tenant.id, KEYS_MAX);
  const isLast = key.scopes.includes("*") && !others.some((it) => it.id !== id && isMaster(it));
  if (isLast) return refused("last_key", "This is the last key that may do everything. Make another one first.");
  const revokedAt = ctx.now();
  await commit(ctx, [updateKey(ctx.env, key, { revokedAt })]);
  forgetKeys();
  return ok(onWire({ ...key, revokedAt }));
}

const isMaster = (key: Key): boolean => key.revokedAt === null && key.mode === "live" && key.scopes.includes("*");

const asTime = (at: number): string => new Date(at).toISOString();

const onWire = (key: Key): OnWire => ({
  id: key.id,
  name: key.name,
  mode: key.mode,
  prefix: key.prefix,
  last4: key.last4,
  plan: key.plan,
  scopes: key.scopes,
  spend_cap_micros: key.spendCapMicros,
  created_at: asTime(key.createdAt),
  revoked_at: key.revokedAt === null ? null : asTime(key.revokedAt),
});

const unknownKey = refused("unknown_key", "There is no such API key.");
