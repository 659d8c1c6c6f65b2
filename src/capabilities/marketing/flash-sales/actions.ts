import { z } from "@hono/zod-openapi";
import type { TermsAnswer } from "../../../../durable-objects/stock/sale-words.ts";
import { commit } from "../../../platform/commit.ts";
import type { Ctx } from "../../../platform/context.ts";
import { newId } from "../../../platform/ids.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { ok, type Refused, type Result, refused } from "../../../platform/result.ts";
import { sha256Hex } from "../../../platform/signatures.ts";
import { feedJournal, saleJournal } from "../../selling/orders/actions.ts";
import { readStocks } from "../../selling/stock/actions.ts";
import { changeSaleTerms, handUnitsOver, saleStock, saleTerms } from "./ask-sale.ts";
import type * as contract from "./contract.ts";
import { forgetRemaining, learnSale, remainingOf, saleOf } from "./remember-sales.ts";
import { type Edit, judgeEdit, onWire, type Sale, wrongTimes } from "./rules/sale.ts";
import { readSaleRow, readSaleRows, writeSale } from "./store.ts";

type OnWire = z.infer<typeof contract.flashSale>;
type NewSale = z.infer<NonNullable<typeof contract.createSale.body>> & { key?: string };
type Change = z.infer<NonNullable<typeof contract.editSale.body>>;

type CreateRefusal = "invalid_request" | "unknown_sku" | "not_enough_stock" | "key_reused";

/** Makes the terms known to the sale's counter, then moves the units there: both once, so a repeated call finishes a broken one. */
export async function createSale(ctx: Ctx, input: NewSale): Promise<Result<OnWire, CreateRefusal>> {
  const wished = newSale(ctx, input);
  const wrong = refuseWrong(ctx, wished);
  if (wrong) return wrong;
  const known = await readSaleRow(ctx.env, ctx.tenant.id, wished.id);
  if (known) return known.asked === wished.asked ? ok(await shown(ctx, known)) : keyReused;
  const numbers = await feedJournal(ctx, wished.journal, saleStock(wished));
  const prepared = { ...wished, numbers, quantity: 0, version: 0 };
  const scheduled = await changeSaleTerms(ctx, wished, { kind: "schedule", sale: prepared });
  if (scheduled.outcome !== "kept" || scheduled.sale.asked !== wished.asked) return keyReused;
  const moved = await handUnitsOver(ctx, wished, { key: wished.id, units: wished.quantity });
  if (moved.outcome === "unknown_sku") return refused("unknown_sku", `No stock was ever set for ${wished.sku}.`);
  if (moved.outcome === "not_enough") return notEnough(moved.available);
  return keep(ctx, await openedSale(ctx, wished));
}

/** A sale that is open has its units. They come within the call that moves them, or an alarm later: then asking again helps. */
async function openedSale(ctx: Ctx, sale: Pick<Sale, "sku" | "id">): Promise<Sale> {
  const opened = await saleTerms(ctx, sale);
  if (!opened || opened.quantity === 0) throw new Error(`the units of ${sale.id} are still on their way`);
  return opened;
}

/** A key names the sale: its id follows from the key. */
function newSale(ctx: Ctx, { key, ...input }: NewSale): Sale {
  const id = key === undefined ? newId("fls") : `fls_${sha256Hex(`${ctx.tenant.id}:${key}`).slice(0, 26)}`;
  return {
    id,
    sku: input.sku,
    title: input.title,
    price: input.sale_price,
    quantity: input.quantity,
    startsAt: Date.parse(input.starts_at),
    endsAt: Date.parse(input.ends_at),
    perBuyerLimit: input.per_buyer_limit,
    shards: input.shards,
    eligibility: input.eligibility,
    waitingRoom: input.waiting_room,
    cancelledAt: null,
    journal: saleJournal(id),
    numbers: "",
    asked: sha256Hex(JSON.stringify(input)),
    version: 0,
  };
}

function refuseWrong(ctx: Ctx, sale: Sale): Refused<"invalid_request"> | undefined {
  const errors = wrongTimes(sale, ctx.now()).map((it) => ({ ...it, code: "wrong_time" }));
  if (sale.price.currency !== ctx.tenant.currency)
    errors.push({
      field: "sale_price.currency",
      code: "wrong_currency",
      detail: `Expected the shop's currency ${ctx.tenant.currency}.`,
    });
  if (errors.length === 0) return undefined;
  return refused("invalid_request", errors.map((it) => `${it.field}: ${it.detail}`).join(" "), { errors });
}

export async function readSale(ctx: Ctx, { id }: { id: string }): Promise<Result<OnWire, "unknown_sale">> {
  const sale = await saleOf(ctx, id);
  return sale ? ok(await shown(ctx, sale)) : unknownSale;
}

const salePlace = z.tuple([z.int(), z.string()]);

