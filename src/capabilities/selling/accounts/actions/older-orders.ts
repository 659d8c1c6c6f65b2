import type { Ctx } from "../../../../platform/context.ts";
import type { Statement } from "../../../../platform/db.ts";
import { ordersOfEmail } from "../../orders/actions/orders-of-email.ts";
import type { Account } from "../store/accounts.ts";
import { insertOrderLinks } from "../store/belongings.ts";

/** What ties the orders that were placed with an address to its account: run it with what proves the address. */
export async function linkOlderOrders(
  ctx: Ctx,
  account: Pick<Account, "tenantId" | "id" | "emailKey">,
): Promise<Statement[]> {
  const placed = await ordersOfEmail(ctx, account.emailKey);
  return placed.length > 0 ? [insertOrderLinks(ctx.env, account, placed)] : [];
}
