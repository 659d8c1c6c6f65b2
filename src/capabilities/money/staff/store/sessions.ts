import { and, desc, eq, isNull, lt, ne, sql } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { staffMembers, staffSessions } from "../schema.ts";

export type Session = Omit<typeof staffSessions.$inferSelect, "hash">;

/** A session with its member as they are now; nobody when the member may not sign in any more. */
export async function sessionByHash(env: Env, tenantId: string, hash: string) {
  const [row] = await database(env)
    .select({
      id: staffSessions.id,
      tenantId: staffSessions.tenantId,
      memberId: staffSessions.memberId,
      stage: staffSessions.stage,
      device: staffSessions.device,
      beganAt: staffSessions.beganAt,
      seenAt: staffSessions.seenAt,
      role: staffMembers.role,
      name: staffMembers.name,
      email: staffMembers.email,
      codesSince: staffMembers.codesSince,
    })
    .from(staffSessions)
    .innerJoin(
      staffMembers,
      and(eq(staffMembers.tenantId, staffSessions.tenantId), eq(staffMembers.id, staffSessions.memberId)),
    )
    .where(and(eq(staffSessions.tenantId, tenantId), eq(staffSessions.hash, hash), isNull(staffMembers.deactivatedAt)));
  return row;
}

/** A member's sessions, the last used one first. */
export const readSessions = (env: Env, tenantId: string, memberId: string, limit: number): Promise<Session[]> =>
  database(env)
    .select({
      tenantId: staffSessions.tenantId,
      id: staffSessions.id,
      memberId: staffSessions.memberId,
      stage: staffSessions.stage,
      device: staffSessions.device,
      beganAt: staffSessions.beganAt,
      seenAt: staffSessions.seenAt,
    })
    .from(staffSessions)
    .where(
      and(eq(staffSessions.tenantId, tenantId), eq(staffSessions.memberId, memberId), eq(staffSessions.stage, "full")),
    )
    .orderBy(desc(staffSessions.seenAt))
    .limit(limit);

export const insertSession = (env: Env, session: Session & { hash: string }): Statement =>
  database(env).insert(staffSessions).values(session);

export const touchSession = (env: Env, tenantId: string, id: string, seenAt: number): Statement =>
  database(env)
    .update(staffSessions)
    .set({ seenAt })
    .where(and(eq(staffSessions.tenantId, tenantId), eq(staffSessions.id, id), lt(staffSessions.seenAt, seenAt)));

/** Ends the session of a token, whosever it is. */
export const deleteSessionByHash = (env: Env, tenantId: string, hash: string): Statement =>
  database(env)
    .delete(staffSessions)
    .where(and(eq(staffSessions.tenantId, tenantId), eq(staffSessions.hash, hash)));

/** Ends one session of a member. */
export const deleteSession = (env: Env, tenantId: string, memberId: string, id: string): Statement =>
  database(env)
    .delete(staffSessions)
    .where(and(eq(staffSessions.tenantId, tenantId), eq(staffSessions.memberId, memberId), eq(staffSessions.id, id)));

/** Ends all sessions of a member, or all but the one that is kept. */
export const deleteSessions = (env: Env, tenantId: string, memberId: string, keptId = ""): Statement =>
  database(env)
    .delete(staffSessions)
    .where(
      and(eq(staffSessions.tenantId, tenantId), eq(staffSessions.memberId, memberId), ne(staffSessions.id, keptId)),
    );

/** Ends all sessions of a member who is deactivated by now. */
export const deleteSessionsOfGone = (env: Env, tenantId: string, memberId: string): Statement =>
  database(env)
    .delete(staffSessions)
    .where(
      and(
        eq(staffSessions.tenantId, tenantId),
        eq(staffSessions.memberId, memberId),
        sql`EXISTS (SELECT 1 FROM ${staffMembers} WHERE tenant_id = ${tenantId} AND id = ${memberId} AND deactivated_at IS NOT NULL)`,
      ),
    );

/** Forgets sessions that ended by themselves. */
export const forgetSessions = (env: Env, tenantId: string, beganBefore: number): Statement =>
  database(env)
    .delete(staffSessions)
    .where(and(eq(staffSessions.tenantId, tenantId), lt(staffSessions.beganAt, beganBefore)));
