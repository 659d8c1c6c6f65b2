import { z } from "@hono/zod-openapi";
import { holdsCardData } from "../../../platform/card-data.ts";
import { operation } from "../../../platform/contract.ts";
import { money } from "../../../platform/money.ts";
import { cartId } from "../carts/contract.ts";
import { address, exampleAddress, order, payment } from "../orders/contract.ts";
import { providerName } from "../payments/contract.ts";

/** One changed line of a cart between what the shopper saw and what is true now. */
export const change = z
  .object({
    sku: z.string(),
    title: z.string(),
    what: z.enum(["price", "stock", "gone"]),
    was: z.int().nullable(),
    now: z.int().nullable(),
  })
  .openapi("CartChange");

export const placeOrder = operation({
  id: "placeOrder",
  method: "post",
  path: "/checkouts",
  summary: "Hold every line or none, write the order, open its payment",
  description:
    "With an Idempotency-Key the same body answers the same order for as long as the order exists. " +
    "When a price or the stock changed since the line was added, nothing is held and `changes` says what.",
  who: "visitor",
  body: z.strictObject({
    cart_id: cartId,
    email: z
      .email()
      .max(254)
      .refine((text) => !holdsCardData(text), "This seems to be a payment card number."),
    shipping_address: address,
    payment_provider: providerName.default("sandbox"),
    locale: z.enum(["en", "zh-CN"]).optional(),
    expected_total: money
      .strict()
      .optional()
      .describe(
        "The total that the shopper agreed to. Without it, the prices at which the lines were added must still hold.",
      ),
  }),
  key: "optional",
  example: {
    cart_id: "cart_7f01m80xyzn9f6es5hshwdxyp8kr",
    email: "ann@example.com",
    shipping_address: exampleAddress,
    payment_provider: "sandbox",
    expected_total: { amount: 12_800, currency: "CNY" },
  },
  answer: {
    status: 201,
    shape: z.object({ order, payment, order_token: z.string() }).openapi("Checkout"),
  },
  refusals: {
    unknown_cart: 404,
    cart_empty: 409,
    cart_changed: 409,
    cart_checked_out: 409,
    sold_out: 409,
    limit_reached: 409,
    provider_off: 409,
    key_reused: 422,
    journal_full: 429,
  },
  billing: { meter: "checkout", rateLimit: 50, quotaScope: "per-tenant", tier: "basic" },
});
