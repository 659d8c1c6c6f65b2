import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../../platform/context.ts";
import { sellableVariants } from "../../../selling/catalog/actions.ts";
import { newOrderIdIn, orderToken, placementOf } from "../../../selling/orders/actions.ts";
import type { address, order, payment } from "../../../selling/orders/contract.ts";
import { newPayment } from "../../../selling/payments/actions.ts";
import { reservationHead } from "../../../selling/stock/actions.ts";
import { saleStock } from "../ask-sale.ts";
import { draftOrder } from "../rules/draft-order.ts";
import type { Sale } from "../rules/sale.ts";

type Order = z.infer<typeof order>;
export type Checkout = { order: Order; payment: z.infer<typeof payment>; order_token: string };

/** What the buyer says of the order: with the same words it is the same order. */
export interface Wish {
  email: string;
  quantity: number;
  shipping_address: z.infer<typeof address>;
  payment_provider: string;
  locale?: "en" | "zh-CN";
}

/** An order's holds outlive its payment window by this much, so that the order decides about them and not their own end. */
const MARGIN_MS = 3_600_000;

export const orderHoldMs = (ctx: Ctx): number => ctx.tenant.settings.paymentWindowMinutes * 60_000 + MARGIN_MS;

/** The order that the sale's counter will take with or after the hold; undefined when the provider is off. */
export async function draftFor(ctx: Ctx, sale: Sale, wish: Wish & { slot: number }): Promise<Order | undefined> {
  const variants = await sellableVariants(ctx, [sale.sku]);
  const id = newOrderIdIn(sale.journal);
  const total = { amount: sale.price.amount * wish.quantity, currency: sale.price.currency };
  const payment = newPayment(ctx, id, 1, wish.payment_provider, total);
  const draft = {
    id,
    email: wish.email,
    quantity: wish.quantity,
    shippingAddress: wish.shipping_address,
    locale: wish.locale,
    arm: ctx.arm,
    at: ctx.now(),
    tenant: ctx.tenant,
    variant: variants.get(sale.sku),
    reservationHead: reservationHead(saleStock(sale), wish.slot),
  };
  return payment && draftOrder(sale, draft, [payment]);
}

export function checkoutOf(ctx: Ctx, order: Order): Checkout {
  const [payment] = order.payments;
  if (!payment) throw new Error(`${order.id} was placed without a payment`);
  return { order, payment, order_token: orderToken(ctx, order.id) };
}

/** An order as it was answered first: from the counter's text, or from the journal once that has it. */
export async function orderAsPlaced(ctx: Ctx, orderId: string, text: string | undefined): Promise<Order> {
  if (text !== undefined) return JSON.parse(text);
  const placement = await placementOf(ctx, orderId);
  if (!placement) throw new Error(`${orderId} left its sale and did not reach its journal`);
  return placement.answer;
}

/** Whether an order says what the wish says. */
export const isSameWish = (placed: Order, wish: Wish, tenantLocale: string): boolean =>
  placed.email === wish.email &&
  placed.lines[0]?.quantity === wish.quantity &&
  placed.payments[0]?.provider === wish.payment_provider &&
  placed.locale === (wish.locale ?? tenantLocale) &&
  JSON.stringify(placed.shipping_address) === JSON.stringify(wish.shipping_address);
