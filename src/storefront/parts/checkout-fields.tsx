import { addressLabels, countries, labelsByCountry, likelyCountry } from "../countries.ts";
import type { Locale } from "../locale.ts";
import { m } from "../messages/compiled/messages.js";
import { type FieldErrors, type FieldName, fieldNames, isRequired } from "../read-address-form.ts";
import type { Form } from "../read-form.ts";
import type { Visit } from "../visit.ts";
import { Field } from "./field.tsx";

interface FieldsProps {
  visit: Visit;
  form: Form;
  errors: FieldErrors;
  /** What the shopper is known by already and cannot change here; null when it is not asked for. */
  email?: string | null;
}

/** Chinese addresses go from the large to the small, others from the small to the large. */
const ADDRESS_ORDER: { [locale in Locale]: readonly FieldName[] } = {
  en: ["country", "name", "line1", "line2", "city", "region", "postal_code", "phone"],
  "zh-CN": ["country", "name", "phone", "region", "city", "line1", "line2", "postal_code"],
};
const HALF: { [locale in Locale]: ReadonlySet<FieldName> } = {
  en: new Set<FieldName>(["city", "region", "postal_code", "phone"]),
  "zh-CN": new Set<FieldName>(["name", "phone", "region", "city", "postal_code"]),
};
/** Whether the others can be left out depends on the country; the server knows. */
const OPTIONAL: ReadonlySet<FieldName> = new Set<FieldName>(["line2", "phone"]);
/** Autofill tokens of HTML 4.10.18.7. */
const AUTOFILL: { [name in FieldName]: string } = {
  email: "email",
  country: "shipping country",
  name: "shipping name",
  phone: "shipping tel",
  line1: "shipping address-line1",
  line2: "shipping address-line2",
  city: "shipping address-level2",
  region: "shipping address-level1",
  postal_code: "shipping postal-code",
};
const LENGTH_MAX: { [name in FieldName]: number } = {
  email: 254,
  country: 2,
  name: 120,
  phone: 24,
  line1: 200,
  line2: 200,
  city: 100,
  region: 100,
  postal_code: 12,
};

export function CheckoutFields({ visit, form, errors, email }: FieldsProps) {
  const { say, locale } = visit;
  const one = (name: FieldName) => <OneField visit={visit} form={form} errors={errors} name={name} />;
  return (
    <>
      {email !== null && (
        <fieldset>
          <legend>{m.contact({}, say)}</legend>
          {email === undefined ? one("email") : <KnownEmail visit={visit} email={email} />}
        </fieldset>
      )}
      <fieldset class="fields" data-labels={JSON.stringify(labelsByCountry(locale))}>
        <legend>{m.delivery({}, say)}</legend>
        {ADDRESS_ORDER[locale].map(one)}
      </fieldset>
    </>
  );
}

const KnownEmail = ({ visit: { say }, email }: { visit: Visit; email: string }) => (
  <div class="field">
    <label for="email">{m.field_email({}, say)}</label>
    <input id="email" name="email" type="email" value={email} readonly aria-describedby="email-hint" />
    <p class="field-hint" id="email-hint">
      {m.sale_email_fixed({}, say)}
    </p>
  </div>
);

function OneField({ visit, form, errors, name }: FieldsProps & { name: FieldName }) {
  const { locale, say } = visit;
  const chosen = form.get("country") ?? likelyCountry(locale);
  return (
    <Field
      name={name}
      label={labelOf(name, chosen, locale)}
      value={form.get(name) ?? ""}
      error={errors[name]}
      hint={name === "email" ? m.email_hint({}, say) : undefined}
      type={name === "email" ? "email" : name === "phone" ? "tel" : "text"}
      autocomplete={AUTOFILL[name]}
      isRequired={isRequired(name)}
      optionalWord={OPTIONAL.has(name) ? m.optional({}, say) : undefined}
      lengthMax={LENGTH_MAX[name]}
      half={HALF[locale].has(name)}
    >
      {name === "country" ? (
        <select
          id="country"
          name="country"
          autocomplete={AUTOFILL.country}
          required
          data-country
          aria-describedby={errors.country ? "country-error" : undefined}
        >
          {countries(locale).map(({ code, name: title }) => (
            <option value={code} selected={code === chosen}>
              {title}
            </option>
          ))}
        </select>
      ) : undefined}
    </Field>
  );
}

function labelOf(name: FieldName, country: string, locale: Locale): string {
  const say = { locale };
  const labels = addressLabels(country, locale);
  const words: { [field in FieldName]: string } = {
    email: m.field_email({}, say),
    country: m.field_country({}, say),
    name: m.field_name({}, say),
    phone: m.field_phone({}, say),
    line1: m.field_line1({}, say),
    line2: m.field_line2({}, say),
    city: m.field_city({}, say),
    region: labels.region,
    postal_code: labels.postal_code,
  };
  return words[name];
}

/** All errors at once, each leading to its field; takes the focus. */
export function ErrorSummary({ visit: { say, locale }, errors }: { visit: Visit; errors: FieldErrors }) {
  const wrong = (["quantity", ...fieldNames] as const).filter((name) => errors[name]);
  return (
    <div class="notice notice-bad" role="alert" tabindex={-1} autofocus>
      <p class="notice-title">{m.please_check({ count: wrong.length }, say)}</p>
      <ul class="changes">
        {wrong.map((name) => (
          <li>
            <a href={`#${name}`}>
              {name === "quantity" ? m.quantity({}, say) : labelOf(name, likelyCountry(locale), locale)}: {errors[name]}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
