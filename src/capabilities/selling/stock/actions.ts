import { z } from "@hono/zod-openapi";
import type { HoldAnswer } from "../../../../durable-objects/stock/counter-words.ts";
import type { Hold } from "../../../../durable-objects/stock-book.ts";
import type { HoldsWish, VisibleHold } from "../../../../durable-objects/visible-holds.ts";
import type { Ctx } from "../../../platform/context.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { askBuyersCounter, askCounter, askHoldsCounter } from "./actions/ask-counter.ts";
import { BELOW_RESERVED, KEY_REUSED } from "./actions/set-stocks.ts";
import type * as contract from "./contract.ts";
import { SLOTS, slotOf } from "./rules/shards.ts";
import { type Level, readLevels, readLevelsSince } from "./store.ts";

type StockLevel = z.infer<typeof contract.stockLevel>;
type Held = z.infer<typeof contract.heldUnits>;
type Reservation = z.infer<typeof contract.reservation>;

export async function readStock(ctx: Ctx, { sku }: { sku: string }): Promise<Result<StockLevel, "unknown_sku">> {
  const level = await askCounter(ctx, sku, async (stub) => await stub.snapshot());
  return level ? ok(onWire(sku, level)) : unknownSku(sku);
}

/** Units of many SKUs for a page, from the mirror: at most about a second old, and it decides nothing. */
export async function readStocks(
  ctx: Ctx,
  skus: readonly string[],
): Promise<Map<string, { available: number; reserved: number; sold: number }>> {
  const levels = await ctx.timing.measure("d1", readLevels(ctx.env, ctx.tenant.id, skus));
  return new Map(
    [...levels].map(([sku, { onHand, reserved, sold }]) => [sku, { available: onHand - reserved, reserved, sold }]),
  );
}

/** Mirrored levels that changed since, oldest first, for those who keep a copy; one page of at most `limit`. */
export const stockChanges = (ctx: Ctx, since: { at: number; sku: string }, limit: number) =>
  ctx.timing.measure("d1", readLevelsSince(ctx.env, ctx.tenant.id, since, limit));

export async function setStock(
  ctx: Ctx,
  input: { sku: string; on_hand: number; per_buyer_limit?: number | null; key?: string },
): Promise<Result<StockLevel, "below_reserved" | "key_reused">> {
  const { sku, on_hand: onHand, per_buyer_limit: perBuyerLimit, key } = input;
  const answer = await askCounter(
    ctx,
    sku,
    async (stub) => await stub.change({ kind: "set", onHand, perBuyerLimit, key }),
  );
  if (answer.outcome === "changed") return ok(onWire(sku, answer.level));
  return answer.outcome === "key_reused" ? keyReused : belowReserved;
}

export async function adjustStock(
  ctx: Ctx,
  { sku, delta, reason, key }: { sku: string; delta: number; reason: string; key?: string },
): Promise<Result<StockLevel, "unknown_sku" | "below_reserved" | "key_reused">> {
  const answer = await askCounter(ctx, sku, async (stub) => await stub.change({ kind: "adjust", delta, reason, key }));
  if (answer.outcome === "changed") return ok(onWire(sku, answer.level));
  if (answer.outcome === "unknown_sku") return unknownSku(sku);
  return answer.outcome === "key_reused" ? keyReused : belowReserved;
}

type ReserveRefusal = "unknown_sku" | "sold_out" | "limit_reached" | "key_reused";

export async function reserve(
  ctx: Ctx,
  input: { sku: string; buyer: string; quantity: number; ttl_seconds: number; key?: string },
): Promise<Result<Reservation, ReserveRefusal>> {
  const { sku, buyer, quantity, ttl_seconds, key = "" } = input;
  const command = { key, buyer, quantity, ttlMs: ttl_seconds * 1000 };
  const answer = await askBuyersCounter(ctx, sku, buyer, async (stub) => await stub.reserve(command));
  switch (answer.outcome) {
    case "reserved":
    case "already_reserved":
      return ok(asReservation(sku, { ...answer, buyer, quantity }, answer.outcome));
    case "sold_out":
    case "limit_reached":
      return refused(answer.outcome, REFUSALS[answer.outcome], { facts: { sku, available: answer.available } });
    case "key_reused":
      return keyReused;
    default:
      return unknownSku(sku);
  }
}

