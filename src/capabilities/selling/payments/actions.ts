import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../platform/context.ts";
import type { SoukEvent } from "../../../platform/events.ts";
import { log } from "../../../platform/log.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import {
  addAttempt,
  maySee,
  orderIdOf,
  orderToken,
  paymentIdOf,
  readOrder,
  recordRefund,
  reportPayment,
} from "../orders/actions.ts";
import type { order, payment } from "../orders/contract.ts";
import type { outcomes } from "./contract.ts";
import type { PaymentProvider } from "./providers/provider.ts";
import { bank, sandbox } from "./providers/sandbox.ts";

type Order = z.infer<typeof order>;
type Payment = z.infer<typeof payment>;

/** Payments that may be opened for one order; each is kept in it. */
const PAYMENTS_MAX = 50;

const providers: Record<string, PaymentProvider> = { sandbox };

/** The provider of that name, if it is there and switched on. */
function provider(ctx: Ctx, name: string): PaymentProvider | undefined {
  const found = Object.hasOwn(providers, name) ? providers[name] : undefined;
  return found?.isOn(ctx.env) ? found : undefined;
}

/** A fresh payment for an order; nothing is charged before the shopper pays at the provider. */
export function newPayment(
  ctx: Ctx,
  orderId: string,
  attempt: number,
  name: string,
  amount: Payment["amount"],
): Payment | undefined {
  const by = provider(ctx, name);
  if (!by) return undefined;
  const id = paymentIdOf(orderId, attempt);
  const nothing = { amount: 0, currency: amount.currency };
  return {
    id,
    provider: name,
    state: "open",
    amount,
    captured: nothing,
    refunded: nothing,
    redirect_url: by.payAt(id, orderToken(ctx, orderId)),
  };
}

export async function openPayment(
  ctx: Ctx,
  { id, token, payment_provider }: { id: string; token?: string; payment_provider: string },
): Promise<Result<Payment, "unknown_order" | "illegal_transition" | "provider_off" | "too_many_payments">> {
  const found = await readOrder(ctx, { id, token });
  if (!found.ok) return found;
  if (found.value.payments.length >= PAYMENTS_MAX)
    return refused("too_many_payments", "Too many payments were opened for this order.");
  const fresh = newPayment(ctx, id, found.value.payments.length + 1, payment_provider, found.value.total);
  if (!fresh) return providerOff;
  const added = await addAttempt(ctx, id, fresh);
  return added.ok ? ok(fresh) : added;
}

type Found = { order: Order; payment: Payment; order_token: string };

/** A payment with its order, for the provider's own page. It takes the order's token: payment ids follow from order ids. */
export async function readPayment(
  ctx: Ctx,
  { id, token }: { id: string; token: string },
): Promise<Result<Found, "unknown_payment">> {
  return maySee(ctx, orderIdOf(id), token, "orders:read") ? findPayment(ctx, id) : unknownPayment;
}

async function findPayment(ctx: Ctx, id: string): Promise<Result<Found, "unknown_payment">> {
  const orderId = orderIdOf(id);
  const token = orderToken(ctx, orderId);
  const found = await readOrder(ctx, { id: orderId, token });
  const payment = found.ok ? found.value.payments.find((it) => it.id === id) : undefined;
  return found.ok && payment ? ok({ order: found.value, payment, order_token: token }) : unknownPayment;
}

type WebhookRefusal =
  | "unknown_provider"
  | "bad_signature"
  | "malformed_body"
  | "unknown_payment"
  | "payment_unverified";

/** A notification only says "look": what counts is what the provider answers when asked. Repeating one changes nothing. */
export async function receiveWebhook(
  ctx: Ctx,
  { provider: name, raw = "", headers = new Headers() }: { provider: string; raw?: string; headers?: Headers },
): Promise<Result<{ received: true }, WebhookRefusal>> {
  const by = provider(ctx, name);
  if (!by) return refused("unknown_provider", "No such payment provider notifies this shop.");
  const notification = by.readNotification(ctx, headers, raw);
  if (!notification.ok) return notification;
  return settleFromProvider(ctx, by, notification.value.paymentId);
}

async function settleFromProvider(
  ctx: Ctx,
  by: PaymentProvider,
  paymentId: string,
): Promise<Result<{ received: true }, "unknown_payment" | "payment_unverified">> {
  const known = await by.lookUp(ctx, paymentId);
  if (known.kind === "unknown")
    return refused("payment_unverified", "The provider does not know this payment yet; notify again.");
  const found = await findPayment(ctx, paymentId);
  if (!found.ok) return found;
  if (known.state === "open") return ok({ received: true });
  if (known.captured.currency !== found.value.payment.amount.currency) {
    log("error", "payment_currency_differs", { tenantId: ctx.tenant.id, paymentId });
    return refused("payment_unverified", "The provider charged another currency than the order's.");
  }
  await reportPayment(ctx, { paymentId, state: known.state, captured: known.captured.amount });
  return ok({ received: true });
}

export async function playSandbox(
  ctx: Ctx,
  { id, outcome, delay_seconds }: { id: string; outcome: (typeof outcomes)[number]; delay_seconds?: number },
): Promise<Result<Payment, "unknown_payment" | "provider_off" | "payment_settled">> {
  if (!provider(ctx, "sandbox")) return refused("provider_off", "The sandbox is off.");
  const found = await findPayment(ctx, id);
  if (!found.ok) return found;
  const { amount } = found.value.payment;
  const played = await bank(
    ctx,
    async (stub) =>
      await stub.play({ paymentId: id, amount, outcome, delaySeconds: delay_seconds, origin: ctx.origin }),
  );
  if (played === "settled") return refused("payment_settled", "The shopper has paid this already.");
  const after = await findPayment(ctx, id);
  // The way to the payment page opens the order, so whoever only knows the payment does not get it.
  return after.ok ? ok({ ...after.value.payment, redirect_url: null }) : after;
}

/** On `payment.refund_due`: the money goes back, once; an unclear answer is tried again with the same payment until it is clear. */
export async function refundDue(ctx: Ctx, event: SoukEvent): Promise<void> {
  const { payment_id: id } = event.payload;
  if (typeof id !== "string") return;
  const found = await findPayment(ctx, id);
  if (!found.ok || found.value.payment.state !== "refund_due") return;
  const by = providers[found.value.payment.provider];
  const refund = await by?.refund(ctx, id, found.value.payment.captured);
  if (refund !== "refunded") throw new Error(`the refund of ${id} is ${refund ?? "without a provider"}`);
  await recordRefund(ctx, id);
}

const providerOff = refused("provider_off", "This shop does not take payments by that provider.");
const unknownPayment = refused("unknown_payment", "There is no such payment.");
