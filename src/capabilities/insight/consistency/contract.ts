import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import { copyNames, reasons } from "./rules.ts";

const LINK_HOURS_MAX = 24 * 90;
const LINK_HOURS = 24 * 30;
const SIGNATURE_MAX = 64;

const billing = { meter: "consistency", rateLimit: 10, quotaScope: "per-tenant", tier: "basic" } as const;
const ratio = z.number().min(0).max(1);

const level = z
  .object({
    available: z.int(),
    on_hand: z.int().nullable().describe("Null, like the next two: this copy only says what is available."),
    reserved: z.int().nullable(),
    sold: z.int().nullable(),
    version: z.int(),
  })
  .nullable();

export const drift = z
  .object({
    id: z.int(),
    sku: z.string(),
    shard: z.int().nullable().describe("Null: the SKU as a whole."),
    copy: z
      .enum(copyNames)
      .describe(
        "Which copy was wrong: the mirror in D1, the search index, or what the parent of a divided SKU heard of a shard.",
      ),
    reason: z.enum(reasons),
    seen: level.describe("Null: it said nothing."),
    expected: level.describe("What the counter said. Null: the SKU was never stocked."),
    found_at: z.string(),
    repaired_at: z.string().nullable().describe("Null: the repair failed and is tried again at the next check."),
  })
  .openapi("StockDrift");

export const report = z
  .object({
    running: z.boolean(),
    /** Of all SKUs, by their latest check; lagging within the allowance counts as consistent. */
    ratio,
    skus: z.int(),
    lagging: z.int(),
    checks: z.int(),
    checked_at: z.string().nullable(),
    shards: z
      .array(z.object({ shard: z.int().nullable(), ratio, skus: z.int() }))
      .describe(
        "Null: whole SKUs, against their mirror; a number: that shard of divided SKUs, against what its parent heard of it.",
      ),
    mismatches: z.array(z.object({ copy: z.enum(copyNames), reason: z.enum(reasons), total: z.int() })),
    recent: z
      .array(z.object({ at: z.string(), skus: z.int(), drifted: z.int() }))
      .describe("The last minute of checks, oldest first."),
    drifts: z.array(drift).describe("The latest drifts, newest first."),
  })
  .openapi("StockConsistency");

const staff = { who: "staff", scope: "consistency:read", billing } as const;

export const readConsistency = operation({
  ...staff,
  id: "readConsistency",
  method: "get",
  path: "/consistency",
  summary: "Whether the copies of stock agree with its counters, and what was repaired",
  answer: { status: 200, shape: report },
  refusals: {},
});

export const checkConsistency = operation({
  ...staff,
  scope: "consistency:write",
  id: "checkConsistency",
  method: "post",
  path: "/consistency/checks",
  summary: "Check now instead of at the next second, and repair what drifted",
  answer: { status: 200, shape: report },
  refusals: {},
});

export const readMetrics = operation({
  ...staff,
  id: "readConsistencyMetrics",
  method: "get",
  path: "/consistency/metrics",
  summary: "inventory_consistency_ratio and inventory_mismatch_total in the Prometheus text format",
  answer: { status: 200, type: "text/plain; version=0.0.4; charset=utf-8" },
  refusals: {},
});

export const createLink = operation({
  ...staff,
  scope: "consistency:write",
  id: "createMonitorLink",
  method: "post",
  path: "/consistency/links",
  summary: "A link to the monitor's page that opens without a key until it ends",
  body: z.strictObject({ hours: z.int().min(1).max(LINK_HOURS_MAX).default(LINK_HOURS) }),
  example: { hours: 24 },
  answer: { status: 201, shape: z.object({ url: z.string(), expires_at: z.string() }) },
  refusals: {},
});

/** What a link to the page carries: when it ends (seconds since 1970) and its signature. */
export const linkQuery = z.object({
  until: z.coerce.number().int().positive(),
  signature: z.string().min(1).max(SIGNATURE_MAX),
});
