import type { z } from "@hono/zod-openapi";
import { commit } from "../../../platform/commit.ts";
import type { Ctx } from "../../../platform/context.ts";
import { newId } from "../../../platform/ids.ts";
import { ok, type Refused, type Result, refused } from "../../../platform/result.ts";
import { sha256Hex } from "../../../platform/signatures.ts";
import { readStock } from "../../selling/stock/actions.ts";
import type * as contract from "./contract.ts";
import { learnSale, saleOf } from "./remember-sales.ts";
import { type Edit, judgeEdit, onWire, phaseOf, type Sale, wrongTimes } from "./rules/sale.ts";
import { readCursor, writeCursor } from "./rules/sale-cursor.ts";
import { readSaleRow, readSaleRows, writeSale } from "./store.ts";

type OnWire = z.infer<typeof contract.flashSale>;
type NewSale = z.infer<NonNullable<typeof contract.createSale.body>> & { key?: string };
type Change = z.infer<NonNullable<typeof contract.editSale.body>>;

export async function createSale(
  ctx: Ctx,
  input: NewSale,
): Promise<Result<OnWire, "invalid_request" | "unknown_sku" | "not_enough_stock" | "key_reused">> {
  const sale = newSale(ctx, input);
  const wrong = refuseWrong(ctx, sale);
  if (wrong) return wrong;
  const known = await readSaleRow(ctx.env, ctx.tenant.id, sale.id);
  if (known) return isSame(known, sale) ? ok(onWire(known, known.quantity, ctx.now())) : keyReused;
  const stock = await readStock(ctx, sale);
  if (!stock.ok) return stock;
  const { available } = stock.value;
  if (available < sale.quantity)
    return refused("not_enough_stock", "The SKU has fewer units.", { facts: { available } });
  await commit(ctx, [writeSale(ctx.env, ctx.tenant.id, sale)]);
  learnSale(ctx, sale);
  return ok(onWire(sale, sale.quantity, ctx.now()));
}

/** A key names the sale: its id follows from the key. */
function newSale(ctx: Ctx, input: NewSale): Sale {
  const { key } = input;
  return {
    id: key === undefined ? newId("fls") : `fls_${sha256Hex(`${ctx.tenant.id}:${key}`).slice(0, 26)}`,
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
    version: 1,
  };
}

const isSame = (known: Sale, asked: Sale): boolean =>
  JSON.stringify({ ...known, version: 1, cancelledAt: null }) === JSON.stringify(asked);

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
  return sale ? ok(onWire(sale, sale.quantity, ctx.now())) : unknownSale;
}

export async function listSales(
  ctx: Ctx,
  { limit, cursor, sku }: { limit: number; cursor?: string; sku?: string },
): Promise<Result<{ data: OnWire[]; next_cursor: string | null }, "invalid_request">> {
  const scope = `${ctx.tenant.id}:${sku ?? ""}`;
  const after = cursor === undefined ? undefined : readCursor(scope, cursor);
  if (cursor !== undefined && !after)
    return refused("invalid_request", "cursor: It is not one that this list gave out.", {
      errors: [{ field: "cursor", code: "invalid_cursor", detail: "It is not one that this list gave out." }],
    });
  const rows = await ctx.timing.measure("d1", readSaleRows(ctx.env, ctx.tenant.id, { limit: limit + 1, after, sku }));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return ok({
    data: rows.slice(0, limit).map((sale) => onWire(sale, sale.quantity, ctx.now())),
    next_cursor: last ? writeCursor(scope, last) : null,
  });
}

export async function editSale(
  ctx: Ctx,
  { id, ...change }: Change & { id: string },
): Promise<Result<OnWire, "invalid_request" | "unknown_sale" | "would_break_promise" | "sale_over">> {
  const sale = await readSaleRow(ctx.env, ctx.tenant.id, id);
  if (!sale) return unknownSale;
  const verdict = judgeEdit(sale, asEdit(change), ctx.now());
  if (verdict.kind === "over") return saleOver;
  if (verdict.kind === "breaks_promise")
    return refused(
      "would_break_promise",
      `The sale is live; it keeps what it promised: ${verdict.fields.join(", ")}. Nothing was changed.`,
      { facts: { fields: verdict.fields } },
    );
  const wrong = refuseWrong(ctx, verdict.sale);
  if (wrong) return wrong;
  return keep(ctx, verdict.sale);
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
  const phase = phaseOf(sale, ctx.now());
  if (phase === "ended") return saleOver;
  if (phase === "cancelled") return ok(onWire(sale, 0, ctx.now()));
  return keep(ctx, { ...sale, cancelledAt: ctx.now(), version: sale.version + 1 });
}

async function keep(ctx: Ctx, sale: Sale): Promise<Result<OnWire>> {
  await commit(ctx, [writeSale(ctx.env, ctx.tenant.id, sale)]);
  learnSale(ctx, sale);
  return ok(onWire(sale, sale.quantity, ctx.now()));
}

const unknownSale = refused("unknown_sale", "There is no such flash sale.");
const saleOver = refused("sale_over", "The sale has ended or was cancelled.");
const keyReused = refused("key_reused", "This Idempotency-Key was used for another request.");
