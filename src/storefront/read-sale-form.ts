import type { z } from "@hono/zod-openapi";
import { orderParticipation, participate } from "../capabilities/marketing/flash-sales/contract.ts";
import { formatCount } from "./format.ts";
import { m } from "./messages/compiled/messages.js";
import { type FieldErrors, readContact, wrongFields } from "./read-address-form.ts";
import { type Form, wholeNumber } from "./read-form.ts";
import type { Sale } from "./read-sale.ts";
import type { Visit } from "./visit.ts";

type Wish = z.infer<NonNullable<typeof participate.body>>;
type OrderWish = z.infer<NonNullable<typeof orderParticipation.body>>;
type Read<Value> = { ok: true; wish: Value } | { ok: false; errors: FieldErrors };

/**
 * The form of a sale as a wish to take part: with an address and payment to order at once, or with the buyer alone to hold first.
 * More units than one buyer may have of the chosen SKU are named beside the field.
 */
export function readSaleForm(form: Form, visit: Visit, sale: Sale): Read<Wish> {
  const { email, shipping_address } = readContact(form);
  const quantity = wholeNumber(form.get("quantity"));
  const isHold = form.get("way") === "hold";
  const parsed = participate.body?.safeParse({
    email,
    sku: form.get("sku") || undefined,
    quantity,
    locale: visit.locale,
    ...(isHold ? {} : { shipping_address, payment_provider: "sandbox" }),
  });
  const wrong = wrongFields(form, parsed?.error?.issues ?? [], visit);
  const errors: FieldErrors = isHold ? (wrong.email === undefined ? {} : { email: wrong.email }) : wrong;
  const tooMany = refuseTooMany(sale, form, visit);
  if (tooMany !== undefined) errors.quantity = tooMany;
  return parsed?.success && Object.keys(errors).length === 0 ? { ok: true, wish: parsed.data } : { ok: false, errors };
}

/** Where every limit is one the form does not ask, and the counter is left to refuse. */
function refuseTooMany({ items }: Sale, form: Form, { say, locale }: Visit): string | undefined {
  const sku = form.get("sku");
  const item = items.length === 1 ? items[0] : items.find((it) => it.sku === sku);
  if (!item || items.every((it) => it.per_buyer_limit === 1)) return undefined;
  if ((wholeNumber(form.get("quantity")) ?? 1) <= item.per_buyer_limit) return undefined;
  return m.error_sale_quantity({ count: formatCount(item.per_buyer_limit, locale), title: item.title }, say);
}

/** The rest of the form, for what is held already. */
export function readHeldForm(form: Form, visit: Visit): Read<OrderWish> {
  const { shipping_address } = readContact(form);
  const parsed = orderParticipation.body?.safeParse({
    shipping_address,
    payment_provider: "sandbox",
    locale: visit.locale,
  });
  const errors = wrongFields(form, parsed?.error?.issues ?? [], visit);
  return parsed?.success && Object.keys(errors).length === 0 ? { ok: true, wish: parsed.data } : { ok: false, errors };
}
