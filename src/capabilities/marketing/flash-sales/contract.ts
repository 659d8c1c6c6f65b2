import { z } from "@hono/zod-openapi";
import { holdsCardData } from "../../../platform/card-data.ts";
import { operation } from "../../../platform/contract.ts";
import { address, exampleAddress, order, payment } from "../../selling/orders/contract.ts";
import { providerName } from "../../selling/payments/contract.ts";
import { sku } from "../../selling/stock/contract.ts";
import { buyerUnits, flashSale, ITEMS_MAX, newSale, saleEdit, saleId } from "./contract/sale.ts";

const billing = { rateLimit: 100, quotaScope: "per-tenant", tier: "basic" } as const;

const PASS_CHARACTERS_MAX = 600;

const params = z.object({ id: saleId });
const write = {
  who: "staff",
  scope: "flash-sales:write",
  billing: { ...billing, meter: "flash_sales_write" },
} as const;

export const createSale = operation({
  ...write,
  id: "createFlashSale",
  method: "post",
  path: "/flash-sales",
  summary: "Schedule a flash sale: its units leave the stock of its SKUs and wait in the sale's own",
  description:
    `1 to ${ITEMS_MAX} SKUs stand in \`items\`; a sale of one SKU may say \`sku\`, \`sale_price\`, \`quantity\` and ` +
    "`per_buyer_limit` itself instead. All of them get their units, or the sale is not made. With an Idempotency-Key the same body " +
    "answers the same sale. A start in the past means now.",
  body: newSale,
  key: "optional",
  example: {
    title: "Lamplit evening",
    items: [
      { sku: "LGT-LOT-ROS", sale_price: { amount: 6_900, currency: "CNY" }, quantity: 60, per_buyer_limit: 2 },
      { sku: "SCN-INC-CED", sale_price: { amount: 3_900, currency: "CNY" }, quantity: 20 },
    ],
    starts_at: "2030-06-18T20:00:00+08:00",
    ends_at: "2030-06-18T22:00:00+08:00",
    waiting_room: { admit_per_second: 50 },
  },
  answer: { status: 201, shape: flashSale },
  refusals: { invalid_request: 422, unknown_sku: 404, not_enough_stock: 409, key_reused: 422 },
});

export const listSales = operation({
  id: "listFlashSales",
  method: "get",
  path: "/flash-sales",
  summary: "Flash sales, the latest start first",
  who: "visitor",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(25),
    cursor: z.string().max(200).optional(),
    sku: sku.optional(),
  }),
  answer: { status: 200, shape: z.object({ data: z.array(flashSale), next_cursor: z.string().nullable() }) },
  refusals: { invalid_request: 422 },
  billing: { ...billing, meter: "flash_sales_read" },
});

export const readSale = operation({
  id: "readFlashSale",
  method: "get",
  path: "/flash-sales/{id}",
  summary: "One flash sale: terms, state by the server's clock, units left",
  who: "visitor",
  params,
  answer: { status: 200, shape: flashSale },
  refusals: { unknown_sale: 404 },
  billing: { ...billing, meter: "flash_sales_read" },
});

export const editSale = operation({
  ...write,
  id: "editFlashSale",
  method: "patch",
  path: "/flash-sales/{id}",
  summary: "Change a sale; while it is live only what breaks no promise",
  description:
    "The terms of each SKU stand in `items`, those of a sale's only SKU may stand beside them; SKUs are neither added nor taken " +
    "away. Before the start everything may change. While the sale is live: a later end, more units, a higher limit per buyer, " +
    "fewer conditions, no waiting room or a faster one, another title. The rest is refused with `fields` naming it. All that is " +
    "asked for is changed, or nothing. A call without an answer may be sent again; with an Idempotency-Key it is carried out once.",
  params,
  body: saleEdit,
  key: "optional",
  example: { ends_at: "2030-06-18T23:00:00+08:00", items: [{ sku: "LGT-LOT-ROS", quantity: 80 }] },
  answer: { status: 200, shape: flashSale },
  refusals: {
    invalid_request: 422,
    unknown_sale: 404,
    would_break_promise: 409,
    sale_over: 409,
    not_enough_stock: 409,
    key_reused: 422,
  },
});

