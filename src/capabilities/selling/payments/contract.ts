import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import { payment } from "../orders/contract.ts";

const billing = { meter: "payments", rateLimit: 50, quotaScope: "per-tenant", tier: "basic" } as const;

export const providerName = z.enum(["sandbox"]);
export const paymentId = z.string().regex(/^pay_[0-9a-f]{2}[0-9a-z]{26}_[0-9]{1,3}$/, "Not a payment id.");

/** What the sandbox can play: each is a way in which a real provider behaves. */
export const outcomes = [
  "paid",
  "declined",
  "pending_then_paid",
  "never_answers",
  "duplicate_notification",
  "late",
] as const;

export const openPayment = operation({
  id: "openPayment",
  method: "post",
  path: "/orders/{id}/payments",
  summary: "Try to pay an unpaid order once more",
  who: "visitor",
  params: z.object({ id: z.string().max(64) }),
  query: z.strictObject({ token: z.string().max(64).optional() }),
  body: z.strictObject({ payment_provider: providerName }),
  example: { payment_provider: "sandbox" },
  answer: { status: 201, shape: payment },
  refusals: { unknown_order: 404, illegal_transition: 409, provider_off: 409, too_many_payments: 409 },
  billing,
});

export const webhook = operation({
  id: "paymentWebhook",
  method: "post",
  path: "/payments/webhooks/{provider}",
  summary: "Where payment providers notify (Standard Webhooks signature)",
  who: "visitor",
  keepsPromise: true,
  params: z.object({ provider: z.string().max(32) }),
  rawBody: true,
  answer: { status: 200, shape: z.object({ received: z.literal(true) }) },
  refusals: {
    unknown_provider: 404,
    bad_signature: 401,
    malformed_body: 400,
    unknown_payment: 404,
    payment_unverified: 409,
  },
  billing,
});

export const playSandbox = operation({
  id: "playSandbox",
  method: "post",
  path: "/payments/{id}/sandbox",
  summary: "Play the shopper at the sandbox provider (only where the sandbox is on)",
  who: "visitor",
  keepsPromise: true,
  params: z.object({ id: paymentId }),
  body: z.strictObject({
    outcome: z.enum(outcomes),
    delay_seconds: z
      .int()
      .min(0)
      .max(86_400)
      .optional()
      .describe("For `pending_then_paid` and `late`: how long the provider waits."),
  }),
  example: { outcome: "paid", delay_seconds: 5 },
  answer: { status: 200, shape: payment },
  refusals: { unknown_payment: 404, provider_off: 404, payment_settled: 409 },
  billing,
});
