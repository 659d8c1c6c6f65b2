import { and, count, desc, eq, getTableColumns, isNotNull, lt, ne, or, sql } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { staffInvitations, staffMembers } from "../schema.ts";

/** A member as it is kept, without what opens the door. */
export type Member = Omit<typeof staffMembers.$inferSelect, "passwordHash" | "codeSecret" | "codeStep">;
type Place = Pick<Member, "tenantId" | "id">;

const { passwordHash: _password, codeSecret: _secret, codeStep: _step, ...columns } = getTableColumns(staffMembers);

export async function readMember(env: Env, tenantId: string, id: string): Promise<Member | undefined> {
  const [row] = await database(env)
    .select(columns)
    .from(staffMembers)
    .where(and(eq(staffMembers.tenantId, tenantId), eq(staffMembers.id, id)));
  return row;
}

/** The member of this address with all that the sign-in compares. */
export async function memberByEmail(
  env: Env,
  tenantId: string,
  email: string,
): Promise<typeof staffMembers.$inferSelect | undefined> {
  const [row] = await database(env)
    .select()
    .from(staffMembers)
    .where(and(eq(staffMembers.tenantId, tenantId), eq(staffMembers.email, email)));
  return row;
}

/** Members newest first, from after the id `after`. */
export const readMembers = (env: Env, tenantId: string, limit: number, after?: string): Promise<Member[]> =>
  database(env)
    .select(columns)
    .from(staffMembers)
    .where(and(eq(staffMembers.tenantId, tenantId), after === undefined ? undefined : lt(staffMembers.id, after)))
    .orderBy(desc(staffMembers.id))
    .limit(limit);

/** Makes the member of an invitation that `takeInvitation` has just marked with its id; of an address that is taken nobody is made. */
export const insertInvited = (
  env: Env,
  it: { tenantId: string; id: string; name: string; passwordHash: string; now: number; lastChange: string },
): Statement =>
  database(env).run(sql`
    INSERT INTO ${staffMembers} (tenant_id, id, email, name, role, password_hash, created_at, last_change)
    SELECT tenant_id, ${it.id}, email, ${it.name}, role, ${it.passwordHash}, ${it.now}, ${it.lastChange}
    FROM ${staffInvitations} WHERE tenant_id = ${it.tenantId} AND member_id = ${it.id}
    ON CONFLICT DO NOTHING`);

/**
 * Changes a member and marks it with the audit row of the change. Nothing is changed where that would leave the shop without an
 * owner who may sign in; then no member carries the mark, and `insertAudit` adds nothing either.
 */
export const changeMemberRow = (
  env: Env,
  { tenantId, id }: Place,
  change: Partial<Pick<Member, "name" | "role" | "deactivatedAt">> & { lastChange: string },
): Statement => {
  const keepsRole = (change.role ?? "owner") === "owner" && (change.deactivatedAt ?? null) === null;
  const otherOwner = sql`EXISTS (SELECT 1 FROM ${staffMembers} AS other WHERE other.tenant_id = ${tenantId}
    AND other.id <> ${id} AND other.role = 'owner' AND other.deactivated_at IS NULL)`;
  const spared = or(ne(staffMembers.role, "owner"), isNotNull(staffMembers.deactivatedAt), otherOwner);
  return database(env)
    .update(staffMembers)
    .set(change)
    .where(and(eq(staffMembers.tenantId, tenantId), eq(staffMembers.id, id), keepsRole ? undefined : spared));
};

export const changePasswordRow = (
  env: Env,
  { tenantId, id }: Place,
  change: { passwordHash: string; lastChange: string },
): Statement =>
  database(env)
    .update(staffMembers)
    .set(change)
    .where(and(eq(staffMembers.tenantId, tenantId), eq(staffMembers.id, id)));

export const markSeen = (env: Env, { tenantId, id }: Place, lastSeenAt: number): Statement =>
  database(env)
    .update(staffMembers)
    .set({ lastSeenAt })
    .where(and(eq(staffMembers.tenantId, tenantId), eq(staffMembers.id, id)));

/** How many members a shop has, and how many of them are owners who may sign in. */
export async function countOwners(env: Env, tenantId: string): Promise<{ members: number; owners: number }> {
  const isOwner = sql<number>`${staffMembers.role} = 'owner' AND ${staffMembers.deactivatedAt} IS NULL`;
  const [row] = await database(env)
    .select({ members: count(), owners: sql<number>`coalesce(sum(${isOwner}), 0)` })
    .from(staffMembers)
    .where(eq(staffMembers.tenantId, tenantId));
  return row ?? { members: 0, owners: 0 };
}
