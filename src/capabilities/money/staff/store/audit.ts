import { and, desc, eq, lt, sql } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { staffAudit, staffMembers } from "../schema.ts";

export type AuditRow = typeof staffAudit.$inferSelect;

export const insertAudit = (env: Env, row: AuditRow): Statement => database(env).insert(staffAudit).values(row);

/** The row of a change, if the member that it is about carries its mark: run it behind the change, in one transaction. */
export const insertAuditOfChange = (env: Env, row: AuditRow): Statement =>
  database(env).run(sql`
    INSERT INTO ${staffAudit} (tenant_id, id, at, who, action, subject, result, facts)
    SELECT ${row.tenantId}, ${row.id}, ${row.at}, ${row.who}, ${row.action}, ${row.subject}, ${row.result}, ${JSON.stringify(row.facts)}
    FROM ${staffMembers} WHERE tenant_id = ${row.tenantId} AND id = ${row.subject} AND last_change = ${row.id}`);

export async function hasAudit(env: Env, tenantId: string, id: string): Promise<boolean> {
  const found = await database(env)
    .select({ id: staffAudit.id })
    .from(staffAudit)
    .where(and(eq(staffAudit.tenantId, tenantId), eq(staffAudit.id, id)));
  return found.length > 0;
}

/** Rows newest first, from after the id `after`. */
export const readAudit = (
  env: Env,
  tenantId: string,
  { limit, after, subject }: { limit: number; after?: string | undefined; subject?: string | undefined },
): Promise<AuditRow[]> =>
  database(env)
    .select()
    .from(staffAudit)
    .where(
      and(
        eq(staffAudit.tenantId, tenantId),
        after === undefined ? undefined : lt(staffAudit.id, after),
        subject === undefined ? undefined : eq(staffAudit.subject, subject),
      ),
    )
    .orderBy(desc(staffAudit.id))
    .limit(limit);

/** Rows from before `until` have been kept long enough. */
export const forgetAudit = (env: Env, tenantId: string, until: number): Statement =>
  database(env)
    .delete(staffAudit)
    .where(and(eq(staffAudit.tenantId, tenantId), lt(staffAudit.at, until)));
