import { formatLength, formatMoney } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import type { Place } from "../place-in-line.ts";
import type { FieldErrors } from "../read-address-form.ts";
import type { Form } from "../read-form.ts";
import type { Sale } from "../read-sale.ts";
import type { Visit } from "../visit.ts";
import { CheckoutFields } from "./checkout-fields.tsx";
import { PaymentChoice } from "./payment-choice.tsx";
import { ItemChoices } from "./sale-items.tsx";

/** More choices than this are a number to type. */
const CHOICES_MAX = 10;

export interface SaleFormProps {
  visit: Visit;
  sale: Sale;
  form: Form;
  errors: FieldErrors;
  /** The form's idempotency key; `key` itself is a word of JSX. */
  formKey: string;
  /** The shopper's turn in the waiting room, with the seconds that their pass is still good. */
  turn?: { place: Place; seconds: number };
}

/** E-mail, address and payment: one press holds the units and places the order. It can be filled in before the sale opens. */
export function SaleForm({ visit, sale, form, errors, formKey, turn }: SaleFormProps) {
  const { say, locale } = visit;
  const isOne = sale.items.length === 1;
  const price = formatMoney(sale.sale_price, locale);
  return (
    <form method="post" action={sale.path} class="checkout-form" novalidate data-checkout>
      <div>
        <h2>{m.sale_form_title({}, say)}</h2>
        <p class="sale-lead">{leadOf(sale, turn, visit)}</p>
      </div>
      <input type="hidden" name="key" value={formKey} />
      <ItemChoices visit={visit} sale={sale} sku={form.get("sku")} />
      {mostOf(sale) > 1 && <Quantity visit={visit} sale={sale} form={form} error={errors.quantity} />}
      <CheckoutFields visit={visit} form={form} errors={errors} email={turn?.place.email} />
      <PaymentChoice visit={visit} />
      <div class="sale-press">
        <button class="button button-wide" type="submit" name="way" value="order" data-press>
          {isOne ? m.sale_buy({ price }, say) : m.sale_buy_chosen({}, say)}
        </button>
        <p class="field-hint">{m.place_order_hint({}, say)}</p>
        <p class="sale-hold">
          <button class="link-button" type="submit" name="way" value="hold" data-press>
            {m.sale_hold({}, say)}
          </button>{" "}
          <span class="field-hint">{m.sale_hold_hint({}, say)}</span>
        </p>
      </div>
    </form>
  );
}

function leadOf(sale: Sale, turn: SaleFormProps["turn"], { say, locale }: Visit): string {
  const isOne = sale.items.length === 1;
  if (turn) {
    const time = formatLength(turn.seconds, locale);
    return isOne ? m.sale_form_turn({ time }, say) : m.sale_form_turn_each({ time }, say);
  }
  return sale.state === "before" ? m.sale_form_before({}, say) : m.sale_form_live({}, say);
}

/** The most of any SKU that one buyer may have. Of the chosen one it may be less: a script leaves the rest out, else the press is refused. */
const mostOf = (sale: Sale): number => Math.max(...sale.items.map((it) => it.per_buyer_limit));

interface QuantityProps extends Pick<SaleFormProps, "visit" | "sale" | "form"> {
  error: string | undefined;
}

function Quantity({ visit: { say }, sale, form, error }: QuantityProps) {
  const chosen = form.get("quantity") ?? "1";
  const choices = Array.from({ length: Math.min(mostOf(sale), CHOICES_MAX) }, (_, i) => String(i + 1));
  return (
    <div class={`field sale-quantity${error ? " field-wrong" : ""}`}>
      <label for="quantity">{m.quantity({}, say)}</label>
      <select
        id="quantity"
        name="quantity"
        aria-invalid={error ? "true" : undefined}
        aria-describedby={error ? "quantity-error" : undefined}
      >
        {choices.map((count) => (
          <option value={count} selected={count === chosen}>
            {count}
          </option>
        ))}
      </select>
      {error && (
        <p class="field-error" id="quantity-error">
          {error}
        </p>
      )}
    </div>
  );
}
