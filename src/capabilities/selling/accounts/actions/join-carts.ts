import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { isCartOpen, mergeCarts } from "../../carts/actions/merge-carts.ts";
import { newOrderId } from "../../orders/actions.ts";
import { updateAccount } from "../store/accounts.ts";
import { sessionOf, signedIn } from "./signed-in.ts";

/**
 * The cart to go on with: the account's own, into which the visitor's is emptied. Where the account has none, or its cart has become
 * an order, the visitor's becomes the account's; and where both together would be more than a cart takes, the visitor's stays what
 * is seen and the account's waits.
 */
export async function joinCarts(
  ctx: Ctx,
  ownId: string | null,
  visitorsId: string | undefined,
): Promise<string | undefined> {
  const own = ownId !== null && (await isCartOpen(ctx, ownId)) ? ownId : undefined;
  if (visitorsId === undefined || visitorsId === own) return own;
  if (own === undefined) return (await isCartOpen(ctx, visitorsId)) ? visitorsId : undefined;
  // The visitor's cart is taken as a checkout would take it, by an order that is never placed.
  const merged = await mergeCarts(ctx, { from: visitorsId, into: own, orderId: newOrderId(ctx, visitorsId) });
  return merged === "full" ? visitorsId : own;
}

/** A cart that a shopper opened while signed in is the account's from then on; nothing happens for others. */
export async function adoptCart(ctx: Ctx, cartId: string): Promise<void> {
  if (sessionOf(ctx) === undefined) return;
  const me = await signedIn(ctx);
  if (me.ok) await commit(ctx, [updateAccount(ctx.env, me.value.account, { cartId })]);
}
