import type { z } from "@hono/zod-openapi";
import type { CartAnswer } from "../../../../durable-objects/cart-rack.ts";
import type { Ctx } from "../../../platform/context.ts";
import { ok, type Refused, type Result, refused } from "../../../platform/result.ts";
import { sha256Hex } from "../../../platform/signatures.ts";
import { noteUnit } from "../../money/usage/actions/record-call.ts";
import { linkOrder } from "../accounts/actions/own-orders.ts";
import { claimCart, readCart, unclaimCart } from "../carts/actions.ts";
import type { Claim, KeptLine } from "../carts/contract.ts";
import { sellableVariants } from "../catalog/actions.ts";
import { fenceOrder, newOrderId, orderToken, placeInJournal, placementOf } from "../orders/actions.ts";
import type { order, payment } from "../orders/contract.ts";
import { newPayment } from "../payments/actions.ts";
import type { placeOrder as placeOrderLine } from "./contract.ts";
import { holdEveryLine, releaseAll, releaseDead } from "./hold-lines.ts";
import { draftOrder, reviewCart } from "./rules.ts";

type Input = z.infer<NonNullable<typeof placeOrderLine.body>> & { key?: string };
type Order = z.infer<typeof order>;
type Placed = { order: Order; payment: z.infer<typeof payment>; order_token: string };
type Refusal = keyof typeof placeOrderLine.refusals;

/** A checkout that has not placed its order by now is dead: another one may take the cart over. */
const DEAD_AFTER_MS = 5_000;
/** How long a repeated request waits for its twin in flight before it is told to come back. */
const TWIN_WAITS_MS = [20, 50, 100, 200, 400, 800];

/**
 * Holds every line or none, then journals the order: its durable row is the acknowledgement. Three object calls: the cart is
 * claimed, the stock held, the order placed. Only one checkout has a cart at a time, so a cart becomes at most one order.
 */
export async function placeOrder(ctx: Ctx, input: Input): Promise<Result<Placed, Refusal>> {
  const { key: given, ...body } = input;
  const key = given ?? crypto.randomUUID();
  const claim: Claim = {
    key,
    fingerprint: sha256Hex(JSON.stringify(body)),
    orderId: newOrderId(ctx, key),
    buyer: body.email,
    at: ctx.now(),
  };
  const claimed = await claimOrReplay(ctx, body.cart_id, claim);
  if (!claimed.ok) return claimed;
  const placed = Array.isArray(claimed.value)
    ? await orderCart(ctx, input, claimed.value, claim)
    : ok<Placed>(claimed.value);
  if (placed.ok) noteUnit(ctx, { id: placed.value.order.id, meter: "orders_placed", source: "placeOrder" });
  else await unclaimCart(ctx, body.cart_id, claim.orderId);
  return placed;
}

/** The cart for this checkout alone; or the order that this very request made before. */
async function claimOrReplay(ctx: Ctx, cartId: string, claim: Claim): Promise<Result<KeptLine[] | Placed, Refusal>> {
  let answer = await claimCart(ctx, cartId, claim);
  for (let waited = 0; answer.outcome === "claimed_already"; waited++) {
    const other = answer.claim;
    const earlier = await placementOf(ctx, other.orderId);
    if (earlier) return earlier.key === claim.key ? replay(ctx, claim, earlier) : checkedOut(other.orderId);
    if (other.key === claim.key && other.fingerprint !== claim.fingerprint) return keyReused;
    if (ctx.now() - other.at >= DEAD_AFTER_MS) {
      answer = await takeOver(ctx, cartId, claim, other);
      continue;
    }
    const pause = other.key === claim.key ? TWIN_WAITS_MS[waited] : undefined;
    if (pause === undefined) return beingCheckedOut;
    await new Promise((resume) => setTimeout(resume, pause));
    answer = await claimCart(ctx, cartId, claim);
  }
  return answer.outcome === "claimed" ? ok(answer.lines) : refused("unknown_cart", "There is no such cart.");
}

/** Its order can never be placed from here on, so what it held is free; if it was placed meanwhile, the claim stands. */
async function takeOver(ctx: Ctx, cartId: string, claim: Claim, dead: Claim): Promise<CartAnswer> {
  const fence = await fenceOrder(ctx, dead.orderId);
  if (fence.outcome !== "fenced") return { outcome: "claimed_already", claim: dead };
  const cart = await readCart(ctx, { id: cartId });
  if (cart.ok) await releaseDead(ctx, dead, cart.value.lines);
  return claimCart(ctx, cartId, claim, dead.orderId);
}

function replay(ctx: Ctx, claim: Claim, earlier: { fingerprint: string; answer: Order }): Result<Placed, Refusal> {
  if (earlier.fingerprint !== claim.fingerprint) return keyReused;
  return ok(answerOf(ctx, earlier.answer));
}

async function orderCart(ctx: Ctx, input: Input, lines: KeptLine[], claim: Claim): Promise<Result<Placed, Refusal>> {
  if (lines.length === 0) return refused("cart_empty", "There is nothing in the cart.");
  const variants = await sellableVariants(
    ctx,
    lines.map((it) => it.sku),
  );
  const changes = reviewCart(lines, variants, input.expected_total, ctx.tenant.currency);
  if (changes.length > 0)
    return refused(
      "cart_changed",
      "The cart is not what it was. Look at the changes, then order again with expected_total.",
      {
        facts: { changes },
      },
    );
  const draft = draftOrder(
    { ...input, id: claim.orderId, arm: ctx.arm, at: ctx.now(), tenant: ctx.tenant },
    lines,
    variants,
  );
  const payment = newPayment(ctx, draft.id, 1, input.payment_provider, draft.total);
  if (!payment) return refused("provider_off", "This shop does not take payments by that provider.");
  await linkOrder(ctx, draft.id);
  const held = await holdEveryLine(ctx, draft).catch(async (error) => {
    // A hold whose answer was lost may be there. If this fails, too, the claim stays and the next checkout finds it dead.
    await releaseDead(ctx, claim, lines);
    await unclaimCart(ctx, input.cart_id, claim.orderId);
    throw error;
  });
  if (!held.ok) return held;
  const order: Order = { ...draft, lines: held.value, payments: [payment] };
  const placed = await placeInJournal(ctx, { key: claim.key, fingerprint: claim.fingerprint, order });
  if (placed.outcome === "placed") return ok(answerOf(ctx, { ...order, number: placed.number }));
  if (placed.outcome === "replayed") return ok(answerOf(ctx, placed.order));
  await releaseAll(ctx, held.value);
  return REFUSED[placed.outcome];
}

function answerOf(ctx: Ctx, order: Order): Placed {
  const [payment] = order.payments;
  if (!payment) throw new Error(`${order.id} was placed without a payment`);
  return { order, payment, order_token: orderToken(ctx, order.id) };
}

const keyReused: Refused<"key_reused"> = refused("key_reused", "This Idempotency-Key was used for another request.");
const beingCheckedOut: Refused<"cart_checked_out"> = refused(
  "cart_checked_out",
  "The cart is being ordered right now.",
  {
    retryAfterSeconds: 1,
  },
);
const checkedOut = (orderId: string): Refused<"cart_checked_out"> =>
  refused("cart_checked_out", "The cart was ordered already.", { facts: { order_id: orderId } });

const REFUSED: { [outcome in "key_reused" | "fenced" | "full"]: Refused<Refusal> } = {
  key_reused: keyReused,
  fenced: beingCheckedOut,
  full: refused("journal_full", "More orders are waiting than we promise to keep up with. Nothing was ordered.", {
    retryAfterSeconds: 2,
  }),
};
