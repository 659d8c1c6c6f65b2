import type { z } from "@hono/zod-openapi";
import type { ShippingAddress } from "../capabilities/selling/accounts/contract.ts";
import { likelyCountry, needsPostalCode, needsRegion, shipsTo } from "./countries.ts";
import type { Locale } from "./locale.ts";
import { m } from "./messages/compiled/messages.js";
import type { Form } from "./read-form.ts";
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
/** A sale's form asks for a quantity too. */
export type FieldErrors = { [name in FieldName | "quantity"]?: string };

const REQUIRED: ReadonlySet<string> = new Set<FieldName>(["email", "country", "name", "line1", "city"]);
const KEY = /^[\x21-\x7e]{8,64}$/;

export const isRequired = (name: FieldName): boolean => REQUIRED.has(name);

/** The form's own idempotency key: a second press is the same request. */
export function keyOf(form: Form): string {
  const given = form.get("key") ?? "";
  return KEY.test(given) ? given : crypto.randomUUID();
}

const textOf = (form: Form, name: FieldName): string | undefined => form.get(name) || undefined;

/** The form's e-mail and address in wire form; what was left out is an empty text where it must not be. */
export const readContact = (form: Form) => ({
  email: textOf(form, "email") ?? "",
  shipping_address: {
    name: textOf(form, "name") ?? "",
    phone: textOf(form, "phone"),
    line1: textOf(form, "line1") ?? "",
    line2: textOf(form, "line2"),
    city: textOf(form, "city") ?? "",
    region: textOf(form, "region"),
    postal_code: textOf(form, "postal_code"),
    country: textOf(form, "country") ?? "",
  },
});

/** A kept address as the form that would say it. */
export function contactAsForm(
  { email, address }: { email?: string; address: ShippingAddress | undefined },
  locale: Locale,
): Form {
  const fields: [FieldName, string | undefined][] = [
    ["email", email],
    ["country", address?.country ?? likelyCountry(locale)],
    ["name", address?.name],
    ["phone", address?.phone],
    ["line1", address?.line1],
    ["line2", address?.line2],
    ["city", address?.city],
    ["region", address?.region],
    ["postal_code", address?.postal_code],
  ];
  return new Map(fields.map(([name, value]) => [name, value ?? ""]));
}

/** What is wrong with which field, in the shopper's words. */
export function wrongFields(form: Form, issues: readonly z.core.$ZodIssue[], { say }: Visit): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of issues) {
    const name = fieldNames.find((it) => it === String(issue.path.at(-1)));
    if (name) errors[name] ??= textOf(form, name) === undefined ? m.error_required({}, say) : invalid(name, say);
  }
  const country = textOf(form, "country");
  if (country && !shipsTo(country)) errors.country = m.error_country({}, say);
  if (country && needsPostalCode(country) && !textOf(form, "postal_code"))
    errors.postal_code = m.error_required({}, say);
  if (country && needsRegion(country) && !textOf(form, "region")) errors.region = m.error_required({}, say);
  return errors;
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
