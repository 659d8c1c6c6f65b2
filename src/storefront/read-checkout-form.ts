import type { z } from "@hono/zod-openapi";
import { placeOrder } from "../capabilities/selling/checkout/contract.ts";
import { needsPostalCode, needsRegion, shipsTo } from "./countries.ts";
import { m } from "./messages/compiled/messages.js";
import type { Form } from "./read-form.ts";
import { wholeNumber } from "./read-form.ts";
import type { Visit } from "./visit.ts";

export const fieldNames = [
  "email",
  "country",
  "name",
  "phone",
  "line1",
  "line2",
  "city",
  "region",
  "postal_code",
] as const;
export type FieldName = (typeof fieldNames)[number];
export type FieldErrors = { [name in FieldName]?: string };

type OrderWish = z.infer<NonNullable<typeof placeOrder.body>>;

const REQUIRED: ReadonlySet<string> = new Set<FieldName>(["email", "country", "name", "line1", "city"]);
const KEY = /^[\x21-\x7e]{8,64}$/;

export const isRequired = (name: FieldName): boolean => REQUIRED.has(name);

export type CheckoutForm = { ok: true; wish: OrderWish; key: string } | { ok: false; errors: FieldErrors; key: string };

/** The checkout form as an order, or what is wrong with which field, in the shopper's words. */
export function readCheckoutForm(form: Form, { ctx, locale, say }: Visit): CheckoutForm {
  const given = form.get("key") ?? "";
  const key = KEY.test(given) ? given : crypto.randomUUID();
  const text = (name: FieldName): string | undefined => form.get(name) || undefined;
  const amount = wholeNumber(form.get("expected_total"));
  const parsed = placeOrder.body?.safeParse({
    cart_id: form.get("cart_id"),
    email: text("email") ?? "",
    shipping_address: {
      name: text("name") ?? "",
      phone: text("phone"),
      line1: text("line1") ?? "",
      line2: text("line2"),
      city: text("city") ?? "",
      region: text("region"),
      postal_code: text("postal_code"),
      country: text("country") ?? "",
    },
    payment_provider: "sandbox",
    locale,
    expected_total: amount === undefined ? undefined : { amount, currency: ctx.tenant.currency },
  });
  const errors: FieldErrors = {};
  for (const issue of parsed?.error?.issues ?? []) {
    const name = fieldNames.find((it) => it === String(issue.path.at(-1)));
    if (name) errors[name] ??= text(name) === undefined ? m.error_required({}, say) : invalid(name, say);
  }
  const country = text("country");
  if (country && !shipsTo(country)) errors.country = m.error_country({}, say);
  if (country && needsPostalCode(country) && !text("postal_code")) errors.postal_code = m.error_required({}, say);
  if (country && needsRegion(country) && !text("region")) errors.region = m.error_required({}, say);
  return parsed?.success && Object.keys(errors).length === 0
    ? { ok: true, wish: parsed.data, key }
    : { ok: false, errors, key };
}

function invalid(name: FieldName, say: Visit["say"]): string {
  switch (name) {
    case "email":
      return m.error_email({}, say);
    case "phone":
      return m.error_phone({}, say);
    case "postal_code":
      return m.error_postal_code({}, say);
    case "country":
      return m.error_country({}, say);
    default:
      return m.error_text({}, say);
  }
}
