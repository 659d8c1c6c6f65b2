import { and, count, desc, eq, lt, or, sql } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import { shopperAddresses, shopperOrders } from "../schema.ts";
import type { Account } from "./accounts.ts";

export type KeptAddress = typeof shopperAddresses.$inferSelect;
export type OrderLink = typeof shopperOrders.$inferSelect;
type Owner = Pick<Account, "tenantId" | "id">;

export async function readAddress(
  env: Env,
  { tenantId, id: accountId }: Owner,
  id: string,
): Promise<KeptAddress | undefined> {
  const [row] = await database(env)
    .select()
    .from(shopperAddresses)
    .where(
      and(
        eq(shopperAddresses.tenantId, tenantId),
        eq(shopperAddresses.accountId, accountId),
        eq(shopperAddresses.id, id),
      ),
    );
  return row;
}

/** An account's addresses newest first, from after the id `after`. */
export const readAddresses = (
  env: Env,
  { tenantId, id: accountId }: Owner,
  limit: number,
  after?: string,
): Promise<KeptAddress[]> =>
  database(env)
    .select()
    .from(shopperAddresses)
    .where(
      and(
        eq(shopperAddresses.tenantId, tenantId),
        eq(shopperAddresses.accountId, accountId),
        after === undefined ? undefined : lt(shopperAddresses.id, after),
      ),
    )
    .orderBy(desc(shopperAddresses.id))
    .limit(limit);

export async function countAddresses(env: Env, { tenantId, id: accountId }: Owner): Promise<number> {
  const [row] = await database(env)
    .select({ count: count() })
    .from(shopperAddresses)
    .where(and(eq(shopperAddresses.tenantId, tenantId), eq(shopperAddresses.accountId, accountId)));
  return row?.count ?? 0;
}

/** A new address, or its new words. */
export const writeAddress = (env: Env, address: KeptAddress): Statement =>
  database(env)
    .insert(shopperAddresses)
    .values(address)
    .onConflictDoUpdate({
      target: [shopperAddresses.tenantId, shopperAddresses.accountId, shopperAddresses.id],
      set: { address: address.address },
    });

export const deleteAddress = (
  env: Env,
  { tenantId, accountId, id }: Pick<KeptAddress, "tenantId" | "accountId" | "id">,
): Statement =>
  database(env)
    .delete(shopperAddresses)
    .where(
      and(
        eq(shopperAddresses.tenantId, tenantId),
        eq(shopperAddresses.accountId, accountId),
        eq(shopperAddresses.id, id),
      ),
    );

export const insertOrderLink = (env: Env, link: OrderLink): Statement =>
  database(env).insert(shopperOrders).values(link).onConflictDoNothing();

/** The same for orders that were placed before, in one statement whatever their number. */
export function insertOrderLinks(
  env: Env,
  { tenantId, id }: Owner,
  placed: readonly { orderId: string; placedAt: number }[],
): Statement {
  const rows = JSON.stringify(placed.map((it) => [it.orderId, it.placedAt]));
  return database(env).run(sql`
    INSERT INTO ${shopperOrders} (tenant_id, account_id, order_id, placed_at)
    SELECT ${tenantId}, ${id}, value ->> 0, value ->> 1 FROM json_each(${rows}) WHERE true
    ON CONFLICT DO NOTHING`);
}

/** Which orders an account placed, newest first, from after `after`. */
export const readOrderLinks = (
  env: Env,
  { tenantId, id: accountId }: Owner,
  limit: number,
  after?: { placedAt: number; orderId: string },
): Promise<OrderLink[]> =>
  database(env)
    .select()
    .from(shopperOrders)
    .where(
      and(
        eq(shopperOrders.tenantId, tenantId),
        eq(shopperOrders.accountId, accountId),
        after &&
          or(
            lt(shopperOrders.placedAt, after.placedAt),
            and(eq(shopperOrders.placedAt, after.placedAt), lt(shopperOrders.orderId, after.orderId)),
          ),
      ),
    )
    .orderBy(desc(shopperOrders.placedAt), desc(shopperOrders.orderId))
    .limit(limit);
