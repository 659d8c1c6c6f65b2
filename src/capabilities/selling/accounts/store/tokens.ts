import { and, eq, gt, lt } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { shopperAccounts, shopperTokens } from "../schema.ts";
import type { Account } from "./accounts.ts";

export type Token = typeof shopperTokens.$inferSelect;
type Named = Pick<Token, "tenantId" | "hash" | "purpose">;

/** Nothing happens where its event has one already. */
export const insertToken = (env: Env, token: Token): Statement =>
  database(env).insert(shopperTokens).values(token).onConflictDoNothing();

/** Whose account a token opens, if it lives. */
export async function readTokenAccount(
  env: Env,
  { tenantId, hash, purpose }: Named,
  now: number,
): Promise<Account | undefined> {
  const [row] = await database(env)
    .select({ account: shopperAccounts })
    .from(shopperTokens)
    .innerJoin(
      shopperAccounts,
      and(eq(shopperAccounts.tenantId, tenantId), eq(shopperAccounts.id, shopperTokens.accountId)),
    )
    .where(
      and(
        eq(shopperTokens.tenantId, tenantId),
        eq(shopperTokens.hash, hash),
        eq(shopperTokens.purpose, purpose),
        gt(shopperTokens.expiresAt, now),
      ),
    );
  return row?.account;
}

/** Takes a token away; of many that try at once, one hears true. */
export async function spendToken(env: Env, { tenantId, hash, purpose }: Named): Promise<boolean> {
  const spent = await database(env)
    .delete(shopperTokens)
    .where(and(eq(shopperTokens.tenantId, tenantId), eq(shopperTokens.hash, hash), eq(shopperTokens.purpose, purpose)))
    .returning({ hash: shopperTokens.hash });
  return spent.length > 0;
}

/** The other links of this purpose open nothing from here on. */
export const deleteTokens = (
  env: Env,
  { tenantId, id }: Pick<Account, "tenantId" | "id">,
  purpose: Token["purpose"],
): Statement =>
  database(env)
    .delete(shopperTokens)
    .where(
      and(eq(shopperTokens.tenantId, tenantId), eq(shopperTokens.accountId, id), eq(shopperTokens.purpose, purpose)),
    );

export const deleteDeadTokens = (env: Env, tenantId: string, now: number): Statement =>
  database(env)
    .delete(shopperTokens)
    .where(and(eq(shopperTokens.tenantId, tenantId), lt(shopperTokens.expiresAt, now)));
