import type { EventHandler } from "../../../../platform/capability.ts";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { Statement } from "../../../../platform/db.ts";
import { emailKey } from "../../../../platform/email.ts";
import { ordersOfEmail } from "../../orders/actions/orders-of-email.ts";
import { readOrder } from "../../orders/actions.ts";
import { type Account, readAccountByEmail } from "../store/accounts.ts";
import { insertOrderLink, insertOrderLinks } from "../store/belongings.ts";

/** What ties the orders that were placed with an address to its account: run it with what proves the address. */
export async function linkOlderOrders(
  ctx: Ctx,
  account: Pick<Account, "tenantId" | "id" | "emailKey">,
): Promise<Statement[]> {
  const placed = await ordersOfEmail(ctx, account.emailKey);
  return placed.length > 0 ? [insertOrderLinks(ctx.env, account, placed)] : [];
}

/**
 * On `order.paid`: an order that a guest placed with a proven address is its account's, too. Anybody may type any address, so it waits
 * for the money, as the confirmation mail does, which tells the same person the same.
 */
export const linkPaidOrder: EventHandler = async (ctx, { payload }) => {
  const { order_id: id } = payload;
  const found = typeof id === "string" ? await readOrder(ctx, { id }) : undefined;
  if (!found?.ok || found.value.state === "cancelled") return;
  const { id: orderId, email, placed_at: placedAt } = found.value;
  const account = await readAccountByEmail(ctx.env, ctx.tenant.id, emailKey(email) ?? "");
  if (account === undefined || account.provenAt === null) return;
  const link = { tenantId: ctx.tenant.id, accountId: account.id, orderId, placedAt: Date.parse(placedAt) };
  await commit(ctx, [insertOrderLink(ctx.env, link)]);
};
