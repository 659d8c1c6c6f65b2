import { eq } from "drizzle-orm";
import type { Tenant } from "../../../platform/context.ts";
import { database, type Statement } from "../../../platform/db.ts";
import { tenantHosts, tenants } from "./schema.ts";

export async function readTenant(env: Env, tenantId: string): Promise<Tenant | null> {
  const [row] = await database(env).select().from(tenants).where(eq(tenants.id, tenantId));
  return row ?? null;
}

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

export const insertTenant = (env: Env, tenant: Tenant, now: number): Statement =>
  database(env)
    .insert(tenants)
    .values({ ...tenant, createdAt: now });

export const writeSettings = (env: Env, tenant: Tenant): Statement =>
  database(env).update(tenants).set({ settings: tenant.settings }).where(eq(tenants.id, tenant.id));