const REFUSALS = {
  sold_out: "There are not enough units left.",
  limit_reached: "The buyer has reached the limit for this SKU.",
} as const;

/** Names one hold. With an `owner` (how the keys of its holds begin), holds of others are unknown. */
interface Named {
  id: string;
  owner?: string;
}

export async function confirm(
  ctx: Ctx,
  { id, owner }: Named,
): Promise<Result<Reservation, "unknown_reservation" | "reservation_released" | "reservation_expired">> {
  const answer = await settle(ctx, { id, owner }, "confirm");
  if (answer.outcome === "settled") return ok(asReservation(skuOf(id)?.sku ?? "", answer.hold));
  if (answer.outcome === "refused")
    return answer.status === "released"
      ? refused("reservation_released", "The hold was released before.")
      : refused("reservation_expired", "The hold expired and its units are back on sale.");
  return unknownReservation;
}

export async function release(
  ctx: Ctx,
  { id, owner }: Named,
): Promise<Result<Reservation, "unknown_reservation" | "reservation_confirmed">> {
  const answer = await settle(ctx, { id, owner }, "release");
  if (answer.outcome === "settled") return ok(asReservation(skuOf(id)?.sku ?? "", answer.hold));
  if (answer.outcome === "refused")
    return refused("reservation_confirmed", "The hold was confirmed: the units are sold.");
  return unknownReservation;
}

async function settle(ctx: Ctx, { id, owner }: Named, kind: "confirm" | "release"): Promise<HoldAnswer> {
  const hold = skuOf(id);
  if (!hold) return { outcome: "unknown_reservation" };
  return askHoldsCounter(ctx, hold, async (stub) => await stub.settle(kind, hold.seq, owner, hold.slot), isKnown);
}

type ExtendRefusal = "unknown_reservation" | "already_extended" | "key_reused" | "reservation_settled";

/** Moves the end of a hold once; the same key is answered with the same extension. */
export async function extend(
  ctx: Ctx,
  { id, owner, ttl_seconds, key = "" }: Named & { ttl_seconds: number; key?: string },
): Promise<Result<Reservation, ExtendRefusal>> {
  const hold = skuOf(id);
  if (!hold) return unknownReservation;
  const extension = { seq: hold.seq, slot: hold.slot, by: key, ttlMs: ttl_seconds * 1000, owner };
  const answer = await askHoldsCounter(ctx, hold, async (stub) => await stub.extend(extension), isKnown);
  switch (answer.outcome) {
    case "settled":
      return ok(asReservation(hold.sku, answer.hold));
    case "already_extended":
      return refused("already_extended", "A hold is extended once, and this one was.");
    case "key_reused":
      return keyReused;
    case "refused":
      return refused("reservation_settled", "Only held units are extended.", {
        facts: { reservation_status: answer.status },
      });
    default:
      return unknownReservation;
  }
}

export async function readReservation(ctx: Ctx, { id, owner }: Named): Promise<Result<Held, "unknown_reservation">> {
  const asked = skuOf(id);
  if (!asked) return unknownReservation;
  const { hold } = await askHoldsCounter(
    ctx,
    asked,
    async (stub) => await stub.holdOf(asked.seq, owner, asked.slot),
    (answer) => answer.hold !== undefined,
  );
  return hold ? ok(asHeld(asked.sku, hold, ctx.now())) : unknownReservation;
}

const holdPlace = z.tuple([z.int().positive()]);

