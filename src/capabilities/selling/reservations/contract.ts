import { z } from "@hono/zod-openapi";
import type { Plan } from "../../../platform/capability.ts";
import { operation } from "../../../platform/contract.ts";
import {
  HOLD_SECONDS_MAX,
  heldUnits,
  holdStatuses,
  holdWish,
  reservation,
  reservationIdShape,
  skuParams,
} from "../stock/contract.ts";

const PAGE_MAX = 100;
const PAGE = 25;
const CURSOR_CHARACTERS_MAX = 300;

/** What a licence may be sold as. A call is any call that carries the licence's key and is not refused for its rate or quota. */
export const plans = [
  { name: "trial", callsPerSecond: 100, callsPerMonth: 100_000, microsPerUnit: 0, availability: "best effort" },
  { name: "standard", callsPerSecond: 500, callsPerMonth: 5_000_000, microsPerUnit: 1_000, availability: "99.95 %" },
  { name: "scale", callsPerSecond: 5_000, callsPerMonth: 200_000_000, microsPerUnit: 400, availability: "99.95 %" },
] as const satisfies readonly Plan[];

const billing = { rateLimit: 100, quotaScope: "per-api-key", tier: "premium" } as const;
/** Partners call these too, by their licence. */
const open = { who: "staff", scope: "reservations:write", licensed: true } as const;
const openToRead = { ...open, scope: "reservations:read" } as const;
const idParams = z.object({ id: reservationIdShape });

export const stockOnly = z
  .object({
    outcome: z.literal("stock_only"),
    sku: z.string(),
    available: z.int(),
    reason: z.enum(["licence_switched_off", "buyer_not_rolled_out"]),
  })
  .openapi("StockOnly");

export const reserve = operation({
  ...open,
  id: "reserveStock",
  method: "post",
  path: "/stock/{sku}/reservations",
  summary: "Hold units for a buyer until they are confirmed, released or expired",
  description:
    "The Idempotency-Key names the hold: the same key with the same body answers the same hold, never a second one. " +
    "201: the units are held until expires_at. 200: reservations are not rolled out for this licence or buyer; " +
    "nothing is held, and the answer is a plain stock query.",
  params: skuParams,
  body: holdWish,
  key: "required",
  example: { buyer: "ann@example.com", quantity: 1, ttl_seconds: 600 },
  answer: { status: 201, shape: reservation, instead: { status: 200, shape: stockOnly } },
  refusals: { unknown_sku: 404, sold_out: 409, limit_reached: 409, key_reused: 422 },
  billing: { ...billing, meter: "reservations_reserve" },
});

export const confirm = operation({
  ...open,
  id: "confirmReservation",
  method: "post",
  path: "/reservations/{id}/confirm",
  summary: "Turn a hold into a sale",
  keepsPromise: true,
  params: idParams,
  answer: { status: 200, shape: reservation },
  refusals: { unknown_reservation: 404, reservation_released: 409, reservation_expired: 409 },
  billing: { ...billing, meter: "reservations_confirm" },
});

export const release = operation({
  ...open,
  id: "releaseReservation",
  method: "post",
  path: "/reservations/{id}/release",
  summary: "Give held units back",
  keepsPromise: true,
  params: idParams,
  answer: { status: 200, shape: reservation },
  refusals: { unknown_reservation: 404, reservation_confirmed: 409 },
  billing: { ...billing, meter: "reservations_release" },
});

export const extend = operation({
  ...open,
  id: "extendReservation",
  method: "post",
  path: "/reservations/{id}/extend",
  summary: "Move the end of a hold, once",
  description: "Adds ttl_seconds to expires_at. The same Idempotency-Key is answered with the same extension.",
  params: idParams,
  body: z.strictObject({ ttl_seconds: z.int().min(1).max(HOLD_SECONDS_MAX) }),
  key: "required",
  example: { ttl_seconds: 300 },
  answer: { status: 200, shape: reservation },
  refusals: { unknown_reservation: 404, already_extended: 409, reservation_settled: 409, key_reused: 422 },
  billing: { ...billing, meter: "reservations_extend" },
});

export const readReservation = operation({
  ...openToRead,
  id: "readReservation",
  method: "get",
  path: "/reservations/{id}",
  summary: "A hold, with the seconds it has left",
  description: "Settled holds are known for 90 days after their end.",
  params: idParams,
  answer: { status: 200, shape: heldUnits },
  refusals: { unknown_reservation: 404 },
  billing: { ...billing, meter: "reservations_read" },
});

