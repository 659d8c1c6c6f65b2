import { orderParticipation } from "../../capabilities/marketing/flash-sales/actions/order-participation.ts";
import { glanceAtParticipation } from "../../capabilities/marketing/flash-sales/actions/participation-id.ts";
import { orderParticipation as line } from "../../capabilities/marketing/flash-sales/contract.ts";
import { likelyCountry } from "../countries.ts";
import { m } from "../messages/compiled/messages.js";
import { CheckoutFields, ErrorSummary } from "../parts/checkout-fields.tsx";
import { Countdown } from "../parts/countdown.tsx";
import { OrderSummary } from "../parts/order-summary.tsx";
import { PaymentChoice } from "../parts/payment-choice.tsx";
import { SaleNotice } from "../parts/sale-panels.tsx";
import type { FieldErrors } from "../read-address-form.ts";
import { type Form, readForm } from "../read-form.ts";
import { readShownSale, type Sale, type SaleItem } from "../read-sale.ts";
import { readHeldForm } from "../read-sale-form.ts";
import { refusalWords, type Words } from "../sale-words.ts";
import { show } from "../show.tsx";
import type { Page, Visit } from "../visit.ts";
import { missingPage } from "./missing.tsx";
import { statusOf, wayToPay } from "./take-part.tsx";

interface Held {
  sale: Sale;
  item: SaleItem;
  participation: string;
  quantity: number;
  /** Only shown; the counter knows the true moment. */
  until: string | undefined;
}
interface Answer {
  form: Form;
  errors?: FieldErrors;
  words?: Words;
  status: 200 | 403 | 409 | 422 | 429 | 503;
}

/** `GET /sales/:id/held/:participation?until=`: its id is the key to what is held. */
export async function heldPage(c: Page): Promise<Response> {
  const held = await findHeld(c);
  if (!held) return missingPage(c);
  const form = new Map([["country", likelyCountry(c.var.visit.locale)]]);
  return showHeld(c, held, { form, status: 200 });
}

/** `POST /sales/:id/held/:participation`: orders what is held. */
export async function orderHeldFromForm(c: Page): Promise<Response> {
  const held = await findHeld(c);
  if (!held) return missingPage(c);
  const { visit } = c.var;
  const form = await readForm(c);
  const read = readHeldForm(form, visit);
  if (!read.ok) return showHeld(c, held, { form, errors: read.errors, status: 422 });
  const wish = { ...read.wish, id: held.sale.id, participation_id: held.participation };
  const placed = await orderParticipation(visit.ctx, wish);
  if (placed.ok) return c.redirect(wayToPay(placed.value), 303);
  return showHeld(c, held, {
    form,
    words: refusalWords(placed.code, visit.say, placed.facts?.reason),
    status: statusOf(placed.code),
  });
}

async function findHeld(c: Page): Promise<Held | undefined> {
  const { visit } = c.var;
  const participation = c.req.param("participation") ?? "";
  const parsed = line.params?.safeParse({ id: c.req.param("id"), participation_id: participation });
  const sale = parsed?.success ? await readShownSale(visit, parsed.data.id) : undefined;
  if (!sale) return undefined;
  const { quantity, position } = glanceAtParticipation(participation);
  const item = sale.items[position];
  if (!item) return undefined;
  const until = c.req.query("until");
  return { sale, item, participation, quantity, until: Number.isNaN(Date.parse(until ?? "")) ? undefined : until };
}

function showHeld(c: Page, held: Held, { form, errors, words, status }: Answer): Promise<Response> {
  const { visit } = c.var;
  c.header("referrer-policy", "same-origin");
  return show(
    c,
    { title: m.outcome_reserved_title({}, visit.say), isPrivate: true, islands: ["checkout", "sale"] },
    <div class="wrap page">
      <h1>{m.outcome_reserved_title({}, visit.say)}</h1>
      <div class="checkout">
        <form method="post" class="checkout-form" novalidate data-checkout>
          {words && <SaleNotice words={words} />}
          {errors && <ErrorSummary visit={visit} errors={errors} />}
          {!words && held.until && <HeldClock visit={visit} until={held.until} />}
          <CheckoutFields visit={visit} form={form} errors={errors ?? {}} email={null} />
          <PaymentChoice visit={visit} />
          <div class="sale-press">
            <button class="button button-wide" type="submit">
              {m.place_order({}, visit.say)}
            </button>
            <p class="field-hint">{m.place_order_hint({}, visit.say)}</p>
          </div>
        </form>
        <HeldSummary visit={visit} held={held} />
      </div>
    </div>,
    status,
  );
}

/** How long the units still wait. A script keeps it going; `data-sale` is empty because nothing else of the sale matters here. */
const HeldClock = ({ visit, until }: { visit: Visit; until: string }) => (
  <div class="held-clock" data-sale="" data-state="held" data-server-time={new Date(visit.ctx.now()).toISOString()}>
    <Countdown visit={visit} label={m.outcome_reserved_for({}, visit.say)} until={until} />
    <p>{m.outcome_reserved_text({}, visit.say)}</p>
  </div>
);

function HeldSummary({ visit, held: { sale, item, quantity } }: { visit: Visit; held: Held }) {
  const total = { ...item.sale_price, amount: item.sale_price.amount * quantity };
  const image = item.image === undefined ? null : { src: item.image };
  const line = { sku: item.sku, title: item.title, variant_title: item.variantTitle, quantity, image, total };
  return (
    <OrderSummary visit={visit} lines={[line]} subtotal={total} total={total}>
      <p>
        <a href={sale.path}>{m.sale_strip_go({}, visit.say)}</a>
      </p>
    </OrderSummary>
  );
}
