import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";

const billing = { rateLimit: 100, quotaScope: "per-api-key", tier: "basic" } as const;

/** The largest number of units one counter holds or one call moves. */
export const UNITS_MAX = 1_000_000_000;
const HOLD_SECONDS_MAX = 86_400;
const HOLD_SECONDS = 900;

export const sku = z.string().regex(/^[^\s/?#%\p{C}]{1,64}$/u, "1 to 64 characters without blanks, / ? # %.");
const units = z.int().min(1).max(UNITS_MAX);

export const stockLevel = z
  .object({
    sku: z.string(),
    on_hand: z.int(),
    reserved: z.int(),
    available: z.int(),
    sold: z.int(),
    /** Grows with every change, so a later answer can be told from an earlier one. */
    version: z.int(),
  })
  .openapi("StockLevel");

export const reservation = z
  .object({
    id: z.string(),
    sku: z.string(),
    buyer: z.string(),
    quantity: z.int(),
    status: z.enum(["held", "confirmed", "released", "expired"]),
    outcome: z.enum(["reserved", "already_reserved"]),
    expires_at: z.string(),
  })
  .openapi("Reservation");

const skuParams = z.object({ sku });

export const readStock = operation({
  id: "readStock",
  method: "get",
  path: "/stock/{sku}",
  summary: "On hand, reserved, available and sold units of a SKU, from its counter",
  who: "visitor",
  params: skuParams,
  answer: { status: 200, shape: stockLevel },
  refusals: { unknown_sku: 404 },
  billing: { ...billing, meter: "stock_read" },
});

export const setStock = operation({
  id: "setStock",
  method: "put",
  path: "/stock/{sku}",
  summary: "Set the units on hand; units already reserved stay reserved",
  who: "staff",
  scope: "stock:write",
  params: skuParams,
  body: z.strictObject({ on_hand: z.int().min(0).max(UNITS_MAX), per_buyer_limit: units.nullable().optional() }),
  key: "optional",
  answer: { status: 200, shape: stockLevel },
  refusals: { below_reserved: 409, key_reused: 422 },
  billing: { ...billing, meter: "stock_write" },
});

export const adjustStock = operation({
  id: "adjustStock",
  method: "post",
  path: "/stock/{sku}/adjustments",
  summary: "Add or take away units with a reason",
  who: "staff",
  scope: "stock:write",
  params: skuParams,
  body: z.strictObject({
    delta: z
      .int()
      .min(-UNITS_MAX)
      .max(UNITS_MAX)
      .refine((delta) => delta !== 0, "Expected a number other than 0."),
    reason: z.string().trim().min(1).max(200),
  }),
  key: "optional",
  answer: { status: 201, shape: stockLevel },
  refusals: { unknown_sku: 404, below_reserved: 409, key_reused: 422 },
  billing: { ...billing, meter: "stock_write" },
});

const holdWish = z.strictObject({
  buyer: z.string().trim().min(1).max(128),
  quantity: units,
  ttl_seconds: z.int().min(1).max(HOLD_SECONDS_MAX).default(HOLD_SECONDS),
});

export const reserve = operation({
  id: "reserveStock",
  method: "post",
  path: "/stock/{sku}/reservations",
  summary: "Hold units for a buyer until they are confirmed, released or expired",
  description:
    "The Idempotency-Key names the hold: the same key with the same body answers the same hold, never a second one.",
  who: "staff",
  scope: "stock:write",
  params: skuParams,
  body: holdWish,
  key: "required",
  answer: { status: 201, shape: reservation },
  refusals: { unknown_sku: 404, sold_out: 409, limit_reached: 409, key_reused: 422 },
  billing: { ...billing, meter: "stock_reserve" },
});

/** The id holds its SKU: 64 characters are up to 342 of base64url. */
const RESERVATION_ID_MAX = 400;
const settle = {
  who: "staff",
  scope: "stock:write",
  params: z.object({ id: z.string().max(RESERVATION_ID_MAX) }),
} as const;

export const confirm = operation({
  ...settle,
  id: "confirmReservation",
  method: "post",
  path: "/reservations/{id}/confirm",
  summary: "Turn a hold into a sale",
  answer: { status: 200, shape: reservation },
  refusals: { unknown_reservation: 404, reservation_released: 409, reservation_expired: 409 },
  billing: { ...billing, meter: "stock_confirm" },
});

export const release = operation({
  ...settle,
  id: "releaseReservation",
  method: "post",
  path: "/reservations/{id}/release",
  summary: "Give held units back",
  answer: { status: 200, shape: reservation },
  refusals: { unknown_reservation: 404, reservation_confirmed: 409 },
  billing: { ...billing, meter: "stock_release" },
});

export const ping = operation({
  id: "pingStock",
  method: "post",
  path: "/stock/{sku}/ping",
  summary: "A reservation's whole way, with an empty call to the counter at its end",
  description: "Takes the key and body of a reservation and does nothing with them: what the way to a counter costs.",
  who: "staff",
  scope: "stock:write",
  params: skuParams,
  body: holdWish,
  key: "required",
  answer: { status: 200, shape: z.object({ pong: z.literal(true) }) },
  refusals: {},
  billing: { ...billing, meter: "stock_read" },
});
