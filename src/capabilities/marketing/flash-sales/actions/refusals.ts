import { refused } from "../../../../platform/result.ts";
import type { Sale } from "../rules/sale.ts";

const PASSES = {
  pass_required: "This sale has a waiting room: come with the pass that it gives out.",
  pass_invalid: "The pass was not given out by this shop, or it is not valid yet.",
  pass_expired: "The pass has expired. Queue again for another one.",
  pass_used: "The pass was used before. It lets its buyer in once.",
  pass_foreign: "The pass was given out for another sale or another buyer.",
} as const;

const WHY = {
  country: "The sale does not send to that country.",
  email_domain: "The sale is for other e-mail addresses.",
  per_buyer_limit: "That is more than one buyer may have.",
} as const;

/** Why somebody does not get what they ask of a sale. */
export const refusals = {
  unknownSale: refused("unknown_sale", "There is no such flash sale."),
  incomplete: refused(
    "invalid_request",
    "shipping_address, payment_provider: Both are needed to order at once, none to only take part.",
    {
      errors: ["shipping_address", "payment_provider"].map((field) => ({
        field,
        code: "incomplete_order",
        detail: "Both are needed to order at once, none to only take part.",
      })),
    },
  ),
  whichSku: (parts: readonly Sale[]) => {
    const detail = `Expected one of ${parts.map((it) => it.sku).join(", ")}.`;
    return refused("invalid_request", `sku: ${detail}`, { errors: [{ field: "sku", code: "not_in_sale", detail }] });
  },
  keyReused: refused("key_reused", "This Idempotency-Key was used for another request."),
  providerOff: refused("provider_off", "This shop does not take payments by that provider."),
  journalFull: refused("journal_full", "More orders are waiting than we promise to keep up with. Nothing was held.", {
    retryAfterSeconds: 2,
  }),
  soldOut: (available: number) =>
    refused("sold_out", "There are not enough units left in this sale.", { facts: { available } }),
  alreadyParticipated: (units: number, limit: number) =>
    refused("already_participated", "This buyer has taken part already.", {
      facts: { units, per_buyer_limit: limit },
    }),
  notEligible: (reason: keyof typeof WHY, facts: Record<string, unknown> = {}) =>
    refused("not_eligible", WHY[reason], { facts: { reason, ...facts } }),
  notStarted: (sale: Sale) =>
    refused("not_started", "The sale has not started.", {
      facts: { starts_at: new Date(sale.startsAt).toISOString() },
    }),
  ended: (sale: Sale) =>
    refused("ended", sale.cancelledAt === null ? "The sale has ended." : "The sale was cancelled.", {
      facts: { ends_at: new Date(sale.endsAt).toISOString() },
    }),
  pass: (flaw: keyof typeof PASSES) => refused(flaw, PASSES[flaw]),
} as const;
