import type { z } from "@hono/zod-openapi";
import { placeOrder } from "../capabilities/selling/checkout/contract.ts";
import { type FieldErrors, keyOf, readContact, wrongFields } from "./read-address-form.ts";
import { type Form, wholeNumber } from "./read-form.ts";
import type { Visit } from "./visit.ts";

type OrderWish = z.infer<NonNullable<typeof placeOrder.body>>;

export type CheckoutForm = { ok: true; wish: OrderWish; key: string } | { ok: false; errors: FieldErrors; key: string };

/** The checkout form as an order, or what is wrong with which field, in the shopper's words. */
export function readCheckoutForm(form: Form, visit: Visit): CheckoutForm {
  const key = keyOf(form);
  const amount = wholeNumber(form.get("expected_total"));
  const parsed = placeOrder.body?.safeParse({
    ...readContact(form),
    cart_id: form.get("cart_id"),
    payment_provider: "sandbox",
    locale: visit.locale,
    expected_total: amount === undefined ? undefined : { amount, currency: visit.ctx.tenant.currency },
  });
  const errors = wrongFields(form, parsed?.error?.issues ?? [], visit);
  return parsed?.success && Object.keys(errors).length === 0
    ? { ok: true, wish: parsed.data, key }
    : { ok: false, errors, key };
}
