import type { Acknowledgements } from "../kit/acknowledgements.ts";
import type { Answer, Call, Caller } from "../kit/caller.ts";
import type { Crowd } from "../kit/crowd.ts";
import { ADDRESS, fillCart } from "../kit/shop.ts";
import type { Promised } from "./recount-sale.ts";

/** Shares of the buyers. */
export interface Habits {
  /** Buy through a partner's own checkout with the reservation API; the others fill a cart here. */
  reserves: number;
  /** Of those with an order. */
  pays: number;
  cancels: number;
}

export interface Sale {
  caller: Caller;
  crowd: Crowd;
  key: string;
  sku: string;
  promised: Acknowledgements<Promised>;
  random: () => number;
  habits: Habits;
  samples: number[];
  violations: string[];
}

const HOLD_SECONDS = 3;
const WALKS_AWAY = 0.1;
const PATIENCE_MS = 120_000;

/** One buyer, from wanting to knowing. An answer that got lost is asked for again with the same key, as a good client does. */
export async function takePart(sale: Sale, buyer: number): Promise<void> {
  const { random } = sale;
  const [way, luck] = [random(), random()];
  if (way < sale.habits.reserves) await reserveAndBuy(sale, buyer, luck);
  else await orderCart(sale, buyer, luck);
}

async function reserveAndBuy(sale: Sale, buyer: number, luck: number): Promise<void> {
  const { key, sku, promised } = sale;
  const held = await answered(sale, {
    method: "POST",
    path: `/api/v1/stock/${sku}/reservations`,
    bearer: key,
    idempotencyKey: `hold-${buyer}`,
    body: { buyer: `buyer-${buyer}`, quantity: 1, ttl_seconds: HOLD_SECONDS },
  });
  sale.samples.push(held.ms);
  if (held.status !== 201) return expected(sale, held, ["sold_out"]);
  const { id } = held.body;
  await promised.record({ kind: "held", key: `hold-${buyer}`, reservation: id });
  if (luck < WALKS_AWAY) return;
  const sold = await answered(sale, { method: "POST", path: `/api/v1/reservations/${id}/confirm`, bearer: key });
  if (sold.status === 200) await promised.record({ kind: "sold", key: `hold-${buyer}`, reservation: id });
  else expected(sale, sold, ["reservation_expired"]);
}

async function orderCart(sale: Sale, buyer: number, luck: number): Promise<void> {
  const cart_id = await fillCart(sale.caller, [sale.sku]);
  const email = `buyer-${buyer}@example.com`;
  const ordered = await answered(sale, {
    method: "POST",
    path: "/api/v1/checkouts",
    idempotencyKey: `order-${buyer}`,
    body: { cart_id, email, shipping_address: ADDRESS },
  });
  sale.samples.push(ordered.ms);
  if (ordered.status !== 201) return expected(sale, ordered, ["sold_out"]);
  const { order, payment, order_token } = ordered.body;
  const facts = { order: order.id, email };
  await sale.promised.record({ kind: "ordered", ...facts });
  const { pays, cancels } = sale.habits;
  if (luck < pays) {
    const body = { outcome: luck < pays / 2 ? "paid" : "duplicate_notification" };
    const path = `/api/v1/payments/${payment.id}/sandbox`;
    const paid = await answered(sale, { method: "POST", path, body });
    if (paid.status === 200 || paid.body.code === "payment_settled")
      await sale.promised.record({ kind: "paid", ...facts });
    else expected(sale, paid, []);
  } else if (luck > 1 - cancels) {
    const path = `/api/v1/orders/${order.id}/cancel?token=${order_token}`;
    const gone = await answered(sale, { method: "POST", path });
    if (gone.status === 200) await sale.promised.record({ kind: "cancelled", ...facts });
    else expected(sale, gone, []);
  }
}

/** Comes back as often as the shop says that it should: a twin of the request may be in flight, or have died with the process. */
async function answered(sale: Sale, call: Call): Promise<Answer> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await sale.caller.untilAnswered(call);
    if (answer.retryAfterMs === undefined || Date.now() > deadline) return answer;
    await sale.crowd.pause(answer.retryAfterMs);
  }
}

function expected(sale: Sale, { status, body }: Answer, codes: readonly string[]): void {
  if (!codes.includes(body?.code))
    sale.violations.push(`a buyer was answered ${status} ${body?.code}: ${body?.detail}`);
}
