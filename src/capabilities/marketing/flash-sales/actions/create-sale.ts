import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../../platform/context.ts";
import { newId } from "../../../../platform/ids.ts";
import { ok, type Refused, type Result, refused } from "../../../../platform/result.ts";
import { sha256Hex } from "../../../../platform/signatures.ts";
import { feedJournal, saleJournal } from "../../../selling/orders/actions.ts";
import { changeSaleTerms, handUnitsOver, saleStock, saleTerms, unitsOnTheirWay } from "../ask-sale.ts";
import type * as contract from "../contract.ts";
import { scheduledUnits } from "../rules/draft.ts";
import type { Sale } from "../rules/sale.ts";
import { readSaleParts } from "../store.ts";
import { keep, keyReused, notEnough, type OnWire, refuseWrong, shown } from "./keep-sale.ts";

type NewSale = z.infer<NonNullable<typeof contract.createSale.body>> & { key?: string };
type CreateRefusal = "invalid_request" | "unknown_sku" | "not_enough_stock" | "key_reused";

/**
 * Makes the terms known to the counter of each SKU, then moves the units there: both once, so a repeated call finishes a broken one.
 * Several SKUs are drafts until all have their units; when one has too few, the others give theirs back.
 */
export async function createSale(ctx: Ctx, input: NewSale): Promise<Result<OnWire, CreateRefusal>> {
  const wished = newParts(ctx, input);
  const wrong = refuseWrong(ctx, wished);
  if (wrong) return wrong;
  const [first] = wished;
  const known = first ? await readSaleParts(ctx.env, ctx.tenant.id, first.id) : [];
  if (known.some((it) => it.asked !== first?.asked)) return keyReused;
  if (isWhole(known, wished)) return ok(await shown(ctx, known));
  const results = await Promise.all(wished.map((it) => prepare(ctx, it)));
  const refusal = results.find((it) => it !== undefined);
  if (!refusal) return keep(ctx, await openedParts(ctx, wished));
  if (refusal.code !== "key_reused" && wished.length > 1)
    await Promise.all(wished.map((it) => changeSaleTerms(ctx, it, { kind: "withdraw" })));
  return refusal;
}

/** A call that died while it opened several SKUs has left some of them as drafts: asking again opens those. */
const isWhole = (known: readonly Sale[], wished: readonly Sale[]): boolean =>
  known.length === wished.length || known.some((it) => it.cancelledAt !== null);

async function prepare(
  ctx: Ctx,
  part: Sale,
): Promise<Refused<"unknown_sku" | "not_enough_stock" | "key_reused"> | undefined> {
  const numbers = await feedJournal(ctx, part.journal, saleStock(part));
  const scheduled = await changeSaleTerms(ctx, part, { kind: "schedule", sale: { ...part, numbers, quantity: 0 } });
  if (scheduled.outcome !== "kept" || scheduled.sale.asked !== part.asked) return keyReused;
  const moved = await handUnitsOver(ctx, part, { key: scheduledUnits(scheduled.sale), units: part.quantity });
  if (moved.outcome === "unknown_sku") return refused("unknown_sku", `No stock was ever set for ${part.sku}.`);
  return moved.outcome === "not_enough" ? notEnough(part.sku, moved.available) : undefined;
}

/** The first SKU is opened once all have their units, and says from then on that the sale is open; the others follow. */
async function openedParts(ctx: Ctx, wished: Sale[]): Promise<Sale[]> {
  const made = await Promise.all(wished.map((it) => saleTerms(ctx, it)));
  const late = wished.find((_, place) => made[place]?.quantity === 0);
  if (late) throw unitsOnTheirWay(late.sku);
  const [first, ...others] = wished;
  if (!first) return [];
  const opened = await openedPart(ctx, first);
  return [opened, ...(await Promise.all(others.map((it) => openedPart(ctx, it, opened))))];
}

/** A sale that is open has its units. They come within the call that moves them, or an alarm later: then asking again helps. */
async function openedPart(ctx: Ctx, part: Sale, first?: Sale): Promise<Sale> {
  const opened = part.isDraft ? await openDraft(ctx, part, first) : await saleTerms(ctx, part);
  if (!opened || opened.isDraft || opened.quantity === 0) throw unitsOnTheirWay(part.sku);
  return opened;
}

async function openDraft(ctx: Ctx, part: Sale, first: Sale | undefined): Promise<Sale | undefined> {
  const answer = await changeSaleTerms(ctx, part, { kind: "open", first });
  return answer.outcome === "kept" ? answer.sale : undefined;
}

/** A key names the sale: its id follows from the key. Each SKU has a journal of its own, so that one flood does not slow the others. */
function newParts(ctx: Ctx, { key, ...input }: NewSale): Sale[] {
  const id = key === undefined ? newId("fls") : `fls_${sha256Hex(`${ctx.tenant.id}:${key}`).slice(0, 26)}`;
  const items = itemsOf(input);
  const common = {
    id,
    title: input.title,
    startsAt: Date.parse(input.starts_at),
    endsAt: Date.parse(input.ends_at),
    shards: input.shards,
    eligibility: input.eligibility,
    waitingRoom: input.waiting_room,
    cancelledAt: null,
    numbers: "",
    asked: sha256Hex(JSON.stringify(input)),
    version: 0,
  };
  return items.map(({ sku, sale_price: price, quantity, per_buyer_limit: perBuyerLimit }, position) => ({
    ...common,
    sku,
    price,
    quantity,
    perBuyerLimit,
    journal: saleJournal(position === 0 ? id : `${id} ${position}`),
    ...(position > 0 && { position, first: items[0]?.sku }),
    ...(items.length > 1 && { isDraft: true }),
  }));
}

function itemsOf({ items, sku, sale_price, quantity, per_buyer_limit = 1 }: NewSale): NonNullable<NewSale["items"]> {
  if (items) return items;
  if (sku === undefined || !sale_price || quantity === undefined) throw new Error("the contract asks for a SKU");
  return [{ sku, sale_price, quantity, per_buyer_limit }];
}
