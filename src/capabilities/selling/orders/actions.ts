import { z } from "@hono/zod-openapi";
import type { EditAnswer, FenceAnswer, PlaceAnswer } from "../../../../durable-objects/order-journal.ts";
import type { Ctx } from "../../../platform/context.ts";
import type { SoukEvent } from "../../../platform/events.ts";
import { hash32, newId } from "../../../platform/ids.ts";
import { log } from "../../../platform/log.ts";
import { callObject } from "../../../platform/objects.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { holdsScope } from "../../../platform/scopes.ts";
import { sign, verify } from "../../../platform/signatures.ts";
import { adjustStock, confirm, release, reserve } from "../stock/actions.ts";
import type { Order, OrderState, Payment, PaymentReport } from "./rules.ts";
import { readOrders } from "./store.ts";

type Journal = ReturnType<Env["JOURNAL"]["getByName"]>;
type Line = Order["lines"][number];

/** The journal that a new order with this key belongs to; the order's id carries it from then on. */
export function newOrderId(ctx: Ctx, key: string): string {
  const shard = (hash32(key) % ctx.tenant.settings.orderShards).toString(16).padStart(2, "0");
  return `ord_${shard}${newId("ord").slice(4)}`;
}

/** Ordinary journals are 00 to 3f; these are the flash sales' own, so that their floods fill no other journal. */
const FIRST_SALE_JOURNAL = 0x40;
const SALE_JOURNALS = 0x100 - FIRST_SALE_JOURNAL;

/** The journal of a flash sale's orders, as it stands in their ids. */
export const saleJournal = (saleId: string): string =>
  (FIRST_SALE_JOURNAL + (hash32(saleId) % SALE_JOURNALS)).toString(16);

/** A new order's id in a named journal. */
export const newOrderIdIn = (name: string): string => `ord_${name}${newId("ord").slice(4)}`;

/**
 * Makes a counter known to a journal that will get orders from it, before it takes any: an order that the journal does not have
 * yet is then found at the counter. Answers how the numbers of these orders begin.
 */
export async function feedJournal(ctx: Ctx, name: string, counter: string): Promise<string> {
  const stub = () => ctx.env.JOURNAL.getByName(`${ctx.tenant.id}:${name}`);
  const serial = await callObject(stub, async (it) => await it.feedFrom(`${ctx.tenant.id}:${counter}`));
  return `${Number.parseInt(name, 16) + 1}-${serial}-`;
}

/** Payments are named after their order, so a notification finds its journal without a look-up. */
export const paymentIdOf = (orderId: string, attempt: number): string => `pay_${orderId.slice(4)}_${attempt}`;
export const orderIdOf = (paymentId: string): string => `ord_${paymentId.slice(4, paymentId.lastIndexOf("_"))}`;

const journal = <Answer>(ctx: Ctx, orderId: string, ask: (stub: Journal) => Promise<Answer>): Promise<Answer> =>
  ctx.timing.measure(
    "journal",
    callObject(() => ctx.env.JOURNAL.getByName(`${ctx.tenant.id}:${orderId.slice(4, 6)}`), ask),
  );

export const orderToken = (ctx: Ctx, orderId: string): string =>
  sign(ctx.env.SOUK_SECRET, `order:${ctx.tenant.id}`, orderId);

/** Staff see every order of their shop, a shopper the one whose token they hold; anybody else finds nothing. */
export function maySee(
  ctx: Ctx,
  orderId: string,
  token: string | undefined,
  scope: "orders:read" | "orders:write",
): boolean {
  const { actor } = ctx;
  if (actor.kind === "system") return true;
  if (actor.kind === "staff" && holdsScope(actor.scopes, scope)) return true;
  return token !== undefined && verify(ctx.env.SOUK_SECRET, `order:${ctx.tenant.id}`, orderId, token);
}

type Seen = { id: string; token?: string };

export async function readOrder(ctx: Ctx, { id, token }: Seen): Promise<Result<Order, "unknown_order">> {
  if (!maySee(ctx, id, token, "orders:read")) return unknownOrder;
  const order = await journal(ctx, id, async (stub) => await stub.read(id));
  return order ? ok(order) : unknownOrder;
}

