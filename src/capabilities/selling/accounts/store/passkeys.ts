import { and, desc, eq, lt } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { shopperAccounts, shopperPasskeys } from "../schema.ts";
import type { Account } from "./accounts.ts";

export type KeptPasskey = typeof shopperPasskeys.$inferSelect;

/** A passkey of the shop with its account, by the id that its authenticator gave it. */
export async function readPasskey(
  env: Env,
  tenantId: string,
  credentialId: string,
): Promise<{ passkey: KeptPasskey; account: Account } | undefined> {
  const [row] = await database(env)
    .select({ passkey: shopperPasskeys, account: shopperAccounts })
    .from(shopperPasskeys)
    .innerJoin(
      shopperAccounts,
      and(eq(shopperAccounts.tenantId, tenantId), eq(shopperAccounts.id, shopperPasskeys.accountId)),
    )
    .where(and(eq(shopperPasskeys.tenantId, tenantId), eq(shopperPasskeys.credentialId, credentialId)));
  return row;
}

/** An account's passkeys newest first, from after the id `after`. */
export const readPasskeys = (
  env: Env,
  { tenantId, id: accountId }: Pick<Account, "tenantId" | "id">,
  limit: number,
  after?: string,
): Promise<KeptPasskey[]> =>
  database(env)
    .select()
    .from(shopperPasskeys)
    .where(
      and(
        eq(shopperPasskeys.tenantId, tenantId),
        eq(shopperPasskeys.accountId, accountId),
        after === undefined ? undefined : lt(shopperPasskeys.id, after),
      ),
    )
    .orderBy(desc(shopperPasskeys.id))
    .limit(limit);

export const insertPasskey = (env: Env, passkey: KeptPasskey): Statement =>
  database(env).insert(shopperPasskeys).values(passkey);

export const usePasskey = (
  env: Env,
  { tenantId, credentialId }: KeptPasskey,
  change: Pick<KeptPasskey, "counter" | "usedAt">,
): Statement =>
  database(env)
    .update(shopperPasskeys)
    .set(change)
    .where(and(eq(shopperPasskeys.tenantId, tenantId), eq(shopperPasskeys.credentialId, credentialId)));

/** Whether the account had it. */
export async function deletePasskey(
  env: Env,
  { tenantId, id: accountId }: Pick<Account, "tenantId" | "id">,
  id: string,
): Promise<boolean> {
  const gone = await database(env)
    .delete(shopperPasskeys)
    .where(
      and(eq(shopperPasskeys.tenantId, tenantId), eq(shopperPasskeys.accountId, accountId), eq(shopperPasskeys.id, id)),
    )
    .returning({ id: shopperPasskeys.id });
  return gone.length > 0;
}

export const deletePasskeys = (env: Env, { tenantId, id: accountId }: Pick<Account, "tenantId" | "id">): Statement =>
  database(env)
    .delete(shopperPasskeys)
    .where(and(eq(shopperPasskeys.tenantId, tenantId), eq(shopperPasskeys.accountId, accountId)));
