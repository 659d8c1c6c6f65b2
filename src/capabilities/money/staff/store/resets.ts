import { and, eq, gt, isNull, lt } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { staffMembers, staffResets } from "../schema.ts";

export type Reset = typeof staffResets.$inferSelect;
type Named = Pick<Reset, "tenantId" | "hash">;

/** Nothing happens where its event has one already. */
export const insertReset = (env: Env, reset: Reset): Statement =>
  database(env).insert(staffResets).values(reset).onConflictDoNothing();

/** Who may set a new password with this link: a member who may sign in. */
export async function memberOfReset(env: Env, { tenantId, hash }: Named, now: number) {
  const [row] = await database(env)
    .select({ id: staffMembers.id, email: staffMembers.email, name: staffMembers.name })
    .from(staffResets)
    .innerJoin(staffMembers, and(eq(staffMembers.tenantId, tenantId), eq(staffMembers.id, staffResets.memberId)))
    .where(
      and(
        eq(staffResets.tenantId, tenantId),
        eq(staffResets.hash, hash),
        gt(staffResets.expiresAt, now),
        isNull(staffMembers.deactivatedAt),
      ),
    );
  return row;
}

/** Takes a link away; of many that try at once, one hears true. */
export async function spendReset(env: Env, { tenantId, hash }: Named): Promise<boolean> {
  const spent = await database(env)
    .delete(staffResets)
    .where(and(eq(staffResets.tenantId, tenantId), eq(staffResets.hash, hash)))
    .returning({ hash: staffResets.hash });
  return spent.length > 0;
}

/** The links of a member open nothing from here on. */
export const deleteResets = (env: Env, tenantId: string, memberId: string): Statement =>
  database(env)
    .delete(staffResets)
    .where(and(eq(staffResets.tenantId, tenantId), eq(staffResets.memberId, memberId)));

export const deleteDeadResets = (env: Env, tenantId: string, now: number): Statement =>
  database(env)
    .delete(staffResets)
    .where(and(eq(staffResets.tenantId, tenantId), lt(staffResets.expiresAt, now)));
