import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import { sku } from "../../selling/stock/contract.ts";

const billing = { rateLimit: 10, quotaScope: "per-tenant", tier: "premium" } as const;
/** More than any plan promises; what the shards of one SKU carry is in the answer. */
const CONVERSIONS_PER_SECOND_MAX = 1_000_000;

const capacity = z.object({
  sku: z.string(),
  shards: z.int().describe("1 means one counter, which is not divided."),
  epoch: z.int().describe("Grows whenever buyers are sent to another shard."),
  state: z
    .enum(["moving", "settled"])
    .describe("`moving` while buyers' slots are on their way to their shards; the SKU sells all the while."),
  safe_conversions: z.int().describe("Conversions a second that this many shards carry with room to spare."),
});

export const adjustedCapacity = capacity.extend({ shards_before: z.int() }).openapi("AdjustedCapacity");

export const readCapacity = capacity
  .extend({
    slots: z
      .array(z.int())
      .describe("How many of the 64 slots of buyers each shard has, in order; empty while there is one counter."),
    parent_messages: z
      .object({ asks: z.int(), call_ins: z.int(), reports: z.int() })
      .describe(
        "Messages between shards and the parent so far: requests for units, units called in, reports of levels.",
      ),
    units_handed_out: z.int(),
    units_called_in: z.int(),
  })
  .openapi("Capacity");

export const adjustAutoscale = operation({
  id: "adjustAutoscale",
  method: "post",
  path: "/autoscale/adjust",
  summary: "Divide a SKU's counter for an expected rush, or bring it back into one, while it sells",
  who: "staff",
  scope: "capacity:write",
  query: z.strictObject({
    sku,
    target_conversions: z
      .string()
      .regex(/^\d{1,7}$/, "A whole number of conversions a second.")
      .transform(Number)
      .pipe(z.int().min(1).max(CONVERSIONS_PER_SECOND_MAX))
      .openapi({
        type: "integer",
        description: "Conversions a second that are expected, at the peak. 1 brings the SKU back into one counter.",
        example: 2_000,
      }),
  }),
  answer: { status: 200, shape: adjustedCapacity },
  refusals: { unknown_sku: 404 },
  billing: { ...billing, meter: "autoscale_adjust", hook: "pre-charge" },
});

export const readAutoscale = operation({
  id: "readAutoscale",
  method: "get",
  path: "/autoscale/{sku}",
  summary: "How a SKU's counter is divided, and how much its parts had to tell each other",
  who: "staff",
  scope: "capacity:read",
  params: z.object({ sku }),
  answer: { status: 200, shape: readCapacity },
  refusals: { unknown_sku: 404 },
  billing: { ...billing, meter: "autoscale_read" },
});
