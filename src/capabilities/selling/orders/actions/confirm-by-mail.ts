import type { Ctx } from "../../../../platform/context.ts";
import type { SoukEvent } from "../../../../platform/events.ts";
import { ownOrigin } from "../../../money/tenants/actions/own-origin.ts";
import { postLetter, shopName } from "../../mail/actions.ts";
import { orderToken, readOrder, sellHeldStock } from "../actions.ts";
import { confirmationLetter, localeOf } from "../rules/confirmation-letter.ts";

/** On `order.paid`: the holds become sales; then the buyer is told, unless that cancelled the order for want of stock. */
export async function sellThenConfirm(ctx: Ctx, event: SoukEvent): Promise<void> {
  await sellHeldStock(ctx, event);
  await confirmByMail(ctx, event);
}

/**
 * One mail an order, however often its event comes. It waits for the money, so that nobody can have the shop write to strangers by
 * orders that they never pay.
 */
async function confirmByMail(ctx: Ctx, { payload }: SoukEvent): Promise<void> {
  const { order_id: id } = payload;
  if (typeof id !== "string") return;
  const found = await readOrder(ctx, { id });
  if (!found.ok || found.value.state === "cancelled") return;
  const order = found.value;
  const link = `${await ownOrigin(ctx)}/orders/${id}?token=${orderToken(ctx, id)}`;
  await postLetter(ctx, {
    key: `order_confirmation:${id}`,
    kind: "order_confirmation",
    to: order.email,
    letter: confirmationLetter(order, shopName(ctx, localeOf(order)), link),
  });
}
