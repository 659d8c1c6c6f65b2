import type { z } from "@hono/zod-openapi";
import type { Tenant } from "../../../../platform/context.ts";
import type { SellableVariant } from "../../../selling/catalog/actions.ts";
import type { address, order, payment } from "../../../selling/orders/contract.ts";
import type { Sale } from "./sale.ts";

type Order = z.infer<typeof order>;

export interface Draft {
  id: string;
  email: string;
  quantity: number;
  shippingAddress: z.infer<typeof address>;
  locale: "en" | "zh-CN" | undefined;
  arm: string;
  at: number;
  tenant: Tenant;
  variant: SellableVariant | undefined;
  /** How the line's reservation id begins. */
  reservationHead: string;
}

/**
 * The order of a sale's units at the sale's price, as the counter will take it: number and reservation lack their ends, which the
 * hold gives them. Its text begins as `order-text.ts` needs it. All amounts are computed here (I14); shipping is free for now.
 */
export function draftOrder(sale: Sale, draft: Draft, payments: z.infer<typeof payment>[]): Order {
  const { tenant, at, quantity } = draft;
  const locale = draft.locale ?? tenant.locale;
  const total = { amount: sale.price.amount * quantity, currency: sale.price.currency };
  const placedAt = new Date(at).toISOString();
  return {
    id: draft.id,
    number: sale.numbers,
    lines: [{ reservation_id: draft.reservationHead, ...orderLine(sale, draft, locale), total }],
    state: "pending_payment",
    cancel_reason: null,
    email: draft.email,
    shipping_address: draft.shippingAddress,
    locale,
    subtotal: total,
    shipping: { amount: 0, currency: total.currency },
    total,
    payments,
    history: [{ at: placedAt, state: "pending_payment", note: "placed" }],
    arm: draft.arm,
    placed_at: placedAt,
    pay_before: new Date(at + tenant.settings.paymentWindowMinutes * 60_000).toISOString(),
    version: 1,
  };
}

function orderLine(sale: Sale, { variant, quantity }: Draft, locale: "en" | "zh-CN") {
  const titles = variant?.titles[locale];
  return {
    sku: sale.sku,
    quantity,
    title: titles?.title ?? variant?.title ?? sale.title ?? sale.sku,
    variant_title: titles?.variantTitle ?? variant?.variantTitle ?? "",
    handle: variant?.handle ?? "",
    image: variant?.image ?? null,
    unit_price: sale.price,
  };
}
