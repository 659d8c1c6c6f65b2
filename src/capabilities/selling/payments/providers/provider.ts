import type { Ctx } from "../../../../platform/context.ts";
import type { Money } from "../../../../platform/money.ts";
import type { Result } from "../../../../platform/result.ts";

/** What a provider knows of a payment. `unknown` is no failure: ask again, never assume. */
export type ProviderAnswer =
  | { kind: "known"; state: "open" | "pending" | "paid" | "declined"; captured: Money; refunded: Money }
  | { kind: "unknown" };

/** A verified notification: which payment to look up. What it claims about money is not believed. */
export interface Notification {
  eventId: string;
  paymentId: string;
}

/** The port that every payment provider fills. All calls are idempotent by payment id. */
export interface PaymentProvider {
  name: string;
  isOn(env: Env): boolean;
  /** Where the shopper goes to pay, as a path on the shop or an absolute address. */
  payAt(paymentId: string, orderToken: string): string;
  /** Asks the provider for the truth about a payment. */
  lookUp(ctx: Ctx, paymentId: string): Promise<ProviderAnswer>;
  /** Gives back what was captured. `unknown` means: ask again with the same payment. */
  refund(ctx: Ctx, paymentId: string, amount: Money): Promise<"refunded" | "failed" | "unknown">;
  /** Checks signature and time of a notification over the body as it was sent. */
  readNotification(ctx: Ctx, headers: Headers, raw: string): Result<Notification, "bad_signature" | "malformed_body">;
}
