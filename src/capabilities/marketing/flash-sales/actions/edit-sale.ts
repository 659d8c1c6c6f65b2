import type { z } from "@hono/zod-openapi";
import type { TermsAnswer } from "../../../../../durable-objects/stock/sale-words.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { type Refused, type Result, refused } from "../../../../platform/result.ts";
import { sha256Hex } from "../../../../platform/signatures.ts";
import { changeSaleTerms, editBy, saleTerms } from "../ask-sale.ts";
import type * as contract from "../contract.ts";
import { type Edit, type EditStep, judgeEdits, type Sale } from "../rules/sale.ts";
import { readSaleParts } from "../store.ts";
import { bringUnits, returnUnits } from "./bring-units.ts";
import { keep, keyReused, type OnWire, refuseWrong, saleOver, unknownSale } from "./keep-sale.ts";

type Change = z.infer<NonNullable<typeof contract.editSale.body>>;
type Refusal =
  | "invalid_request"
  | "unknown_sale"
  | "would_break_promise"
  | "sale_over"
  | "not_enough_stock"
  | "key_reused";

/** Somebody else edited the sale meanwhile: judged anew with what it is now, this often. */
const ATTEMPTS_MAX = 4;

/**
 * Changes all that is asked for or nothing. It is judged here to refuse before units move; the counter of the first SKU decides for
 * all of them at its clock and brings its decision to the others. What died before the decision is asked for again by the same call.
 */
export async function editSale(
  ctx: Ctx,
  { id, key, ...change }: Change & { id: string; key?: string },
): Promise<Result<OnWire, Refusal>> {
  const by = key === undefined ? undefined : { key, asked: sha256Hex(JSON.stringify(change)) };
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const result = await tryEdit(ctx, id, change, by);
    if (result !== "stale") return result;
  }
  throw Object.assign(new Error(`${id} is edited by too many at once`), { overloaded: true });
}

async function tryEdit(
  ctx: Ctx,
  id: string,
  change: Change,
  by: { key: string; asked: string } | undefined,
): Promise<Result<OnWire, Refusal> | "stale"> {
  const parts = await partsNow(ctx, id);
  const [first] = parts;
  if (!first) return unknownSale;
  const asked = by && (await editBy(ctx, first, by.key));
  if (asked !== undefined && asked !== by?.asked) return keyReused;
  const steps = parts.map((sale): EditStep => ({ sale, edit: asked === undefined ? editOf(sale, change) : {} }));
  const refusal = asked === undefined ? judge(ctx, parts, steps, change) : undefined;
  if (refusal) return refusal;
  const brought = await bringUnits(ctx, steps);
  if (!Array.isArray(brought)) return brought;
  const answer = await changeSaleTerms(ctx, first, { kind: "edit", steps, by });
  if (answer.outcome === "kept") return keep(ctx, await editedParts(ctx, id, answer.sale));
  if (answer.outcome === "stale") return "stale";
  await returnUnits(ctx, brought);
  return refuseAnswer(answer);
}

/** The terms as the counters have them, the first SKU in front. */
async function partsNow(ctx: Ctx, id: string): Promise<Sale[]> {
  const rows = await readSaleParts(ctx.env, ctx.tenant.id, id);
  const found = await Promise.all(rows.map((row) => saleTerms(ctx, row)));
  return found.filter((it) => it !== undefined);
}

/** All SKUs as they are once the edit has reached them, which is within the call or, after a failure, soon. */
async function editedParts(ctx: Ctx, id: string, { edited = 0 }: Sale): Promise<Sale[]> {
  const parts = await partsNow(ctx, id);
  if (parts.every((it) => (it.edited ?? 0) >= edited)) return parts;
  throw Object.assign(new Error(`an edit of ${id} is still on its way to some of its SKUs`), { overloaded: true });
}

function judge(
  ctx: Ctx,
  parts: readonly Sale[],
  steps: readonly EditStep[],
  change: Change,
): Refused<Refusal> | undefined {
  const foreign = refuseForeign(parts, change);
  if (foreign) return foreign;
  const verdict = judgeEdits(steps, ctx.now());
  if (verdict.kind === "over") return saleOver;
  return verdict.kind === "breaks_promise" ? wouldBreak(verdict.fields) : refuseWrong(ctx, verdict.sales);
}

/** A SKU that is not in the sale, and terms of one SKU where there are several, are named. */
function refuseForeign(parts: readonly Sale[], change: Change): Refused<"invalid_request"> | undefined {
  const errors = (change.items ?? []).flatMap(({ sku }, place) =>
    parts.some((it) => it.sku === sku)
      ? []
      : [{ field: `items.${place}.sku`, code: "not_in_sale", detail: `Expected one of ${skusOf(parts)}.` }],
  );
  const { sale_price, quantity, per_buyer_limit } = change;
  for (const [field, value] of Object.entries({ sale_price, quantity, per_buyer_limit }))
    if (parts.length > 1 && value !== undefined)
      errors.push({ field, code: "needs_sku", detail: "Expected within items: the sale has several SKUs." });
  if (errors.length === 0) return undefined;
  return refused("invalid_request", errors.map((it) => `${it.field}: ${it.detail}`).join(" "), { errors });
}

const skusOf = (parts: readonly Sale[]): string => parts.map((it) => it.sku).join(", ");

function editOf({ sku }: Sale, { items, ...change }: Change): Edit {
  const own = { ...change, ...items?.find((it) => it.sku === sku) };
  const edit: Edit = {};
  if (own.title !== undefined) edit.title = own.title;
  if (own.sale_price !== undefined) edit.price = own.sale_price;
  if (own.quantity !== undefined) edit.quantity = own.quantity;
  if (own.starts_at !== undefined) edit.startsAt = Date.parse(own.starts_at);
  if (own.ends_at !== undefined) edit.endsAt = Date.parse(own.ends_at);
  if (own.per_buyer_limit !== undefined) edit.perBuyerLimit = own.per_buyer_limit;
  if (own.eligibility !== undefined) edit.eligibility = own.eligibility;
  if (own.waiting_room !== undefined) edit.waitingRoom = own.waiting_room;
  return edit;
}

function refuseAnswer(
  answer: Exclude<TermsAnswer, { outcome: "kept" }>,
): Refused<"would_break_promise" | "sale_over" | "unknown_sale" | "key_reused"> {
  switch (answer.outcome) {
    case "breaks_promise":
      return wouldBreak(answer.fields);
    case "over":
      return saleOver;
    case "key_reused":
      return keyReused;
    default:
      return unknownSale;
  }
}

const wouldBreak = (fields: string[]): Refused<"would_break_promise"> =>
  refused(
    "would_break_promise",
    `The sale is live; it keeps what it promised: ${fields.join(", ")}. Nothing was changed.`,
    { facts: { fields } },
  );
