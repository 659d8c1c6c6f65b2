import { and, eq } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import {
  shopperAccounts,
  shopperAddresses,
  shopperOrders,
  shopperPasskeys,
  shopperSessions,
  shopperTokens,
} from "../schema.ts";

export type Account = typeof shopperAccounts.$inferSelect;
type Name = Pick<Account, "tenantId" | "id">;

export async function readAccountByEmail(env: Env, tenantId: string, emailKey: string): Promise<Account | undefined> {
  const [row] = await database(env)
    .select()
    .from(shopperAccounts)
    .where(and(eq(shopperAccounts.tenantId, tenantId), eq(shopperAccounts.emailKey, emailKey)));
  return row;
}

export async function readAccountById(env: Env, tenantId: string, id: string): Promise<Account | undefined> {
  const [row] = await database(env)
    .select()
    .from(shopperAccounts)
    .where(and(eq(shopperAccounts.tenantId, tenantId), eq(shopperAccounts.id, id)));
  return row;
}

/** Nothing happens where the e-mail address has an account already. */
export const insertAccount = (env: Env, account: Account): Statement =>
  database(env).insert(shopperAccounts).values(account).onConflictDoNothing();

export const updateAccount = (
  env: Env,
  { tenantId, id }: Name,
  change: Partial<Pick<Account, "password" | "passwordChangedAt" | "cartId" | "defaultAddressId" | "provenAt">>,
): Statement =>
  database(env)
    .update(shopperAccounts)
    .set(change)
    .where(and(eq(shopperAccounts.tenantId, tenantId), eq(shopperAccounts.id, id)));

/** The account with all that leads to it; its orders stay what they are. */
export function deleteAccount(env: Env, { tenantId, id }: Name): Statement[] {
  const db = database(env);
  return [
    db.delete(shopperAccounts).where(and(eq(shopperAccounts.tenantId, tenantId), eq(shopperAccounts.id, id))),
    db.delete(shopperSessions).where(and(eq(shopperSessions.tenantId, tenantId), eq(shopperSessions.accountId, id))),
    db.delete(shopperAddresses).where(and(eq(shopperAddresses.tenantId, tenantId), eq(shopperAddresses.accountId, id))),
    db.delete(shopperPasskeys).where(and(eq(shopperPasskeys.tenantId, tenantId), eq(shopperPasskeys.accountId, id))),
    db.delete(shopperTokens).where(and(eq(shopperTokens.tenantId, tenantId), eq(shopperTokens.accountId, id))),
    db.delete(shopperOrders).where(and(eq(shopperOrders.tenantId, tenantId), eq(shopperOrders.accountId, id))),
  ];
}
