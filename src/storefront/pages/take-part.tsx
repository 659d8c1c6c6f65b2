import { participate } from "../../capabilities/marketing/flash-sales/actions/participate.ts";
import { isOverload } from "../../platform/objects.ts";
import { readOwnEntry } from "../place-in-line.ts";
import { keyOf } from "../read-address-form.ts";
import { readForm } from "../read-form.ts";
import { readShownSale } from "../read-sale.ts";
import { readSaleForm } from "../read-sale-form.ts";
import { refusalWords } from "../sale-words.ts";
import type { Page } from "../visit.ts";
import { missingPage } from "./missing.tsx";
import { type Pressed, showSale } from "./sale.tsx";

const BUSY_SECONDS = "2";

/** `POST /sales/:id`: holds and orders in one step, or holds only; the form's key makes a second press the same. */
export async function takePartFromForm(c: Page): Promise<Response> {
  const { visit } = c.var;
  const sale = await readShownSale(visit, c.req.param("id"));
  if (!sale) return missingPage(c);
  const form = await readForm(c);
  const key = keyOf(form);
  const read = readSaleForm(form, visit, sale);
  if (!read.ok) return showSale(c, sale, { form, errors: read.errors, status: 422, key });
  const own = sale.waiting_room ? await readOwnEntry(c, sale.id) : undefined;
  const pass = own?.entry.pass ?? undefined;
  const answer = await participate(visit.ctx, { ...read.wish, id: sale.id, pass, key }).catch(asBusy);
  if (answer === "busy") {
    c.header("retry-after", BUSY_SECONDS);
    return showSale(c, sale, { form, words: refusalWords("journal_full", visit.say), status: 503, key });
  }
  if (answer.ok) {
    const { id, checkout, expires_at } = answer.value;
    if (!checkout) return c.redirect(`${sale.path}/held/${id}?until=${encodeURIComponent(expires_at)}`, 303);
    return c.redirect(wayToPay(checkout), 303);
  }
  const now = (await readShownSale(visit, sale.id)) ?? sale;
  const hasMissed = answer.code === "pass_required" && own?.entry.state === "expired";
  const isOneGone = answer.code === "sold_out" && now.items.length > 1 && now.state === "live";
  const code = hasMissed ? "pass_expired" : isOneGone ? "sold_out_one" : answer.code;
  const words = refusalWords(code, visit.say, answer.facts?.reason);
  // What was refused left nothing behind, so the next press is a new request.
  return showSale(c, now, { form, words, status: statusOf(answer.code) });
}

/** The counter had no time to decide: nothing is held, and the same press may be made again. */
function asBusy(error: unknown): "busy" {
  if (isOverload(error)) return "busy";
  throw error;
}

export const statusOf = (code: string): Pressed["status"] =>
  code === "journal_full" ? 429 : code === "not_eligible" || code.startsWith("pass_") ? 403 : 409;

interface Placed {
  order: { id: string };
  payment: { redirect_url: string | null };
  order_token: string;
}

/** To the payment, or to the order when there is nothing left to pay. */
export const wayToPay = ({ order, payment, order_token: token }: Placed): string =>
  payment.redirect_url ?? `/orders/${order.id}?token=${token}`;
