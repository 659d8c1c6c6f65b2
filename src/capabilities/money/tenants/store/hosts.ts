import { and, count, eq, gt, isNotNull, sql } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { hostClaims, tenantHosts } from "../schema.ts";

export type Claim = typeof hostClaims.$inferSelect;

export async function readClaim(env: Env, tenantId: string, host: string): Promise<Claim | undefined> {
  const [row] = await database(env)
    .select()
    .from(hostClaims)
    .where(and(eq(hostClaims.tenantId, tenantId), eq(hostClaims.host, host)));
  return row;
}

/** The shop's claims by host, from after the host `after`. */
export const readClaims = (env: Env, tenantId: string, limit: number, after?: string): Promise<Claim[]> =>
  database(env)
    .select()
    .from(hostClaims)
    .where(and(eq(hostClaims.tenantId, tenantId), after === undefined ? undefined : gt(hostClaims.host, after)))
    .orderBy(hostClaims.host)
    .limit(limit);

/** The domain of the shop's own that was proven first, if there is one. */
export async function firstHost(env: Env, tenantId: string): Promise<string | undefined> {
  const [row] = await database(env)
    .select({ host: hostClaims.host })
    .from(hostClaims)
    .where(and(eq(hostClaims.tenantId, tenantId), isNotNull(hostClaims.verifiedAt)))
    .orderBy(hostClaims.verifiedAt, hostClaims.host)
    .limit(1);
  return row?.host;
}

export async function countClaims(env: Env, tenantId: string): Promise<number> {
  const [row] = await database(env).select({ n: count() }).from(hostClaims).where(eq(hostClaims.tenantId, tenantId));
  return row?.n ?? 0;
}

/** A host that is claimed already keeps its token. */
export const insertClaim = (env: Env, claim: Pick<Claim, "tenantId" | "host" | "token" | "claimedAt">): Statement =>
  database(env).insert(hostClaims).values(claim).onConflictDoNothing();

/** The host leads to the shop, if it still claims it. Fails where the host leads to a shop already. */
export const openHost = (env: Env, { tenantId, host }: Pick<Claim, "tenantId" | "host">): Statement =>
  database(env).run(sql`
    INSERT INTO tenant_hosts (host, tenant_id)
    SELECT host, tenant_id FROM host_claims WHERE tenant_id = ${tenantId} AND host = ${host}`);

export const writeProof = (
  env: Env,
  { tenantId, host }: Pick<Claim, "tenantId" | "host">,
  proof: Pick<Claim, "verifiedAt" | "verifiedBy">,
): Statement =>
  database(env)
    .update(hostClaims)
    .set(proof)
    .where(and(eq(hostClaims.tenantId, tenantId), eq(hostClaims.host, host)));

export const deleteHost = (env: Env, tenantId: string, host: string): Statement[] => [
  database(env)
    .delete(tenantHosts)
    .where(and(eq(tenantHosts.tenantId, tenantId), eq(tenantHosts.host, host))),
  database(env)
    .delete(hostClaims)
    .where(and(eq(hostClaims.tenantId, tenantId), eq(hostClaims.host, host))),
];
