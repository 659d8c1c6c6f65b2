import { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { newId } from "../../../../platform/ids.ts";
import { callObject } from "../../../../platform/objects.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { sha256Hex } from "../../../../platform/signatures.ts";
import { monthOf } from "../../../../platform/time.ts";
import type * as contract from "../contract.ts";
import { insertLicence, type Licence, readLicences, readLicence as readStored, updateLicence } from "../store.ts";
import { limitsOf, meterOf } from "./admit-call.ts";

type OnWire = z.infer<typeof contract.licence>;
type NewLicence = z.infer<typeof contract.newLicence>;
type Terms = z.infer<NonNullable<typeof contract.createLicence.body>>;

/** Characters of a key that lists show, so that a partner's key can be told from another. */
const PREFIX_CHARACTERS = 13;

/** The key is in this answer and nowhere else: only its hash is kept. */
export async function createLicence(ctx: Ctx, terms: Terms): Promise<Result<NewLicence>> {
  const key = `rsl_live_${crypto.randomUUID().replaceAll("-", "")}${crypto.randomUUID().slice(0, 8)}`;
  const licence: Licence = {
    tenantId: ctx.tenant.id,
    id: newId("lic"),
    name: terms.name,
    plan: terms.plan,
    prefix: key.slice(0, PREFIX_CHARACTERS),
    isEnabled: terms.enabled,
    rolloutPercent: terms.rollout_percent,
    createdAt: ctx.now(),
    revokedAt: null,
  };
  await commit(ctx, [insertLicence(ctx.env, { ...licence, hash: sha256Hex(key) })]);
  return ok({ licence: onWire(licence), key });
}

const licencePlace = z.tuple([z.string()]);

export async function listLicences(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Result<{ data: OnWire[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} licences`;
  const [before] = (cursor !== undefined && readCursor(list, licencePlace, cursor)) || [];
  if (cursor !== undefined && before === undefined) return foreignCursor;
  const found = await readLicences(ctx.env, ctx.tenant.id, limit + 1, before);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map(onWire), next_cursor: last ? writeCursor(list, [last.id]) : null });
}

export async function readLicence(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<z.infer<typeof contract.licenceWithUse>, "unknown_licence">> {
  const found = await readStored(ctx.env, ctx.tenant.id, id);
  if (!found) return unknownLicence;
  const used = await callObject(
    () => meterOf(ctx, id),
    async (stub) => await stub.used(),
  );
  const { callsPerMonth } = limitsOf(found.plan);
  const resets_at = asTime(monthOf(ctx.now()).until);
  return ok({ ...onWire(found), use: { calls_this_month: used.thisMonth, calls_per_month: callsPerMonth, resets_at } });
}

export async function changeLicence(
  ctx: Ctx,
  { id, ...wish }: { id: string } & z.infer<NonNullable<typeof contract.changeLicence.body>>,
): Promise<Result<OnWire, "unknown_licence" | "licence_revoked">> {
  const found = await readStored(ctx.env, ctx.tenant.id, id);
  if (!found) return unknownLicence;
  if (found.revokedAt !== null) return refused("licence_revoked", "A revoked licence stays as it was.");
  const changed = {
    ...found,
    name: wish.name ?? found.name,
    plan: wish.plan ?? found.plan,
    isEnabled: wish.enabled ?? found.isEnabled,
    rolloutPercent: wish.rollout_percent === undefined ? found.rolloutPercent : wish.rollout_percent,
  };
  const { name, plan, isEnabled, rolloutPercent } = changed;
  await commit(ctx, [updateLicence(ctx.env, found, { name, plan, isEnabled, rolloutPercent })]);
  return ok(onWire(changed));
}

/** Once this is answered, no call with the licence's key is admitted any more, wherever it arrives. */
export async function revokeLicence(ctx: Ctx, { id }: { id: string }): Promise<Result<undefined, "unknown_licence">> {
  const found = await readStored(ctx.env, ctx.tenant.id, id);
  if (!found) return unknownLicence;
  await commit(ctx, [updateLicence(ctx.env, found, { revokedAt: ctx.now() })]);
  await callObject(
    () => meterOf(ctx, id),
    async (stub) => await stub.revoke(),
  );
  return ok(undefined);
}

const onWire = (licence: Licence): OnWire => {
  const { callsPerSecond, callsPerMonth } = limitsOf(licence.plan);
  return {
    id: licence.id,
    name: licence.name,
    plan: licence.plan,
    calls_per_second: callsPerSecond,
    calls_per_month: callsPerMonth,
    key_prefix: licence.prefix,
    enabled: licence.isEnabled,
    rollout_percent: licence.rolloutPercent,
    created_at: asTime(licence.createdAt),
    revoked_at: licence.revokedAt === null ? null : asTime(licence.revokedAt),
  };
};

const asTime = (at: number): string => new Date(at).toISOString();
const unknownLicence = refused("unknown_licence", "There is no such licence.");