export const listReservations = operation({
  ...openToRead,
  id: "listReservations",
  method: "get",
  path: "/stock/{sku}/reservations",
  summary: "The holds of a SKU, newest first; a partner sees its own",
  description: "A page may come short of its limit and still have a next one.",
  params: skuParams,
  query: z.strictObject({
    status: z.enum(holdStatuses).optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE),
    cursor: z.string().max(CURSOR_CHARACTERS_MAX).optional(),
  }),
  answer: { status: 200, shape: z.object({ data: z.array(heldUnits), next_cursor: z.string().nullable() }) },
  refusals: { unknown_sku: 404, invalid_request: 422 },
  billing: { ...billing, meter: "reservations_read" },
});

const planNames = plans.map((it) => it.name);
const percent = z.int().min(0).max(100);
const terms = z.strictObject({
  name: z.string().trim().min(1).max(80),
  plan: z.enum(planNames),
  enabled: z.boolean().describe("Switched off, the licence's reservation calls answer plain stock queries."),
  rollout_percent: percent
    .nullable()
    .describe("Of the licence's buyers, by a hash of their name; null means the shop's setting."),
});

export const licence = z
  .object({
    id: z.string(),
    name: z.string(),
    plan: z.string(),
    calls_per_second: z.int(),
    calls_per_month: z.int(),
    key_prefix: z.string(),
    enabled: z.boolean(),
    rollout_percent: percent.nullable(),
    created_at: z.string(),
    revoked_at: z.string().nullable(),
  })
  .openapi("ReservationLicence");

export const newLicence = z.object({ licence, key: z.string() }).openapi("NewReservationLicence");

export const licenceWithUse = licence
  .extend({
    use: z.object({ calls_this_month: z.int(), calls_per_month: z.int(), resets_at: z.string() }),
  })
  .openapi("ReservationLicenceWithUse");

const licenceParams = z.object({ id: z.string().max(64) });
const staffOnly = {
  who: "staff",
  scope: "reservations:write",
  billing: { rateLimit: 5, quotaScope: "per-tenant", tier: "basic", meter: "reservations_licences" },
} as const;

export const createLicence = operation({
  ...staffOnly,
  id: "createReservationLicence",
  method: "post",
  path: "/reservation-licences",
  summary: "License a partner to hold stock; its key is shown once",
  body: z.strictObject({
    name: terms.shape.name,
    plan: terms.shape.plan.default("trial"),
    enabled: terms.shape.enabled.default(true),
    rollout_percent: terms.shape.rollout_percent.default(null),
  }),
  example: { name: "Lamp Tours", plan: "trial", rollout_percent: 10 },
  answer: { status: 201, shape: newLicence },
  refusals: {},
});

export const listLicences = operation({
  ...staffOnly,
  scope: "reservations:read",
  id: "listReservationLicences",
  method: "get",
  path: "/reservation-licences",
  summary: "The shop's licences, newest first",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE),
    cursor: z.string().max(CURSOR_CHARACTERS_MAX).optional(),
  }),
  answer: { status: 200, shape: z.object({ data: z.array(licence), next_cursor: z.string().nullable() }) },
  refusals: { invalid_request: 422 },
});

export const readLicence = operation({
  ...staffOnly,
  scope: "reservations:read",
  id: "readReservationLicence",
  method: "get",
  path: "/reservation-licences/{id}",
  summary: "A licence and what it has used of its quota",
  params: licenceParams,
  answer: { status: 200, shape: licenceWithUse },
  refusals: { unknown_licence: 404 },
});

export const changeLicence = operation({
  ...staffOnly,
  id: "changeReservationLicence",
  method: "patch",
  path: "/reservation-licences/{id}",
  summary: "Change plan, switch or roll-out of a licence; live everywhere within a second",
  params: licenceParams,
  body: terms.partial(),
  example: { plan: "standard", rollout_percent: 100 },
  answer: { status: 200, shape: licence },
  refusals: { unknown_licence: 404, licence_revoked: 409 },
});

export const revokeLicence = operation({
  ...staffOnly,
  id: "revokeReservationLicence",
  method: "delete",
  path: "/reservation-licences/{id}",
  summary: "Revoke a licence for good; its key is refused from the next call on",
  params: licenceParams,
  answer: { status: 204 },
  refusals: { unknown_licence: 404 },
});
