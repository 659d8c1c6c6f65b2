import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";

const PAGE_MAX = 500;
const PAGE = 100;
const CURSOR_CHARACTERS_MAX = 600;

const time = z.iso.datetime({ offset: true });

export const usageHour = z
  .object({
    hour: z.string(),
    client: z.string(),
    plan: z.string(),
    meter: z.string(),
    operation: z.string(),
    status_class: z.string(),
    calls: z.int(),
    units: z.int(),
    bytes: z.int(),
    late_calls: z.int(),
    cost_micros: z.int(),
  })
  .openapi("UsageHour");

const billing = { rateLimit: 10, quotaScope: "per-api-key", tier: "basic" } as const;

export const readUsage = operation({
  id: "readUsage",
  method: "get",
  path: "/usage",
  summary: "What was used, by hour, client, operation and class of answers, oldest first",
  description:
    "A key on a sold plan sees its own use, the shop's own keys see everybody's. cost_micros is in millionths of the shop's " +
    "currency unit. A call shows here within seconds; one that a limit refused (429) is not booked. Units beyond calls have the plan business: a key pays for what it set going, " +
    "the client named shop, which is the shop itself, for the rest.",
  who: "staff",
  scope: "usage:read",
  query: z.strictObject({
    from: time.optional(),
    until: time.optional(),
    client: z.string().max(64).optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE),
    cursor: z.string().max(CURSOR_CHARACTERS_MAX).optional(),
  }),
  answer: {
    status: 200,
    shape: z.object({ currency: z.string(), data: z.array(usageHour), next_cursor: z.string().nullable() }),
  },
  refusals: { invalid_request: 422, forbidden: 403 },
  billing: { ...billing, meter: "usage_read" },
});

export const readPriceList = operation({
  id: "readPriceList",
  method: "get",
  path: "/price-list",
  summary: "The plans of API keys: what they allow and what a good call costs; what units beyond calls cost",
  who: "visitor",
  answer: {
    status: 200,
    shape: z.object({
      currency: z.string(),
      plans: z.array(
        z.object({
          name: z.string(),
          rate_factor: z.int(),
          calls_per_month: z.int(),
          micros_per_call: z.int(),
          micros_per_kilobyte: z.int(),
          late_after_ms: z.int(),
          tier: z.string(),
        }),
      ),
      business_meters: z.array(z.object({ meter: z.string(), unit: z.string(), micros_per_unit: z.int() })),
    }),
  },
  refusals: {},
  billing: { ...billing, meter: "price_list" },
});
