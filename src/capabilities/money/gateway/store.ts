import { and, asc, desc, eq, lt, sql } from "drizzle-orm";
import { database, type Statement } from "../../../platform/db.ts";
import { type AuditedRow, gatewayAudit, gatewayPlugins, type PluginRow } from "./schema.ts";

/** A shop's plug-ins in the order in which they run. */
export const readPluginRows = (env: Env, tenantId: string): Promise<PluginRow[]> =>
  database(env)
    .select()
    .from(gatewayPlugins)
    .where(eq(gatewayPlugins.tenantId, tenantId))
    .orderBy(asc(gatewayPlugins.position), asc(gatewayPlugins.name));

export const putPluginRow = (env: Env, row: PluginRow): Statement => {
  const { tenantId: _tenant, name: _name, ...change } = row;
  return database(env)
    .insert(gatewayPlugins)
    .values(row)
    .onConflictDoUpdate({ target: [gatewayPlugins.tenantId, gatewayPlugins.name], set: change });
};

/** Audited calls, latest first, from before the id `before`. */
export const readAudited = (
  env: Env,
  tenantId: string,
  { limit, before }: { limit: number; before?: string },
): Promise<AuditedRow[]> =>
  database(env)
    .select()
    .from(gatewayAudit)
    .where(and(eq(gatewayAudit.tenantId, tenantId), before === undefined ? undefined : lt(gatewayAudit.id, before)))
    .orderBy(desc(gatewayAudit.id))
    .limit(limit);

/** All in one statement, whatever their number. */
export const insertAudited = (env: Env, rows: readonly AuditedRow[]): Statement => {
  const list = JSON.stringify(
    rows.map((it) => [it.tenantId, it.id, it.at, it.goneAt, it.operation, it.caller, it.status, it.requestId, it.arm]),
  );
  return database(env).run(sql`
    INSERT INTO gateway_audit (tenant_id, id, at, gone_at, operation, caller, status, request_id, arm)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8
    FROM json_each(${list}) WHERE true ON CONFLICT DO NOTHING`);
};

export const removeAudited = (env: Env, tenantId: string, now: number): Statement =>
  database(env)
    .delete(gatewayAudit)
    .where(and(eq(gatewayAudit.tenantId, tenantId), lt(gatewayAudit.goneAt, now)));
