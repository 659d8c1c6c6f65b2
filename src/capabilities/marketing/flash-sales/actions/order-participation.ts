import type { z } from "@hono/zod-openapi";
import type { PlaceHeldAnswer } from "../../../../../durable-objects/stock/sale-words.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { noteUnit } from "../../../money/usage/actions/record-call.ts";
import { linkPlacedOrder } from "../../../selling/accounts/actions/own-orders.ts";
import { orderHeld } from "../ask-sale.ts";
import type * as contract from "../contract.ts";
import { learnPart, saleOf } from "../remember-sales.ts";
import { uninvited } from "../rules/invited.ts";
import { withHold } from "../rules/order-text.ts";
import type { Sale } from "../rules/sale.ts";
import { type HeldUnits, readParticipationId } from "./participation-id.ts";
import { type Checkout, checkoutOf, draftFor, isSameWish, orderAsPlaced, orderHoldMs } from "./place-order.ts";
import { refusals } from "./refusals.ts";

type Body = z.infer<NonNullable<typeof contract.orderParticipation.body>>;
type Input = Body & { id: string; participation_id: string };
type Refusal = keyof typeof contract.orderParticipation.refusals;

/** The counter's terms are newer than the edge's: once more with those, this often. */
const STALE_MAX = 3;

/** Orders what a participation holds, once: the counter takes the order in the turn in which it keeps the hold for it. */
export async function orderParticipation(
  ctx: Ctx,
  { id, participation_id, ...body }: Input,
): Promise<Result<Checkout, Refusal>> {
  const parts = await saleOf(ctx, id);
  if (parts.length === 0) return refusals.unknownSale;
  const held = readParticipationId(ctx, id, participation_id);
  const sale = held && parts.find((it) => (it.position ?? 0) === held.position);
  if (!sale) return unknown;
  return orderAs(ctx, sale, { held, body }, 1);
}

/** A price changes before anybody holds anything, so the newest terms have the one at which the units are held. */
async function orderAs(
  ctx: Ctx,
  sale: Sale,
  asked: { held: HeldUnits; body: Body },
  attempt: number,
): Promise<Result<Checkout, Refusal>> {
  const { held, body } = asked;
  const reason = uninvited(sale, { country: body.shipping_address.country });
  if (reason) return refusals.notEligible(reason);
  const draft = await draftFor(ctx, sale, { ...body, email: "", ...held });
  if (!draft) return refusals.providerOff;
  const { version } = sale;
  const answer = await orderHeld(ctx, sale, {
    ...held,
    ttlMs: orderHoldMs(ctx),
    version,
    order: JSON.stringify(draft),
  });
  if (answer.outcome === "stale" && attempt < STALE_MAX) {
    learnPart(ctx, answer.sale);
    return orderAs(ctx, answer.sale, asked, attempt + 1);
  }
  return answerFor(ctx, asked, draft, answer);
}

async function answerFor(
  ctx: Ctx,
  { held, body }: { held: HeldUnits; body: Body },
  draft: Checkout["order"],
  answer: PlaceHeldAnswer,
): Promise<Result<Checkout, Refusal>> {
  switch (answer.outcome) {
    case "placed":
      await linkPlacedOrder(ctx, draft.id);
      return counted(ctx, checkoutOf(ctx, withHold({ ...draft, email: answer.buyer }, held.seq)));
    case "ordered": {
      const placed = await orderAsPlaced(ctx, answer.orderId, answer.order);
      const isSame = isSameWish(placed, { ...body, email: placed.email, quantity: held.quantity }, ctx.tenant.locale);
      return isSame ? counted(ctx, checkoutOf(ctx, placed)) : alreadyOrdered(placed.id);
    }
    case "full":
      return refusals.journalFull;
    case "stale":
      throw Object.assign(new Error("the terms changed faster than they could be read"), { overloaded: true });
    case "expired":
      return refused("participation_expired", "The units were held too long without an order and are back on sale.");
    default:
      return unknown;
  }
}

function counted(ctx: Ctx, checkout: Checkout): Result<Checkout, never> {
  noteUnit(ctx, { id: checkout.order.id, meter: "orders_placed", source: "orderParticipation" });
  return ok(checkout);
}

const unknown = refused("unknown_participation", "There is no such participation.");
const alreadyOrdered = (orderId: string) =>
  refused("already_ordered", "These units were ordered before, with other words.", { facts: { order_id: orderId } });