/** A SKU's holds, newest first. A page may come short of its limit and still have a next one. */
export async function listReservations(
  ctx: Ctx,
  { sku, cursor, ...wish }: HoldsWish & { sku: string; cursor?: string },
): Promise<Result<{ data: Held[]; next_cursor: string | null }, "unknown_sku" | "invalid_request">> {
  const list = `${ctx.tenant.id} holds ${sku} ${wish.status ?? ""}`;
  const [before] = (cursor !== undefined && readCursor(list, holdPlace, cursor)) || [];
  if (cursor !== undefined && before === undefined) return foreignCursor;
  const page = await askCounter(ctx, sku, async (stub) => await stub.holds({ ...wish, before }));
  if (!page) return unknownSku(sku);
  const data = page.holds.map((hold) => asHeld(sku, hold, ctx.now()));
  return ok({ data, next_cursor: page.before === undefined ? null : writeCursor(list, [page.before]) });
}

/** Where a hold stands, from its counter; undefined when there is no such hold. */
export async function holdStatus(ctx: Ctx, id: string): Promise<Reservation["status"] | undefined> {
  const hold = skuOf(id);
  if (!hold) return undefined;
  const { status } = await askHoldsCounter(
    ctx,
    hold,
    async (stub) => await stub.statusOf(hold.seq, hold.slot),
    (answer) => answer.status !== undefined,
  );
  return status;
}

export async function ping(ctx: Ctx, { sku }: { sku: string }): Promise<Result<{ pong: true }>> {
  return ok({ pong: await askCounter(ctx, sku, async (stub) => await stub.ping()) });
}

const isKnown = (answer: { outcome: string }): boolean => answer.outcome !== "unknown_reservation";

/** A reservation id names its SKU and its buyer's slot, so the hold's counter is found without a look-up. */
const reservationId = (sku: string, { seq, buyer }: { seq: number; buyer: string }): string =>
  `${reservationHead(sku, slotOf(buyer))}${seq.toString(36)}`;

/** A reservation id without the hold's number in base 36, which ends it. */
export const reservationHead = (sku: string, slot: number): string =>
  `rsv_${Buffer.from(sku).toString("base64url")}.${slot.toString(36)}.`;

/** Ids that were made before there were slots name none. */
function skuOf(id: string): { sku: string; seq: number; slot?: number } | undefined {
  const [, sku, slot, seq] = /^rsv_([\w-]{1,400})\.(?:([0-9a-z]{1,2})\.)?([0-9a-z]{1,10})$/.exec(id) ?? [];
  if (!sku || !seq) return undefined;
  const hold = { sku: Buffer.from(sku, "base64url").toString(), seq: Number.parseInt(seq, 36) };
  if (slot === undefined) return hold;
  const number = Number.parseInt(slot, 36);
  return number < SLOTS ? { ...hold, slot: number } : undefined;
}

const asReservation = (
  sku: string,
  hold: Pick<Hold, "seq" | "buyer" | "quantity" | "status" | "expiresAt">,
  outcome: Reservation["outcome"] = "reserved",
): Reservation => ({
  id: reservationId(sku, hold),
  sku,
  buyer: hold.buyer,
  quantity: hold.quantity,
  status: hold.status,
  outcome,
  expires_at: new Date(hold.expiresAt).toISOString(),
});

const asHeld = (sku: string, hold: VisibleHold, now: number): Held => ({
  id: reservationId(sku, hold),
  sku,
  buyer: hold.buyer,
  quantity: hold.quantity,
  status: hold.status,
  created_at: new Date(hold.createdAt).toISOString(),
  expires_at: new Date(hold.expiresAt).toISOString(),
  extended_at: hold.extendedAt === undefined ? null : new Date(hold.extendedAt).toISOString(),
  seconds_left: hold.status === "held" ? Math.max(0, Math.ceil((hold.expiresAt - now) / 1000)) : 0,
});

const onWire = (sku: string, level: Level): StockLevel => ({
  sku,
  on_hand: level.onHand,
  reserved: level.reserved,
  available: level.onHand - level.reserved,
  sold: level.sold,
  version: level.version,
});

const unknownSku = (sku: string) => refused("unknown_sku", `No stock was ever set for ${sku}.`);
const keyReused = refused("key_reused", KEY_REUSED);
const belowReserved = refused("below_reserved", BELOW_RESERVED);
const unknownReservation = refused("unknown_reservation", "There is no such reservation.");
