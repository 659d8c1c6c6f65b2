import { and, desc, eq, getTableColumns, gt, sql } from "drizzle-orm";
import type { ShopState, Tenant } from "../../../platform/context.ts";
import { database, type Statement } from "../../../platform/db.ts";
import { tenantHosts, tenantMoves, tenantSwitches, tenants } from "./schema.ts";

export type StoredTenant = Tenant & { createdAt: number };

const columns = {
  ...getTableColumns(tenants),
  off: sql<ReadonlySet<string>>`(SELECT json_group_array(s.capability) FROM tenant_switches AS s
    WHERE s.tenant_id = tenants.id)`.mapWith((names: string) => new Set<string>(JSON.parse(names))),
};

export async function readTenant(env: Env, tenantId: string): Promise<StoredTenant | null> {
  const [row] = await database(env).select(columns).from(tenants).where(eq(tenants.id, tenantId));
  return row ?? null;
}

/** Shops by id, from after the id `after`: the operator's list, which belongs to no tenant. */
export const readTenants = (
  env: Env,
  { limit, after, state }: { limit: number; after?: string; state?: ShopState },
): Promise<StoredTenant[]> =>
  database(env)
    .select(columns)
    .from(tenants)
    .where(
      and(
        after === undefined ? undefined : gt(tenants.id, after),
        state === undefined ? undefined : eq(tenants.state, state),
      ),
    )
    .orderBy(tenants.id)
    .limit(limit);

/** The shop of a custom domain. The host is the question here, so this is the one look-up that knows no tenant yet. */
export async function tenantIdOfHost(env: Env, host: string): Promise<string | null> {
  const [row] = await database(env)
    .select({ tenantId: tenantHosts.tenantId })
    .from(tenantHosts)
    .where(eq(tenantHosts.host, host));
  return row?.tenantId ?? null;
}

export async function allTenantIds(env: Env): Promise<string[]> {
  const rows = await database(env).select({ id: tenants.id }).from(tenants).orderBy(tenants.id);
  return rows.map((row) => row.id);
}

export const insertTenant = (env: Env, { off: _off, ...tenant }: Tenant, now: number): Statement =>
  database(env)
    .insert(tenants)
    .values({ ...tenant, createdAt: now });

export type Move = Omit<typeof tenantMoves.$inferSelect, "tenantId">;

/** How the shop came to its state, latest first. */
export const readMoves = (env: Env, tenantId: string, limit: number): Promise<Move[]> =>
  database(env)
    .select({
      number: tenantMoves.number,
      from: tenantMoves.from,
      to: tenantMoves.to,
      reason: tenantMoves.reason,
      at: tenantMoves.at,
    })
    .from(tenantMoves)
    .where(eq(tenantMoves.tenantId, tenantId))
    .orderBy(desc(tenantMoves.number))
    .limit(limit);

export const insertMove = (env: Env, tenantId: string, move: Move): Statement =>
  database(env)
    .insert(tenantMoves)
    .values({ tenantId, ...move });

export const writeState = (env: Env, tenantId: string, state: ShopState): Statement =>
  database(env).update(tenants).set({ state }).where(eq(tenants.id, tenantId));

export const writeTrialEnd = (env: Env, tenantId: string, trialEndsAt: number): Statement =>
  database(env)
    .update(tenants)
    .set({ trialEndsAt })
    .where(and(eq(tenants.id, tenantId), eq(tenants.state, "trial")));

export const insertSwitch = (env: Env, tenantId: string, capability: string, now: number): Statement =>
  database(env).insert(tenantSwitches).values({ tenantId, capability, offSince: now }).onConflictDoNothing();

export const deleteSwitch = (env: Env, tenantId: string, capability: string): Statement =>
  database(env)
    .delete(tenantSwitches)
    .where(and(eq(tenantSwitches.tenantId, tenantId), eq(tenantSwitches.capability, capability)));

export const writeSettings = (env: Env, tenant: Tenant): Statement =>
  database(env).update(tenants).set({ settings: tenant.settings }).where(eq(tenants.id, tenant.id));
