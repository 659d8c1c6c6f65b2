import { and, desc, eq, gt, isNull, lt, ne, sql } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { staffInvitations, staffMembers } from "../schema.ts";

export type Invitation = typeof staffInvitations.$inferSelect;

/** Neither accepted nor taken back; whether it has run out depends on the moment. */
const isOpen = and(isNull(staffInvitations.acceptedAt), isNull(staffInvitations.revokedAt));

export async function readInvitation(env: Env, tenantId: string, id: string): Promise<Invitation | undefined> {
  const [row] = await database(env)
    .select()
    .from(staffInvitations)
    .where(and(eq(staffInvitations.tenantId, tenantId), eq(staffInvitations.id, id)));
  return row;
}

export async function invitationByHash(env: Env, tenantId: string, hash: string): Promise<Invitation | undefined> {
  const [row] = await database(env)
    .select()
    .from(staffInvitations)
    .where(and(eq(staffInvitations.tenantId, tenantId), eq(staffInvitations.hash, hash)));
  return row;
}

/** Invitations newest first, from after the id `after`. */
export const readInvitations = (env: Env, tenantId: string, limit: number, after?: string): Promise<Invitation[]> =>
  database(env)
    .select()
    .from(staffInvitations)
    .where(
      and(eq(staffInvitations.tenantId, tenantId), after === undefined ? undefined : lt(staffInvitations.id, after)),
    )
    .orderBy(desc(staffInvitations.id))
    .limit(limit);

/** The new invitation, and the end of those that the address had before. */
export const insertInvitation = (env: Env, it: Invitation): Statement[] => [
  database(env)
    .update(staffInvitations)
    .set({ revokedAt: it.createdAt })
    .where(
      and(
        eq(staffInvitations.tenantId, it.tenantId),
        eq(staffInvitations.email, it.email),
        ne(staffInvitations.id, it.id),
        isOpen,
      ),
    ),
  database(env).insert(staffInvitations).values(it),
];

/** Spends an invitation that is still open, once: of two who try, the first one's member is written into it. */
export const takeInvitation = (env: Env, tenantId: string, id: string, memberId: string, now: number): Statement =>
  database(env)
    .update(staffInvitations)
    .set({ acceptedAt: now, memberId })
    .where(
      and(
        eq(staffInvitations.tenantId, tenantId),
        eq(staffInvitations.id, id),
        isOpen,
        gt(staffInvitations.expiresAt, now),
      ),
    );

/** Invitations that a member made and nobody accepted end with the member's place, or with its rights: run it after that change. */
export const revokeInvitationsOf = (
  env: Env,
  tenantId: string,
  memberId: string,
  change: string,
  now: number,
): Statement =>
  database(env)
    .update(staffInvitations)
    .set({ revokedAt: now })
    .where(
      and(
        eq(staffInvitations.tenantId, tenantId),
        eq(staffInvitations.invitedBy, memberId),
        isOpen,
        sql`EXISTS (SELECT 1 FROM ${staffMembers} WHERE tenant_id = ${tenantId} AND id = ${memberId} AND last_change = ${change})`,
      ),
    );

export const revokeInvitationRow = (env: Env, tenantId: string, id: string, now: number): Statement =>
  database(env)
    .update(staffInvitations)
    .set({ revokedAt: now })
    .where(and(eq(staffInvitations.tenantId, tenantId), eq(staffInvitations.id, id), isOpen));
