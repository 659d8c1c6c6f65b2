import { usualContact } from "../../capabilities/selling/accounts/actions/addresses.ts";
import { placeOrder } from "../../capabilities/selling/checkout/actions.ts";
import { likelyCountry } from "../countries.ts";
import { m } from "../messages/compiled/messages.js";
import { CartChanges, type Change, readChanges } from "../parts/cart-changes.tsx";
import { CheckoutFields, ErrorSummary } from "../parts/checkout-fields.tsx";
import { Notice } from "../parts/notice.tsx";
import { OrderSummary } from "../parts/order-summary.tsx";
import { PaymentChoice } from "../parts/payment-choice.tsx";
import { contactAsForm, type FieldErrors } from "../read-address-form.ts";
import { readCheckoutForm } from "../read-checkout-form.ts";
import { type Form, readForm } from "../read-form.ts";
import { type Cart, readOwnCart } from "../read-own-cart.ts";
import { show } from "../show.tsx";
import { forgetCart, type Page, type Visit } from "../visit.ts";

/** What the last try answered, shown above the form. */
interface Answer {
  errors?: FieldErrors;
  changes?: readonly Change[];
  message?: string;
  /** Nobody is signed in. */
  isStranger?: boolean;
}

/** `GET /checkout` */
export async function checkoutPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const cart = await readOwnCart(visit);
  if (!cart) return c.redirect("/cart", 303);
  const contact = await usualContact(visit.ctx);
  const begun = contact ? contactAsForm(contact, visit.locale) : new Map([["country", likelyCountry(visit.locale)]]);
  return showCheckout(c, cart, begun, crypto.randomUUID(), { isStranger: !contact }, 200);
}

/** `POST /checkout`: places the order and leads to the payment; the form's key makes a second press the same order. */
export async function placeOrderFromForm(c: Page): Promise<Response> {
  const { visit } = c.var;
  const form = await readForm(c);
  const read = readCheckoutForm(form, visit);
  const placed = read.ok ? await placeOrder(visit.ctx, { ...read.wish, key: read.key }) : undefined;
  if (placed?.ok) {
    const { order, payment, order_token: token } = placed.value;
    forgetCart(c);
    return c.redirect(payment.redirect_url ?? `/orders/${order.id}?token=${token}`, 303);
  }
  const cart = await readOwnCart(visit);
  if (!cart) return c.redirect("/cart", 303);
  if (!read.ok) return showCheckout(c, cart, form, read.key, { errors: read.errors }, 422);
  const changes = readChanges(placed?.facts);
  const message = placed && refusalWords(placed.code, visit.say);
  // What was refused left nothing behind, so the next press is a new request.
  return showCheckout(c, cart, form, crypto.randomUUID(), { changes, message }, 409);
}

async function showCheckout(
  c: Page,
  cart: Cart,
  form: Form,
  key: string,
  answer: Answer,
  status: 200 | 409 | 422,
): Promise<Response> {
  const { visit } = c.var;
  return show(
    c,
    { title: m.checkout({}, visit.say), isPrivate: true, islands: ["checkout"] },
    <div class="wrap page">
      <h1>{m.checkout({}, visit.say)}</h1>
      <div class="checkout">
        <form method="post" action="/checkout" class="checkout-form" novalidate data-checkout>
          {answer.isStranger && visit.has("accounts") && (
            <p class="door-hint">
              {m.have_account({}, visit.say)} <a href="/account/sign-in?next=/checkout">{m.sign_in({}, visit.say)}</a>
            </p>
          )}
          <Answered visit={visit} answer={answer} />
          <input type="hidden" name="cart_id" value={cart.id} />
          <input type="hidden" name="expected_total" value={String(cart.subtotal.amount)} />
          <input type="hidden" name="key" value={key} />
          <CheckoutFields visit={visit} form={form} errors={answer.errors ?? {}} />
          <PaymentChoice visit={visit} />
          <button class="button button-wide" type="submit">
            {m.place_order({}, visit.say)}
          </button>
          <p class="field-hint">{m.place_order_hint({}, visit.say)}</p>
        </form>
        <OrderSummary visit={visit} lines={cart.lines} subtotal={cart.subtotal} total={cart.subtotal}>
          <p>
            <a href="/cart">{m.change_cart({}, visit.say)}</a>
          </p>
        </OrderSummary>
      </div>
    </div>,
    status,
  );
}

function Answered({ visit, answer: { errors, changes, message } }: { visit: Visit; answer: Answer }) {
  if (errors) return <ErrorSummary visit={visit} errors={errors} />;
  if (!message) return null;
  return (
    <Notice kind="bad" isAnswer>
      <p class="notice-title">{message}</p>
      {changes && changes.length > 0 && <CartChanges visit={visit} changes={changes} />}
    </Notice>
  );
}

function refusalWords(code: string, say: Visit["say"]): string {
  switch (code) {
    case "cart_changed":
      return m.refused_changed({}, say);
    case "sold_out":
      return m.refused_sold_out({}, say);
    case "limit_reached":
      return m.refused_limit({}, say);
    case "cart_checked_out":
      return m.problem_checked_out({}, say);
    case "journal_full":
      return m.refused_busy({}, say);
    case "provider_off":
      return m.refused_provider({}, say);
    default:
      return m.problem_other({}, say);
  }
}
