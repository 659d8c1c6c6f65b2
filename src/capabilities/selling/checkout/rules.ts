import type { z } from "@hono/zod-openapi";
import type { Tenant } from "../../../platform/context.ts";
import type { Money } from "../../../platform/money.ts";
import type { KeptLine } from "../carts/contract.ts";
import type { SellableVariant } from "../catalog/actions.ts";
import type { address, order } from "../orders/contract.ts";
import type { change } from "./contract.ts";

type Order = z.infer<typeof order>;
type CartChange = z.infer<typeof change>;
type Variants = ReadonlyMap<string, SellableVariant>;

/**
 * What differs from what the shopper agreed to: every line that left the shop, and prices. With `expected` the total decides;
 * without it each line's price at the time it was added does.
 */
export function reviewCart(
  lines: readonly KeptLine[],
  variants: Variants,
  expected: Money | undefined,
  currency: string,
): CartChange[] {
  const gone = lines
    .filter((line) => !variants.has(line.sku))
    .map((line): CartChange => ({ sku: line.sku, title: line.sku, what: "gone", was: line.quantity, now: null }));
  if (gone.length > 0) return gone;
  if (expected && expected.currency === currency && expected.amount === totalOf(lines, variants)) return [];
  const changes = lines.flatMap((line): CartChange[] => {
    const variant = variants.get(line.sku);
    if (!variant || variant.price.amount === line.price.amount) return [];
    return [{ sku: line.sku, title: variant.title, what: "price", was: line.price.amount, now: variant.price.amount }];
  });
  if (changes.length > 0 || !expected) return changes;
  return [{ sku: "", title: "", what: "price", was: expected.amount, now: totalOf(lines, variants) }];
}

const totalOf = (lines: readonly KeptLine[], variants: Variants): number =>
  lines.reduce((sum, line) => sum + (variants.get(line.sku)?.price.amount ?? 0) * line.quantity, 0);

interface Terms {
  id: string;
  email: string;
  shipping_address: z.infer<typeof address>;
  locale?: "en" | "zh-CN";
  arm: string;
  at: number;
  tenant: Tenant;
}

/** The order as it will be journaled, all amounts computed here from the shop's prices (I14). Shipping is free for now. */
export function draftOrder(terms: Terms, lines: readonly KeptLine[], variants: Variants): Order {
  const { tenant, at } = terms;
  const money = (amount: number): Money => ({ amount, currency: tenant.currency });
  const locale = terms.locale ?? tenant.locale;
  const subtotal = money(totalOf(lines, variants));
  const shipping = money(0);
  return {
    id: terms.id,
    number: "",
    state: "pending_payment",
    cancel_reason: null,
    email: terms.email,
    shipping_address: terms.shipping_address,
    locale,
    lines: lines.map((line) => orderLine(line, variants.get(line.sku), locale, money)),
    subtotal,
    shipping,
    total: money(subtotal.amount + shipping.amount),
    payments: [],
    history: [{ at: new Date(at).toISOString(), state: "pending_payment", note: "placed" }],
    arm: terms.arm,
    placed_at: new Date(at).toISOString(),
    pay_before: new Date(at + tenant.settings.paymentWindowMinutes * 60_000).toISOString(),
    version: 1,
  };
}

function orderLine(
  line: KeptLine,
  variant: SellableVariant | undefined,
  locale: "en" | "zh-CN",
  money: (amount: number) => Money,
): Order["lines"][number] {
  const price = variant?.price.amount ?? 0;
  const titles = variant?.titles[locale];
  return {
    sku: line.sku,
    quantity: line.quantity,
    title: titles?.title ?? variant?.title ?? line.sku,
    variant_title: titles?.variantTitle ?? variant?.variantTitle ?? "",
    handle: variant?.handle ?? "",
    image: variant?.image ?? null,
    unit_price: money(price),
    total: money(price * line.quantity),
    reservation_id: "",
  };
}
