import { and, desc, eq, lt, ne, or } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { shopperAccounts, shopperSessions } from "../schema.ts";
import type { Account } from "./accounts.ts";

export type Session = typeof shopperSessions.$inferSelect;

/** The session with its account, straight from the database: one that was ended a moment ago is not found. */
export async function readSession(
  env: Pick<Env, "DB">,
  tenantId: string,
  hash: string,
): Promise<{ session: Session; account: Account } | undefined> {
  const [row] = await database(env)
    .select({ session: shopperSessions, account: shopperAccounts })
    .from(shopperSessions)
    .innerJoin(
      shopperAccounts,
      and(eq(shopperAccounts.tenantId, tenantId), eq(shopperAccounts.id, shopperSessions.accountId)),
    )
    .where(and(eq(shopperSessions.tenantId, tenantId), eq(shopperSessions.hash, hash)));
  return row;
}

/** An account's sessions newest first, from after the id `after`. */
export const readSessions = (
  env: Env,
  { tenantId, id: accountId }: Pick<Account, "tenantId" | "id">,
  limit: number,
  after?: string,
): Promise<Session[]> =>
  database(env)
    .select()
    .from(shopperSessions)
    .where(
      and(
        eq(shopperSessions.tenantId, tenantId),
        eq(shopperSessions.accountId, accountId),
        after === undefined ? undefined : lt(shopperSessions.id, after),
      ),
    )
    .orderBy(desc(shopperSessions.id))
    .limit(limit);

export const insertSession = (env: Env, session: Session): Statement =>
  database(env).insert(shopperSessions).values(session);

export const touchSession = (env: Env, { tenantId, hash }: Pick<Session, "tenantId" | "hash">, at: number): Statement =>
  database(env)
    .update(shopperSessions)
    .set({ seenAt: at })
    .where(and(eq(shopperSessions.tenantId, tenantId), eq(shopperSessions.hash, hash)));

export const deleteSession = (env: Env, tenantId: string, hash: string): Statement =>
  database(env)
    .delete(shopperSessions)
    .where(and(eq(shopperSessions.tenantId, tenantId), eq(shopperSessions.hash, hash)));

/** Whether the account had such a session. */
export async function deleteSessionById(
  env: Env,
  { tenantId, accountId, id }: Pick<Session, "tenantId" | "accountId" | "id">,
): Promise<boolean> {
  const gone = await database(env)
    .delete(shopperSessions)
    .where(
      and(eq(shopperSessions.tenantId, tenantId), eq(shopperSessions.accountId, accountId), eq(shopperSessions.id, id)),
    )
    .returning({ id: shopperSessions.id });
  return gone.length > 0;
}

/** All sessions of the account but this one. */
export const deleteOtherSessions = (env: Env, { tenantId, accountId, hash }: Session): Statement =>
  database(env)
    .delete(shopperSessions)
    .where(
      and(
        eq(shopperSessions.tenantId, tenantId),
        eq(shopperSessions.accountId, accountId),
        ne(shopperSessions.hash, hash),
      ),
    );

export const deleteAllSessions = (env: Env, { tenantId, id: accountId }: Pick<Account, "tenantId" | "id">): Statement =>
  database(env)
    .delete(shopperSessions)
    .where(and(eq(shopperSessions.tenantId, tenantId), eq(shopperSessions.accountId, accountId)));

export const deleteEndedSessions = (
  env: Env,
  tenantId: string,
  { beganBefore, seenBefore }: { beganBefore: number; seenBefore: number },
): Statement =>
  database(env)
    .delete(shopperSessions)
    .where(
      and(
        eq(shopperSessions.tenantId, tenantId),
        or(lt(shopperSessions.beganAt, beganBefore), lt(shopperSessions.seenAt, seenBefore)),
      ),
    );
