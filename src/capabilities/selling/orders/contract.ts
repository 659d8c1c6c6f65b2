import { z } from "@hono/zod-openapi";
import { holdsCardData } from "../../../platform/card-data.ts";
import { operation } from "../../../platform/contract.ts";
import { money } from "../../../platform/money.ts";

const billing = { meter: "orders", rateLimit: 50, quotaScope: "per-tenant", tier: "basic" } as const;

export const orderStates = [
  "pending_payment",
  "paid",
  "fulfilling",
  "shipped",
  "delivered",
  "completed",
  "cancelled",
  "partially_refunded",
  "refunded",
] as const;

export const paymentStates = ["open", "pending", "paid", "declined", "cancelled", "refund_due", "refunded"] as const;

/** Forms come past the gateway's check of JSON bodies, so the fields that are kept refuse cards themselves. */
const noCard = (text: string): boolean => !holdsCardData(text);
const NO_CARD = "This seems to be a payment card number.";

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, "Expected one line of text.")
    .refine(noCard, NO_CARD);

/** Countries by ISO 3166-1 alpha-2; the postal code is checked where its form is fixed. */
/** What an address looks like, for the documentation of whoever takes one. */
export const exampleAddress = {
  name: "Ann Lee",
  line1: "12 Harbour Road",
  city: "Shanghai",
  postal_code: "200082",
  country: "CN",
};

export const address = z
  .strictObject({
    name: line(120),
    phone: z
      .string()
      .trim()
      .regex(/^\+?[0-9][0-9 ()-]{4,23}$/, "Expected a telephone number.")
      .refine(noCard, NO_CARD)
      .optional(),
    line1: line(200),
    line2: line(200).optional(),
    city: line(100),
    region: line(100).optional(),
    postal_code: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9 -]{1,10}[A-Za-z0-9]$/, "Expected a postal code.")
      .optional(),
    country: z.string().regex(/^[A-Z]{2}$/, "Expected an ISO 3166-1 code such as CN."),
  })
  .openapi("Address");

export const orderLine = z
  .object({
    sku: z.string(),
    quantity: z.int(),
    title: z.string(),
    variant_title: z.string(),
    handle: z.string(),
    image: z.object({ src: z.string(), alt: z.string() }).nullable(),
    unit_price: money,
    total: money,
    reservation_id: z.string(),
  })
  .openapi("OrderLine");

export const payment = z
  .object({
    id: z.string(),
    provider: z.string(),
    state: z.enum(paymentStates),
    amount: money,
    captured: money,
    refunded: money,
    redirect_url: z.string().nullable().describe("Where the shopper pays; null once nothing is left to pay here."),
  })
  .openapi("Payment");

export const order = z
  .object({
    id: z.string(),
    number: z.string().describe("Short number for people, unique in the shop."),
    state: z.enum(orderStates),
    cancel_reason: z.string().nullable(),
    email: z.string(),
    shipping_address: address,
    locale: z.string(),
    lines: z.array(orderLine),
    subtotal: money,
    shipping: money,
    total: money,
    payments: z.array(payment),
    history: z.array(z.object({ at: z.string(), state: z.enum(orderStates), note: z.string() })),
    arm: z.string(),
    placed_at: z.string(),
    pay_before: z.string(),
    version: z.int(),
  })
  .openapi("Order");

const orderId = z.string().regex(/^ord_[0-9a-f]{2}[0-9a-z]{26}$/, "Not an order id.");
const params = z.object({ id: orderId });

export const readOrder = operation({
  id: "readOrder",
  method: "get",
  path: "/orders/{id}",
  summary: "One order, for its shopper (order token) or staff",
  who: "visitor",
  keepsPromise: true,
  params,
  query: z.strictObject({ token: z.string().max(64).optional() }),
  answer: { status: 200, shape: order },
  refusals: { unknown_order: 404 },
  billing,
});

export const listOrders = operation({
  id: "listOrders",
  method: "get",
  path: "/orders",
  summary: "Orders, newest first",
  who: "staff",
  scope: "orders:read",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(25),
    cursor: z.string().max(200).optional(),
    state: z.enum(orderStates).optional(),
    arm: z
      .string()
      .max(32)
      .optional()
      .describe("Of the request that placed it: control, or an arm of the canary rules."),
  }),
  answer: { status: 200, shape: z.object({ data: z.array(order), next_cursor: z.string().nullable() }) },
  refusals: { invalid_request: 422 },
  billing,
});

export const cancelOrder = operation({
  id: "cancelOrder",
  method: "post",
  path: "/orders/{id}/cancel",
  summary: "Cancel an order that is not shipped; what was paid is given back",
  who: "visitor",
  params,
  query: z.strictObject({ token: z.string().max(64).optional() }),
  answer: { status: 200, shape: order },
  refusals: { unknown_order: 404, illegal_transition: 409 },
  billing,
});

export const moveOrder = operation({
  id: "moveOrder",
  method: "post",
  path: "/orders/{id}/transitions",
  summary: "Move a paid order along: fulfilling, shipped, delivered, completed",
  who: "staff",
  scope: "orders:write",
  params,
  body: z.strictObject({ to: z.enum(["fulfilling", "shipped", "delivered", "completed"]) }),
  example: { to: "fulfilling" },
  answer: { status: 200, shape: order },
  refusals: { unknown_order: 404, illegal_transition: 409 },
  billing,
});

export const refundOrder = operation({
  id: "refundOrder",
  method: "post",
  path: "/orders/{id}/refund",
  summary: "Give back all that was paid for an order; asked twice, the money goes back once",
  description:
    "The goods are not put back on the shelf: adjust the stock when they have come back, and cancel an order that is not shipped instead.",
  who: "staff",
  scope: "orders:write",
  params,
  answer: { status: 200, shape: order },
  refusals: { unknown_order: 404, illegal_transition: 409 },
  billing,
});
