import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";

const billing = { rateLimit: 100, quotaScope: "per-api-key", tier: "basic" } as const;

/** Shards that one SKU can be divided into. */
export const SHARDS_MAX = 64;
/** The largest number of units one counter holds or one call moves: nine digits. */
export const UNITS_MAX = 999_999_999;
export const HOLD_SECONDS_MAX = 86_400;
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
    version: z.int().describe("Grows with every change, so a later answer can be told from an earlier one."),
  })
  .openapi("StockLevel");

export const holdStatuses = ["held", "confirmed", "released", "expired"] as const;

export const reservation = z
  .object({
    id: z.string(),
    sku: z.string(),
    buyer: z.string(),
    quantity: z.int(),
    status: z.enum(holdStatuses),
    outcome: z.enum(["reserved", "already_reserved"]),
    expires_at: z.string(),
  })
  .openapi("Reservation");

export const heldUnits = z
  .object({
    id: z.string(),
    sku: z.string(),
    buyer: z.string(),
    quantity: z.int(),
    status: z.enum(holdStatuses),
    created_at: z.string(),
    expires_at: z.string(),
    extended_at: z.string().nullable().describe("A hold is extended once at most."),
    seconds_left: z.int().describe("Whole seconds until a held unit is free again; 0 once the hold is settled."),
  })
  .openapi("HeldUnits");

export const skuParams = z.object({ sku });

export const readStock = operation({
  id: "readStock",
  method: "get",
  path: "/stock/{sku}",
  summary: "On hand, reserved, available and sold units of a SKU, from its counter",
  who: "visitor",
  licensed: true,
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
  example: { on_hand: 120, per_buyer_limit: 5 },
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
  example: { delta: -3, reason: "broken on the way" },
  answer: { status: 201, shape: stockLevel },
  refusals: { unknown_sku: 404, below_reserved: 409, key_reused: 422 },
  billing: { ...billing, meter: "stock_write" },
});

/** What a hold is made from. */
export const holdWish = z.strictObject({
  buyer: z.string().trim().min(1).max(128),
  quantity: units,
  ttl_seconds: z.int().min(1).max(HOLD_SECONDS_MAX).default(HOLD_SECONDS),
});

/** The id holds its SKU: 64 characters are up to 342 of base64url. */
const RESERVATION_ID_MAX = 400;
export const reservationIdShape = z.string().max(RESERVATION_ID_MAX);

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
  example: { buyer: "ann@example.com", quantity: 1 },
  answer: { status: 200, shape: z.object({ pong: z.literal(true) }) },
  refusals: {},
  billing: { ...billing, meter: "stock_read" },
});
