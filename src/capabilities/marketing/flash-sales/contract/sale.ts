import { z } from "@hono/zod-openapi";
import { money } from "../../../../platform/money.ts";
import { sku, UNITS_MAX } from "../../../selling/stock/contract.ts";

/** Units that one buyer may be allowed at most. */
const BUYER_UNITS_MAX = 100;
/** SKUs of one sale. */
export const ITEMS_MAX = 20;
const SHARDS_MAX = 64;
const ADMITTED_PER_SECOND_MAX = 100_000;
const PASS_SECONDS = 300;
const PASS_SECONDS_MAX = 3_600;
const TITLE_CHARACTERS_MAX = 120;
const COUNTRIES_MAX = 250;
const DOMAINS_MAX = 50;

export const saleId = z.string().regex(/^fls_[0-9a-z]{26}$/, "Not a flash sale's id.");
const time = z.iso.datetime({ offset: true }).max(40);
const units = z.int().min(1).max(UNITS_MAX);
export const buyerUnits = z.int().min(1).max(BUYER_UNITS_MAX);

/** Who may take part. An empty list lets everybody in. */
export const eligibility = z
  .strictObject({
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/, "Expected an ISO 3166-1 code such as CN."))
      .max(COUNTRIES_MAX)
      .default([])
      .describe("Countries that orders may be sent to (ISO 3166-1 alpha-2)."),
    email_domains: z
      .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "Expected a domain in lower case such as example.com."))
      .max(DOMAINS_MAX)
      .default([])
      .describe("What may stand after the @ of the buyer's address."),
  })
  .openapi("Eligibility");

const waitingRoom = z.strictObject({
  admit_per_second: z.int().min(1).max(ADMITTED_PER_SECOND_MAX),
  burst: z
    .int()
    .min(1)
    .max(ADMITTED_PER_SECOND_MAX)
    .nullable()
    .default(null)
    .describe(
      "The most that are let in at once after a quiet time, and at the start; null means what the rate gives in a second.",
    ),
  pass_seconds: z
    .int()
    .min(10)
    .max(PASS_SECONDS_MAX)
    .default(PASS_SECONDS)
    .describe("How long a pass may be used; then its room goes to the next."),
  live_passes_max: z
    .int()
    .min(1)
    .max(UNITS_MAX)
    .nullable()
    .default(null)
    .describe("The most passes that are neither used nor expired; null means as many as the rate gives."),
});

export const saleStates = ["before", "live", "sold_out", "ended", "cancelled"] as const;

/** One SKU of a sale: its own price, units and limit. */
export const saleItem = z
  .object({
    sku: z.string(),
    sale_price: money,
    quantity: z.int(),
    remaining: z.int().describe("Units nobody holds or has bought; at most about a second old."),
    per_buyer_limit: z.int(),
  })
  .openapi("FlashSaleItem");

export const flashSale = z
  .object({
    id: z.string(),
    title: z.string().nullable(),
    items: z.array(saleItem).describe("Its SKUs in the order in which they were given."),
    sku: z.string().describe("The first SKU, its price and its limit: all there is to know of a sale of one SKU."),
    sale_price: money,
    per_buyer_limit: z.int(),
    quantity: z.int().describe("Units of all its SKUs."),
    remaining: z.int(),
    starts_at: z.string(),
    ends_at: z.string(),
    shards: z.int().describe("Counters that share the units of each SKU."),
    eligibility,
    waiting_room: waitingRoom.nullable().describe("When it is set, taking part needs a pass from the waiting room."),
    state: z
      .enum(saleStates)
      .describe("By the server's clock, which is in `server_time`. It is sold out when all of its SKUs are."),
    server_time: z.string(),
    version: z.int().describe("Grows with every edit."),
  })
  .openapi("FlashSale");

/** What a sale promises of each SKU. */
const itemTerms = { sale_price: money.strict(), quantity: units, per_buyer_limit: buyerUnits };

const common = {
  title: z
    .string()
    .trim()
    .min(1)
    .max(TITLE_CHARACTERS_MAX)
    .regex(/^[^\p{Cc}]*$/u, "Expected one line of text.")
    .nullable(),
  starts_at: time,
  ends_at: time,
  eligibility,
  waiting_room: waitingRoom.nullable(),
};

/** A list of SKUs names each of them once. */
const eachOnce = (items: readonly { sku: string }[]): boolean =>
  new Set(items.map((it) => it.sku)).size === items.length;
const TWICE = "Expected each SKU once.";

const newItem = z.strictObject({ sku, ...itemTerms, per_buyer_limit: buyerUnits.default(1) });
const itemEdit = z.strictObject({ sku }).extend(z.strictObject(itemTerms).partial().shape);

/** Either `items`, or the one SKU with its price and quantity, and not both. */
function namesItsItems(body: { [name in "items" | OneSkuField]?: unknown }, issues: z.RefinementCtx): void {
  const isList = body.items !== undefined;
  for (const field of ONE_SKU) {
    const isThere = body[field] !== undefined;
    if (isList && isThere) issues.addIssue({ code: "custom", path: [field], message: "Expected within items." });
    if (!isList && !isThere && field !== "per_buyer_limit")
      issues.addIssue({ code: "custom", path: [field], message: "Expected here, or in items for each SKU." });
  }
}
const ONE_SKU = ["sku", "sale_price", "quantity", "per_buyer_limit"] as const;
type OneSkuField = (typeof ONE_SKU)[number];

/** A sale as it is asked for. */
export const newSale = z
  .strictObject({
    items: z.array(newItem).min(1).max(ITEMS_MAX).refine(eachOnce, TWICE).optional(),
    sku: sku.optional(),
    ...z.object(itemTerms).partial().shape,
    ...common,
    title: common.title.default(null),
    eligibility: eligibility.default({ countries: [], email_domains: [] }),
    waiting_room: common.waiting_room.default(null),
    shards: z
      .int()
      .min(1)
      .max(SHARDS_MAX)
      .default(1)
      .describe("Counters that share the units of each SKU: more of them take more buyers a second."),
  })
  .superRefine(namesItsItems);

/** What an edit may name. */
export const saleEdit = z
  .strictObject({
    ...common,
    ...itemTerms,
    items: z.array(itemEdit).min(1).max(ITEMS_MAX).refine(eachOnce, TWICE),
  })
  .partial();
