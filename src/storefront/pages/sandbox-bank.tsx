import { raw } from "hono/html";
import { playSandbox, readPayment } from "../../capabilities/selling/payments/actions.ts";
import { outcomes, paymentId } from "../../capabilities/selling/payments/contract.ts";
import { formatMoney } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { readForm } from "../read-form.ts";
import type { Page, Visit } from "../visit.ts";
import { missingPage } from "./missing.tsx";

type Outcome = (typeof outcomes)[number];
type Found = Extract<Awaited<ReturnType<typeof readPayment>>, { ok: true }>["value"];

/** How long the bank keeps the shop waiting where an outcome is about waiting. */
const DELAY_SECONDS: { [outcome in Outcome]?: number } = { pending_then_paid: 5, late: 60 };

/** `GET /pay/sandbox/:payment`: stands for a payment provider's own site, so it looks like somebody else's. */
export async function sandboxBankPage(c: Page): Promise<Response> {
  const found = await findPayment(c);
  if (!found) return missingPage(c);
  const { visit } = c.var;
  const isOpen = found.payment.redirect_url !== null;
  c.header("cache-control", "no-store");
  const page = (
    <html lang={visit.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{m.bank_name({}, visit.say)}</title>
        <link rel="stylesheet" href="/build/bank.css" />
      </head>
      <body>
        <header>
          <p class="bank-name">
            <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
              <path d="M3 12 16 4l13 8v2H3zM6 16h4v9H6zm8 0h4v9h-4zm8 0h4v9h-4zM3 27h26v2H3z" />
            </svg>
            {m.bank_name({}, visit.say)}
          </p>
          <p class="bank-test">{m.bank_test({}, visit.say)}</p>
        </header>
        <main>{isOpen ? <Choices visit={visit} found={found} /> : <Settled visit={visit} found={found} />}</main>
      </body>
    </html>
  );
  return c.html(raw(`<!doctype html>${await Promise.resolve(page)}`));
}

/** `POST /pay/sandbox/:payment`: plays the outcome, then leads back to the shop. */
export async function playSandboxBank(c: Page): Promise<Response> {
  const found = await findPayment(c);
  if (!found) return missingPage(c);
  const wanted = (await readForm(c)).get("outcome");
  const outcome = outcomes.find((it) => it === wanted);
  if (outcome) await playSandbox(c.var.ctx, { id: found.payment.id, outcome, delay_seconds: DELAY_SECONDS[outcome] });
  return c.redirect(outcome ? backToShop(found) : c.req.url, 303);
}

async function findPayment(c: Page): Promise<Found | undefined> {
  const id = paymentId.safeParse(c.req.param("payment"));
  if (!id.success || c.env.SANDBOX_PAYMENTS !== "on") return undefined;
  const found = await readPayment(c.var.ctx, { id: id.data, token: c.req.query("token") ?? "" });
  return found.ok ? found.value : undefined;
}

const backToShop = ({ order, order_token }: Found): string => `/orders/${order.id}?token=${order_token}`;

function Choices({ visit, found }: { visit: Visit; found: Found }) {
  const { say, locale, ctx } = visit;
  const [pay, ...others] = outcomes;
  return (
    <form method="post" class="card">
      <h1>{m.bank_title({ shop: ctx.tenant.name }, say)}</h1>
      <p class="bank-amount">{formatMoney(found.payment.amount, locale)}</p>
      <dl>
        <dt>{m.order({}, say)}</dt>
        <dd>{found.order.number}</dd>
        <dt>{m.bank_account({}, say)}</dt>
        <dd>{found.order.email}</dd>
      </dl>
      <button type="submit" name="outcome" value={pay} class="bank-pay">
        {m.bank_pay({ amount: formatMoney(found.payment.amount, locale) }, say)}
      </button>
      <details open>
        <summary>{m.bank_others({}, say)}</summary>
        <p>{m.bank_others_text({}, say)}</p>
        <div class="bank-outcomes">
          {others.map((outcome) => (
            <button type="submit" name="outcome" value={outcome}>
              {outcomeWords(outcome, say)}
            </button>
          ))}
        </div>
      </details>
      <p>
        <a href={backToShop(found)}>{m.bank_back({ shop: ctx.tenant.name }, say)}</a>
      </p>
    </form>
  );
}

const Settled = ({ visit: { say, ctx }, found }: { visit: Visit; found: Found }) => (
  <div class="card">
    <h1>{m.bank_settled({}, say)}</h1>
    <p>
      <a class="bank-pay" href={backToShop(found)}>
        {m.bank_back({ shop: ctx.tenant.name }, say)}
      </a>
    </p>
  </div>
);

function outcomeWords(outcome: Outcome, say: Visit["say"]): string {
  switch (outcome) {
    case "paid":
      return m.outcome_paid({}, say);
    case "declined":
      return m.outcome_declined({}, say);
    case "pending_then_paid":
      return m.outcome_pending({ seconds: DELAY_SECONDS.pending_then_paid ?? 0 }, say);
    case "never_answers":
      return m.outcome_never({}, say);
    case "duplicate_notification":
      return m.outcome_duplicate({}, say);
    case "late":
      return m.outcome_late({ seconds: DELAY_SECONDS.late ?? 0 }, say);
  }
}