export async function listOrders(
  ctx: Ctx,
  { limit, cursor, state, arm }: { limit: number; cursor?: string; state?: OrderState; arm?: string },
): Promise<Result<{ data: Order[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} orders`;
  const place = cursor === undefined ? undefined : readCursor(list, orderPlace, cursor);
  if (cursor !== undefined && !place) return foreignCursor;
  const after = place && { placedAt: place[0], id: place[1] };
  const rows = await ctx.timing.measure(
    "d1",
    readOrders(ctx.env, ctx.tenant.id, { limit: limit + 1, after, state, arm }),
  );
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return ok({
    data,
    next_cursor: rows.length > limit && last ? writeCursor(list, [last.placed_at, last.id]) : null,
  });
}

const orderPlace = z.tuple([z.string(), z.string()]);

type MoveRefusal = "unknown_order" | "illegal_transition";

export async function cancelOrder(ctx: Ctx, { id, token }: Seen): Promise<Result<Order, MoveRefusal>> {
  if (!maySee(ctx, id, token, "orders:write")) return unknownOrder;
  const reason = ctx.actor.kind === "visitor" ? "cancelled_by_shopper" : "cancelled_by_shop";
  return asResult(
    await journal(ctx, id, async (stub) => await stub.edit({ kind: "cancel", orderId: id, reason })),
    "cancelled",
  );
}

export async function moveOrder(
  ctx: Ctx,
  { id, to }: { id: string; to: OrderState },
): Promise<Result<Order, MoveRefusal>> {
  return asResult(
    await journal(ctx, id, async (stub) => await stub.edit({ kind: "move", orderId: id, to, note: "by staff" })),
    to,
  );
}

/** The whole of it; a refunded order answers as it is. */
export async function refundOrder(ctx: Ctx, { id }: { id: string }): Promise<Result<Order, MoveRefusal>> {
  return asResult(
    await journal(ctx, id, async (stub) => await stub.edit({ kind: "refund", orderId: id, note: "by staff" })),
    "refunded",
  );
}

function asResult(answer: EditAnswer, to: string): Result<Order, MoveRefusal> {
  if (answer.outcome === "done") return ok(answer.order);
  if (answer.outcome === "unknown") return unknownOrder;
  return refused("illegal_transition", `The order is ${answer.state}; it cannot become ${to}.`, {
    facts: { current_state: answer.state, wanted_state: to },
  });
}

/** Acknowledges an order: when this answers `placed`, the order is durable. Idempotent by key. */
export const placeInJournal = (
  ctx: Ctx,
  placement: { key: string; fingerprint: string; order: Order },
): Promise<PlaceAnswer> => journal(ctx, placement.order.id, async (stub) => await stub.place(placement));

export const placementOf = (ctx: Ctx, orderId: string) =>
  journal(ctx, orderId, async (stub) => await stub.placementOf(orderId));

export const fenceOrder = (ctx: Ctx, orderId: string): Promise<FenceAnswer> =>
  journal(ctx, orderId, async (stub) => await stub.fence(orderId));

export const reportPayment = (ctx: Ctx, report: PaymentReport): Promise<EditAnswer> => {
  const orderId = orderIdOf(report.paymentId);
  return journal(ctx, orderId, async (stub) => await stub.edit({ kind: "report", orderId, report }));
};

export const recordRefund = (ctx: Ctx, paymentId: string): Promise<EditAnswer> => {
  const orderId = orderIdOf(paymentId);
  return journal(ctx, orderId, async (stub) => await stub.edit({ kind: "refunded", orderId, paymentId }));
};

export const addAttempt = async (ctx: Ctx, orderId: string, payment: Payment): Promise<Result<Order, MoveRefusal>> =>
  asResult(await journal(ctx, orderId, async (stub) => await stub.edit({ kind: "attempt", orderId, payment })), "paid");

/** On `order.paid`: the holds become sales. A hold that expired is taken again; if that fails, the order is cancelled and refunded. */
export async function sellHeldStock(ctx: Ctx, event: SoukEvent): Promise<void> {
  const order = await orderOf(ctx, event);
  if (!order || order.state === "cancelled") return;
  let isSoldAgain = false;
  for (const line of order.lines) {
    const sold = await confirm(ctx, { id: line.reservation_id });
    if (sold.ok) continue;
    if (sold.code === "reservation_released") return;
    if (sold.code === "reservation_expired" && (await sellAgain(ctx, order, line))) {
      isSoldAgain = true;
      continue;
    }
    log("error", "hold_lost", { tenantId: ctx.tenant.id, orderId: order.id, sku: line.sku });
    await journal(
      ctx,
      order.id,
      async (stub) => await stub.edit({ kind: "cancel", orderId: order.id, reason: "stock_lost" }),
    );
    return;
  }
  // A cancellation since this began may have found nothing to give back yet.
  if (isSoldAgain) await giveStockBack(ctx, event);
}

async function sellAgain(ctx: Ctx, order: Order, line: Line): Promise<boolean> {
  const held = await holdAgain(ctx, order, line);
  return held.ok && (await confirm(ctx, { id: held.value.id })).ok;
}

/** The one hold that takes the place of an expired one. */
const holdAgain = (ctx: Ctx, { id, email }: Order, { sku, quantity }: Line) =>
  reserve(ctx, { sku, buyer: email, quantity, ttl_seconds: 60, key: `${id}:again:${sku}` });

/** On `order.cancelled`: held units are available again, and units that were sold already go back on the shelf. */
export async function giveStockBack(ctx: Ctx, event: SoukEvent): Promise<void> {
  const order = await orderOf(ctx, event);
  if (order?.state !== "cancelled") return;
  for (const line of order.lines) {
    const left = await takeBack(ctx, line, line.reservation_id);
    if (left === "unknown_reservation" && wasPaid(order)) await restock(ctx, line, line.reservation_id);
    if (left !== "expired") continue;
    const again = await holdAgain(ctx, order, line);
    if (again.ok) await takeBack(ctx, line, again.value.id);
  }
}

/** Answers where the hold stands after it. */
async function takeBack(ctx: Ctx, line: Line, id: string): Promise<string> {
  const released = await release(ctx, { id });
  if (released.ok) return released.value.status;
  if (released.code === "reservation_confirmed") await restock(ctx, line, id);
  return released.code;
}

const restock = (ctx: Ctx, { sku, quantity }: Line, id: string) =>
  adjustStock(ctx, { sku, delta: quantity, reason: "order cancelled", key: `restock:${id}` });

/** Counters forget old holds; those of a paid order were sold. */
const wasPaid = ({ history }: Order): boolean => history.some((it) => it.state === "paid");

async function orderOf(ctx: Ctx, event: SoukEvent): Promise<Order | undefined> {
  const { order_id: id } = event.payload;
  return typeof id === "string" ? journal(ctx, id, async (stub) => await stub.read(id)) : undefined;
}

const unknownOrder = refused("unknown_order", "There is no such order, or it is not yours to see.");
