import type { z } from "@hono/zod-openapi";
import type { TermsAnswer } from "../../../../../durable-objects/stock/sale-words.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { newId } from "../../../../platform/ids.ts";
import { type Refused, type Result, refused } from "../../../../platform/result.ts";
import { readStock } from "../../../selling/stock/actions.ts";
import { changeSaleTerms, handUnitsOver, saleTerms } from "../ask-sale.ts";
import type * as contract from "../contract.ts";
import { type Edit, itemField, judgeEdit, type Sale } from "../rules/sale.ts";
import { readSaleParts } from "../store.ts";
import { keep, notEnough, type OnWire, refuseWrong, unknownSale } from "./keep-sale.ts";

type Change = z.infer<NonNullable<typeof contract.editSale.body>>;
type EditRefusal = "invalid_request" | "unknown_sale" | "would_break_promise" | "sale_over" | "not_enough_stock";

/** What an edit makes of one SKU of a sale. */
interface Step {
  part: Sale;
  edit: Edit;
  edited: Sale;
}

/** Judged here to refuse before units move, and once more by the counters; the first of them, by its clock, decides for all. */
export async function editSale(
  ctx: Ctx,
  { id, ...change }: Change & { id: string },
): Promise<Result<OnWire, EditRefusal>> {
  const parts = await partsNow(ctx, id);
  if (parts.length === 0) return unknownSale;
  const foreign = refuseForeign(parts, change);
  if (foreign) return foreign;
  const steps = planSteps(ctx, parts, change);
  if (!Array.isArray(steps)) return steps;
  const edited = parts.map((part) => steps.find((it) => it.part === part)?.edited ?? part);
  const short = refuseWrong(ctx, edited) ?? (await fetchUnits(ctx, steps));
  if (short) return short;
  return carryOut(ctx, parts, steps);
}

/** The terms as the counters have them. */
async function partsNow(ctx: Ctx, id: string): Promise<Sale[]> {
  const rows = await readSaleParts(ctx.env, ctx.tenant.id, id);
  const found = await Promise.all(rows.map((row) => saleTerms(ctx, row)));
  return found.filter((it) => it !== undefined);
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

/** The steps of an edit, in the order of the SKUs, or why there are none. */
function planSteps(ctx: Ctx, parts: readonly Sale[], change: Change): Step[] | Refused<EditRefusal> {
  const steps: Step[] = [];
  const broken = new Set<string>();
  for (const part of parts) {
    const edit = editOf(part, change);
    const verdict = judgeEdit(part, edit, ctx.now());
    if (verdict.kind === "over") return saleOver;
    if (verdict.kind === "breaks_promise") for (const it of verdict.fields) broken.add(itemField(part, parts, it));
    else if (Object.keys(edit).length > 0 || parts.length === 1) steps.push({ part, edit, edited: verdict.sale });
  }
  return broken.size > 0 ? wouldBreak([...broken]) : steps;
}

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

/** Brings the units that an edit adds. Several SKUs are looked at first, so that none gets more when another has too few to give. */
async function fetchUnits(ctx: Ctx, steps: readonly Step[]): Promise<Refused<"not_enough_stock"> | undefined> {
  const growing = steps.filter(({ part, edited }) => edited.quantity > part.quantity);
  for (const { part, edited } of growing.length > 1 ? growing : []) {
    const level = await readStock(ctx, { sku: part.sku });
    const available = level.ok ? level.value.available : 0;
    if (available < edited.quantity - part.quantity) return notEnough(part.sku, available);
  }
  for (const { part, edit, edited } of growing) {
    const units = edited.quantity - part.quantity;
    const moved = await handUnitsOver(ctx, part, { key: `${part.id} ${newId("more")}`, units });
    if (moved.outcome === "not_enough") return notEnough(part.sku, moved.available);
    delete edit.quantity;
  }
  return undefined;
}

async function carryOut(ctx: Ctx, parts: Sale[], steps: readonly Step[]): Promise<Result<OnWire, EditRefusal>> {
  const changed = new Map<string, Sale>();
  let at: number | undefined;
  for (const { part, edit } of steps) {
    const answer = await changeSaleTerms(ctx, part, { kind: "edit", edit, at });
    if (answer.outcome !== "kept") return refuseAnswer(answer, (field) => itemField(part, parts, field));
    changed.set(part.sku, answer.sale);
    at ??= answer.at;
  }
  return keep(
    ctx,
    parts.map((it) => changed.get(it.sku) ?? it),
  );
}

function refuseAnswer(
  answer: Exclude<TermsAnswer, { outcome: "kept" }>,
  nameOf: (field: string) => string,
): Refused<"would_break_promise" | "sale_over" | "unknown_sale"> {
  if (answer.outcome === "breaks_promise") return wouldBreak(answer.fields.map(nameOf));
  return answer.outcome === "over" ? saleOver : unknownSale;
}

/** Cancels SKU by SKU, the first in front, which says whether there is still something to cancel; a repeated call finishes a broken one. */
export async function cancelSale(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<OnWire, "unknown_sale" | "sale_over">> {
  const parts = await readSaleParts(ctx.env, ctx.tenant.id, id);
  if (parts.length === 0) return unknownSale;
  const cancelled: Sale[] = [];
  for (const part of parts) {
    const answer = await changeSaleTerms(ctx, part, { kind: "cancel" });
    if (answer.outcome === "unknown") return unknownSale;
    if (answer.outcome !== "kept" && cancelled.length === 0) return saleOver;
    cancelled.push(answer.outcome === "kept" ? answer.sale : part);
  }
  return keep(ctx, cancelled);
}

const wouldBreak = (fields: string[]): Refused<"would_break_promise"> =>
  refused(
    "would_break_promise",
    `The sale is live; it keeps what it promised: ${fields.join(", ")}. Nothing was changed.`,
    { facts: { fields } },
  );
const saleOver = refused("sale_over", "The sale has ended or was cancelled.");
