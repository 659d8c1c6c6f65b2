import { and, eq, gt, isNull, lt } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { shopperRegistrations } from "../schema.ts";

export type Registration = typeof shopperRegistrations.$inferSelect;
type Named = Pick<Registration, "tenantId" | "id">;

const isOne = ({ tenantId, id }: Named) =>
  and(eq(shopperRegistrations.tenantId, tenantId), eq(shopperRegistrations.id, id));

export const insertRegistration = (env: Env, registration: Registration): Statement =>
  database(env).insert(shopperRegistrations).values(registration);

export async function readRegistration(env: Env, { tenantId, id }: Named): Promise<Registration | undefined> {
  const [row] = await database(env).select().from(shopperRegistrations).where(isOne({ tenantId, id }));
  return row;
}

/** Whose link it is, if it has not run out by `now`. */
export async function registrationByHash(
  env: Env,
  tenantId: string,
  hash: string,
  now: number,
): Promise<Registration | undefined> {
  const [row] = await database(env)
    .select()
    .from(shopperRegistrations)
    .where(
      and(
        eq(shopperRegistrations.tenantId, tenantId),
        eq(shopperRegistrations.hash, hash),
        gt(shopperRegistrations.expiresAt, now),
      ),
    );
  return row;
}

/** Gives a registration its link; one that has a link keeps it. */
export const linkRegistration = (env: Env, { tenantId, id }: Named, hash: string): Statement =>
  database(env)
    .update(shopperRegistrations)
    .set({ hash })
    .where(and(isOne({ tenantId, id }), isNull(shopperRegistrations.hash)));

export const deleteRegistration = (env: Env, { tenantId, id }: Named): Statement =>
  database(env).delete(shopperRegistrations).where(isOne({ tenantId, id }));

export const deleteRegistrationsOf = (env: Env, tenantId: string, emailKey: string): Statement =>
  database(env)
    .delete(shopperRegistrations)
    .where(and(eq(shopperRegistrations.tenantId, tenantId), eq(shopperRegistrations.emailKey, emailKey)));

export const deleteDeadRegistrations = (env: Env, tenantId: string, now: number): Statement =>
  database(env)
    .delete(shopperRegistrations)
    .where(and(eq(shopperRegistrations.tenantId, tenantId), lt(shopperRegistrations.expiresAt, now)));
