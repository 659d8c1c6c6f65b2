import { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { forgetShop } from "../actions.ts";
import type * as contract from "../contract/hosts.ts";
import { mayClaim } from "../rules.ts";
import {
  type Claim,
  countClaims,
  deleteHost,
  insertClaim,
  openHost,
  readClaim,
  readClaims,
  writeProof,
} from "../store/hosts.ts";
import { tenantIdOfHost } from "../store.ts";
import { findRecords, proofName } from "./find-records.ts";

type Host = z.infer<typeof contract.host>;

const HOSTS_OF_SHOP_MAX = 20;
const RESOLVER_RETRY_SECONDS = 60;

/** Claiming a host again answers the same claim with the same proof. */
export async function addHost(
  ctx: Ctx,
  { host }: { host: string },
): Promise<Result<Host, "host_reserved" | "host_taken" | "too_many_hosts">> {
  const { env, tenant } = ctx;
  const known = await readClaim(env, tenant.id, host);
  if (known) return ok(onWire(known));
  if (!mayClaim(host, env.PLATFORM_DOMAIN))
    return refused("host_reserved", `${host} belongs to the platform or to no public domain.`);
  if (await tenantIdOfHost(env, host)) return hostTaken;
  if ((await countClaims(env, tenant.id)) >= HOSTS_OF_SHOP_MAX)
    return refused("too_many_hosts", `A shop has at most ${HOSTS_OF_SHOP_MAX} domains of its own.`);
  const token = `souk-${crypto.randomUUID().replaceAll("-", "")}`;
  await commit(ctx, [insertClaim(env, { tenantId: tenant.id, host, token, claimedAt: ctx.now() })]);
  const claimed = await readClaim(env, tenant.id, host);
  if (!claimed) throw new Error(`${host} was claimed and is gone`);
  return ok(onWire(claimed));
}

const hostPlace = z.tuple([z.string()]);

export async function listHosts(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Result<{ data: Host[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} hosts`;
  const [after] = (cursor !== undefined && readCursor(list, hostPlace, cursor)) || [];
  if (cursor !== undefined && after === undefined) return foreignCursor;
  const found = await readClaims(ctx.env, ctx.tenant.id, limit + 1, after);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map(onWire), next_cursor: last ? writeCursor(list, [last.host]) : null });
}

type CheckRefusal = "unknown_claim" | "host_taken" | "proof_missing" | "proof_unavailable" | "resolver_failed";

export async function checkHost(ctx: Ctx, { host }: { host: string }): Promise<Result<Host, CheckRefusal>> {
  const claim = await readClaim(ctx.env, ctx.tenant.id, host);
  if (!claim) return unknownClaim;
  if (claim.verifiedAt !== null) return ok(onWire(claim));
  const resolver = ctx.env.DOMAIN_PROOF_RESOLVER;
  if (!resolver) return refused("proof_unavailable", "This platform looks nothing up; ask its operator to verify.");
  const records = await findRecords(resolver, host);
  if (!records)
    return refused("resolver_failed", "The domain's records could not be read. Try again in a minute.", {
      retryAfterSeconds: RESOLVER_RETRY_SECONDS,
    });
  if (!records.includes(claim.token))
    return refused("proof_missing", `There is no TXT record ${proofName(host)} with the claim's value yet.`);
  return prove(ctx, claim, "record");
}

export async function verifyHost(
  ctx: Ctx,
  { id, host }: { id: string; host: string },
): Promise<Result<Host, "unknown_claim" | "host_taken">> {
  const claim = await readClaim(ctx.env, id, host);
  if (!claim) return unknownClaim;
  return claim.verifiedAt === null ? prove(ctx, claim, "operator") : ok(onWire(claim));
}

export async function removeHost(ctx: Ctx, { host }: { host: string }): Promise<Result<undefined, "unknown_claim">> {
  if (!(await readClaim(ctx.env, ctx.tenant.id, host))) return unknownClaim;
  await commit(ctx, deleteHost(ctx.env, ctx.tenant.id, host));
  forgetShop(ctx.tenant.id);
  return ok(undefined);
}

/** The host's row is one for all shops, so of two proofs at once one fails. */
async function prove(
  ctx: Ctx,
  claim: Claim,
  verifiedBy: "record" | "operator",
): Promise<Result<Host, "unknown_claim" | "host_taken">> {
  const proof = { verifiedAt: ctx.now(), verifiedBy };
  try {
    await commit(ctx, [openHost(ctx.env, claim), writeProof(ctx.env, claim, proof)]);
  } catch (error) {
    const holder = await tenantIdOfHost(ctx.env, claim.host);
    if (!holder) throw error;
    if (holder !== claim.tenantId) return hostTaken;
  }
  forgetShop(claim.tenantId);
  const proven = await readClaim(ctx.env, claim.tenantId, claim.host);
  return proven ? ok(onWire(proven)) : unknownClaim;
}

const onWire = ({ host, token, claimedAt, verifiedAt, verifiedBy }: Claim): Host => ({
  host,
  status: verifiedAt === null ? "pending" : "verified",
  proof: { type: "TXT", name: proofName(host), value: token },
  added_at: new Date(claimedAt).toISOString(),
  verified_at: verifiedAt === null ? null : new Date(verifiedAt).toISOString(),
  verified_by: verifiedBy,
});

const hostTaken = refused("host_taken", "Another shop has proven this host to be its own.");
const unknownClaim = refused("unknown_claim", "The shop has not claimed this host.");