export async function listSales(
  ctx: Ctx,
  { limit, cursor, sku }: { limit: number; cursor?: string; sku?: string },
): Promise<Result<{ data: OnWire[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} sales ${sku ?? ""}`;
  const place = cursor === undefined ? undefined : readCursor(list, salePlace, cursor);
  if (cursor !== undefined && !place) return foreignCursor;
  const after = place && { startsAt: place[0], id: place[1] };
  const rows = await ctx.timing.measure("d1", readSaleRows(ctx.env, ctx.tenant.id, { limit: limit + 1, after, sku }));
  const stock = await readStocks(ctx, rows.map(saleStock));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return ok({
    data: rows
      .slice(0, limit)
      .map((sale) => onWire(sale, stock.get(saleStock(sale))?.available ?? sale.quantity, ctx.now())),
    next_cursor: last ? writeCursor(list, [last.startsAt, last.id]) : null,
  });
}

type EditRefusal = "invalid_request" | "unknown_sale" | "would_break_promise" | "sale_over" | "not_enough_stock";

/** Judged here to refuse before units move, and once more by the sale's counter, whose clock decides. */
export async function editSale(
  ctx: Ctx,
  { id, ...change }: Change & { id: string },
): Promise<Result<OnWire, EditRefusal>> {
  const row = await readSaleRow(ctx.env, ctx.tenant.id, id);
  const sale = row && (await saleTerms(ctx, row));
  if (!sale) return unknownSale;
  const edit = asEdit(change);
  const verdict = judgeEdit(sale, edit, ctx.now());
  if (verdict.kind === "over") return saleOver;
  if (verdict.kind === "breaks_promise") return wouldBreak(verdict.fields);
  const wrong = refuseWrong(ctx, verdict.sale);
  if (wrong) return wrong;
  const units = verdict.sale.quantity - sale.quantity;
  if (units > 0) {
    const moved = await handUnitsOver(ctx, sale, { key: `${id} ${newId("more")}`, units });
    if (moved.outcome === "not_enough") return notEnough(moved.available);
    delete edit.quantity;
  }
  return afterChange(ctx, await changeSaleTerms(ctx, sale, { kind: "edit", edit }));
}

function asEdit(change: Change): Edit {
  const edit: Edit = {};
  if (change.title !== undefined) edit.title = change.title;
  if (change.sale_price !== undefined) edit.price = change.sale_price;
  if (change.quantity !== undefined) edit.quantity = change.quantity;
  if (change.starts_at !== undefined) edit.startsAt = Date.parse(change.starts_at);
  if (change.ends_at !== undefined) edit.endsAt = Date.parse(change.ends_at);
  if (change.per_buyer_limit !== undefined) edit.perBuyerLimit = change.per_buyer_limit;
  if (change.eligibility !== undefined) edit.eligibility = change.eligibility;
  if (change.waiting_room !== undefined) edit.waitingRoom = change.waiting_room;
  return edit;
}

export async function cancelSale(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<OnWire, "unknown_sale" | "sale_over">> {
  const sale = await readSaleRow(ctx.env, ctx.tenant.id, id);
  if (!sale) return unknownSale;
  const answer = await changeSaleTerms(ctx, sale, { kind: "cancel" });
  if (answer.outcome === "kept") return keep(ctx, answer.sale);
  return answer.outcome === "unknown" ? unknownSale : saleOver;
}

async function afterChange(ctx: Ctx, answer: TermsAnswer): Promise<Result<OnWire, EditRefusal>> {
  switch (answer.outcome) {
    case "kept":
      return keep(ctx, answer.sale);
    case "breaks_promise":
      return wouldBreak(answer.fields);
    case "over":
      return saleOver;
    case "unknown":
      return unknownSale;
  }
}

/** The counter keeps the sale; D1 hears of it here at once, and from the counter if this call dies. */
async function keep(ctx: Ctx, sale: Sale): Promise<Result<OnWire>> {
  await commit(ctx, [writeSale(ctx.env, ctx.tenant.id, sale)]);
  learnSale(ctx, sale);
  forgetRemaining(ctx, sale.id);
  return ok(await shown(ctx, sale));
}

const shown = async (ctx: Ctx, sale: Sale): Promise<OnWire> => onWire(sale, await remainingOf(ctx, sale), ctx.now());

const wouldBreak = (fields: string[]): Refused<"would_break_promise"> =>
  refused(
    "would_break_promise",
    `The sale is live; it keeps what it promised: ${fields.join(", ")}. Nothing was changed.`,
    { facts: { fields } },
  );
const notEnough = (available: number): Refused<"not_enough_stock"> =>
  refused("not_enough_stock", "The SKU has fewer units to give.", { facts: { available } });
const unknownSale = refused("unknown_sale", "There is no such flash sale.");
const saleOver = refused("sale_over", "The sale has ended or was cancelled.");
const keyReused = refused("key_reused", "This Idempotency-Key was used for another request.");