export const cancelSale = operation({
  ...write,
  id: "cancelFlashSale",
  method: "post",
  path: "/flash-sales/{id}/cancel",
  summary: "Stop a sale; what buyers hold and have ordered stays theirs, the rest goes back to the SKU",
  params,
  answer: { status: 200, shape: flashSale },
  refusals: { unknown_sale: 404, sale_over: 409 },
});

const checkout = z.object({ order, payment, order_token: z.string() }).openapi("FlashCheckout");

export const participation = z
  .object({
    id: z.string().describe("Whoever has it may order what is held."),
    sale_id: z.string(),
    sku: z.string(),
    quantity: z.int(),
    outcome: z.literal("reserved"),
    expires_at: z.string().describe("Until then the units wait for the order, or for its payment."),
    checkout: z.union([checkout, z.null()]).describe("The order, when address and payment provider came along."),
  })
  .openapi("Participation");

export const buyerEmail = z
  .email()
  .max(254)
  .refine((text) => !holdsCardData(text), "This seems to be a payment card number.");
const locale = z.enum(["en", "zh-CN"]).optional();

/** The refusals of whoever may not take part in a sale, each with its reason. */
const passRefusals = {
  pass_required: 403,
  pass_invalid: 403,
  pass_expired: 403,
  pass_used: 403,
  pass_foreign: 403,
} as const;

export const participate = operation({
  id: "participate",
  method: "post",
  path: "/flash-sales/{id}/participations",
  summary: "Take part: the units are held for the buyer, and ordered where address and payment are known, in one step",
  description:
    "The buyer is the e-mail address in lower case, without what follows a +. The Idempotency-Key names the participation: " +
    "the same key with the same body answers the same, whatever happened since. In a sale of several SKUs limit, participation, key " +
    "and pass count for each SKU by itself. Times are the server's.",
  who: "visitor",
  params,
  body: z.strictObject({
    email: buyerEmail,
    sku: sku.optional().describe("Which of the sale's SKUs; a sale of one SKU needs no telling."),
    quantity: buyerUnits.default(1),
    pass: z.string().max(PASS_CHARACTERS_MAX).optional(),
    shipping_address: address.optional().describe("With it the order is placed in the same step."),
    payment_provider: providerName.optional(),
    locale,
  }),
  key: "optional",
  example: {
    email: "ann@example.com",
    sku: "LGT-LOT-ROS",
    quantity: 1,
    shipping_address: exampleAddress,
    payment_provider: "sandbox",
  },
  answer: { status: 201, shape: participation },
  refusals: {
    invalid_request: 422,
    unknown_sale: 404,
    already_participated: 409,
    sold_out: 409,
    not_started: 409,
    ended: 409,
    not_eligible: 403,
    ...passRefusals,
    provider_off: 409,
    key_reused: 422,
    journal_full: 429,
  },
  billing: { ...billing, rateLimit: 10_000, meter: "flash_sales_participate" },
});

/** `par_<number>_<quantity>_<slot>_<signature>`; behind the slot stands the place of the SKU in the sale, unless it is the first. */
const participationId = z
  .string()
  .regex(/^par_[0-9a-z]{1,11}_[0-9a-z]{1,3}_[0-9a-z]{1,2}(_[0-9a-z])?_[\w-]{32}$/, "Not a participation's id.");

export const orderParticipation = operation({
  id: "orderParticipation",
  method: "post",
  path: "/flash-sales/{id}/participations/{participation_id}/order",
  summary: "Order what a participation holds, at the sale's price",
  description: "Sent again with the same body it answers the same order.",
  who: "visitor",
  params: z.object({ id: saleId, participation_id: participationId }),
  body: z.strictObject({ shipping_address: address, payment_provider: providerName.default("sandbox"), locale }),
  example: { shipping_address: exampleAddress, payment_provider: "sandbox" },
  answer: { status: 201, shape: checkout },
  refusals: {
    unknown_sale: 404,
    unknown_participation: 404,
    participation_expired: 409,
    already_ordered: 409,
    not_eligible: 403,
    provider_off: 409,
    journal_full: 429,
  },
  billing: { ...billing, rateLimit: 10_000, meter: "flash_sales_order" },
});
