import { and, count, eq, isNull, lt, or } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { staffMembers, staffRecoveryCodes } from "../schema.ts";

type Place = { tenantId: string; id: string };

const isMember = ({ tenantId, id }: Place) => and(eq(staffMembers.tenantId, tenantId), eq(staffMembers.id, id));

/** The sealed secret and since when it counts; null while it is being set up. */
export async function readCodeSecret(
  env: Env,
  place: Place,
): Promise<{ codeSecret: string | null; codesSince: number | null } | undefined> {
  const { tenantId, id } = place;
  const [row] = await database(env)
    .select({ codeSecret: staffMembers.codeSecret, codesSince: staffMembers.codesSince })
    .from(staffMembers)
    .where(isMember({ tenantId, id }));
  return row;
}

/** Keeps the secret of a second factor that is being set up, unless another one is already. */
export const keepSecret = (env: Env, { tenantId, id }: Place, codeSecret: string): Statement =>
  database(env)
    .update(staffMembers)
    .set({ codeSecret })
    .where(and(isMember({ tenantId, id }), isNull(staffMembers.codeSecret)));

/** Uses the code of a step, once: false when that step or a later one was used before. */
export async function spendStep(env: Env, { tenantId, id }: Place, codeStep: number): Promise<boolean> {
  const used = await database(env)
    .update(staffMembers)
    .set({ codeStep })
    .where(and(isMember({ tenantId, id }), or(isNull(staffMembers.codeStep), lt(staffMembers.codeStep, codeStep))))
    .returning({ id: staffMembers.id });
  return used.length > 0;
}

/** From `since` on the second factor counts; null takes it away with its secret. */
export const setSecondFactor = (
  env: Env,
  { tenantId, id }: Place,
  since: number | null,
  lastChange: string,
): Statement =>
  database(env)
    .update(staffMembers)
    .set({ codesSince: since, lastChange, ...(since === null && { codeSecret: null, codeStep: null }) })
    .where(isMember({ tenantId, id }));

/** Replaces a member's recovery codes. */
export const writeRecoveryCodes = (env: Env, tenantId: string, memberId: string, hashes: readonly string[]) => [
  database(env)
    .delete(staffRecoveryCodes)
    .where(and(eq(staffRecoveryCodes.tenantId, tenantId), eq(staffRecoveryCodes.memberId, memberId))),
  ...hashes.map((hash) => database(env).insert(staffRecoveryCodes).values({ tenantId, memberId, hash })),
];

/** Uses a recovery code, once. */
export async function spendRecoveryCode(
  env: Env,
  tenantId: string,
  memberId: string,
  hash: string,
  usedAt: number,
): Promise<boolean> {
  const used = await database(env)
    .update(staffRecoveryCodes)
    .set({ usedAt })
    .where(
      and(
        eq(staffRecoveryCodes.tenantId, tenantId),
        eq(staffRecoveryCodes.memberId, memberId),
        eq(staffRecoveryCodes.hash, hash),
        isNull(staffRecoveryCodes.usedAt),
      ),
    )
    .returning({ hash: staffRecoveryCodes.hash });
  return used.length > 0;
}

export async function countRecoveryCodes(env: Env, tenantId: string, memberId: string): Promise<number> {
  const [row] = await database(env)
    .select({ left: count() })
    .from(staffRecoveryCodes)
    .where(
      and(
        eq(staffRecoveryCodes.tenantId, tenantId),
        eq(staffRecoveryCodes.memberId, memberId),
        isNull(staffRecoveryCodes.usedAt),
      ),
    );
  return row?.left ?? 0;
}
