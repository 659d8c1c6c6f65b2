import { adoptCart } from "../../capabilities/selling/accounts/actions/join-carts.ts";
import { addLine, changeLine, createCart, removeLine } from "../../capabilities/selling/carts/actions.ts";
import { QUANTITY_MAX } from "../../capabilities/selling/carts/contract.ts";
import { readStocks } from "../../capabilities/selling/stock/actions.ts";
import { ownPath } from "../../platform/own-path.ts";
import type { Result } from "../../platform/result.ts";
import { formatMoney } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { CartLines } from "../parts/cart-lines.tsx";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { type Form, readForm, wholeNumber } from "../read-form.ts";
import { type Cart, readOwnCart } from "../read-own-cart.ts";
import { show } from "../show.tsx";
import { type Page, rememberCart, type Visit, wantsJson } from "../visit.ts";

/** `GET /cart` */
export async function cartPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const cart = await readOwnCart(visit);
  const stocks = cart
    ? await readStocks(
        visit.ctx,
        cart.lines.map((it) => it.sku),
      )
    : new Map<string, { available: number }>();
  const available = (sku: string): number => stocks.get(sku)?.available ?? 0;
  return show(
    c,
    {
      title: m.cart({}, visit.say),
      description: m.cart_description({ shop: visit.ctx.tenant.name }, visit.say),
      canonical: "/cart",
      islands: ["cart"],
    },
    <div class="wrap page">
      <h1>{m.your_cart({}, visit.say)}</h1>
      <ProblemNotice visit={visit} />
      {cart ? <FullCart visit={visit} cart={cart} available={available} /> : <EmptyCart visit={visit} />}
    </div>,
  );
}

interface FullCartProps {
  visit: Visit;
  cart: Cart;
  available: (sku: string) => number;
}

function FullCart({ visit, cart, available }: FullCartProps) {
  const { say, locale } = visit;
  const canOrder = cart.lines.every((it) => it.sellable && available(it.sku) >= it.quantity);
  return (
    <div class="cart">
      <CartLines visit={visit} lines={cart.lines} available={available} />
      <aside class="summary" aria-label={m.summary({}, say)}>
        <dl>
          <div>
            <dt>{m.subtotal({}, say)}</dt>
            <dd>{formatMoney(cart.subtotal, locale)}</dd>
          </div>
          <div>
            <dt>{m.shipping({}, say)}</dt>
            <dd>{m.free({}, say)}</dd>
          </div>
          <div class="summary-total">
            <dt>{m.total({}, say)}</dt>
            <dd>{formatMoney(cart.subtotal, locale)}</dd>
          </div>
        </dl>
        {canOrder ? (
          <a class="button button-wide" href="/checkout">
            {m.to_checkout({}, say)}
          </a>
        ) : (
          <p class="line-warning">{m.cart_needs_you({}, say)}</p>
        )}
        <p class="field-hint">{m.note_payment({}, say)}</p>
      </aside>
    </div>
  );
}

const EmptyCart = ({ visit: { say } }: { visit: Visit }) => (
  <div class="empty">
    <p>{m.cart_empty({}, say)}</p>
    <p>
      <a class="button" href="/">
        {m.keep_looking({}, say)}
      </a>
    </p>
  </div>
);

/** `POST /cart/lines`: a shopper without a cart, or whose cart was ordered, gets a fresh one. */
export async function addToCart(c: Page): Promise<Response> {
  const form = await readForm(c);
  const quantity = wholeNumber(form.get("quantity") ?? "1") ?? 0;
  if (quantity < 1 || quantity > QUANTITY_MAX)
    return answerAdded(c, form, { ok: false, code: "bad_quantity", detail: "" });
  const { ctx, cartId } = c.var.visit;
  const wish = { sku: form.get("sku") ?? "", quantity };
  const added = cartId === undefined ? undefined : await addLine(ctx, { id: cartId, ...wish });
  if (added && (added.ok || (added.code !== "unknown_cart" && added.code !== "cart_checked_out")))
    return answerAdded(c, form, added);
  const fresh = await createCart(ctx);
  if (!fresh.ok) return answerAdded(c, form, fresh);
  rememberCart(c, fresh.value.id);
  await adoptCart(ctx, fresh.value.id);
  return answerAdded(c, form, await addLine(ctx, { id: fresh.value.id, ...wish }));
}

function answerAdded(c: Page, form: Form, added: Result<Cart, string>): Response {
  const { say } = c.var.visit;
  if (wantsJson(c)) {
    if (!added.ok) return c.json({ ok: false, message: m.could_not_add({}, say) }, 409);
    return c.json({ ok: true, carried: added.value.quantity, message: m.added({}, say) });
  }
  if (added.ok) return c.redirect("/cart", 303);
  const back = ownPath(form.get("back")) ?? "/cart";
  return c.redirect(`${back}${back.includes("?") ? "&" : "?"}problem=${added.code}`, 303);
}

/** `POST /cart/lines/:line`: a quantity of 0 takes the line out. */
export async function changeCartLine(c: Page): Promise<Response> {
  const quantity = wholeNumber((await readForm(c)).get("quantity"));
  const { ctx, cartId: id } = c.var.visit;
  const line_id = c.req.param("line") ?? "";
  if (id === undefined) return c.redirect("/cart", 303);
  if (quantity === undefined || quantity > QUANTITY_MAX) return c.redirect("/cart?problem=bad_quantity", 303);
  return backToCart(
    c,
    quantity === 0 ? await removeLine(ctx, { id, line_id }) : await changeLine(ctx, { id, line_id, quantity }),
  );
}

/** `POST /cart/lines/:line/remove` */
export async function removeCartLine(c: Page): Promise<Response> {
  const { ctx, cartId: id } = c.var.visit;
  if (id === undefined) return c.redirect("/cart", 303);
  return backToCart(c, await removeLine(ctx, { id, line_id: c.req.param("line") ?? "" }));
}

const backToCart = (c: Page, changed: Result<Cart, string>): Response =>
  c.redirect(changed.ok ? "/cart" : `/cart?problem=${changed.code}`, 303);
