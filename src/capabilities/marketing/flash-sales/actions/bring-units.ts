import type { Ctx } from "../../../../platform/context.ts";
import type { Refused } from "../../../../platform/result.ts";
import { readStock } from "../../../selling/stock/actions.ts";
import { bringUnitsTo, changeSaleTerms, saleTerms, settledTransit, unitsOnTheirWay } from "../ask-sale.ts";
import type { EditStep, Sale } from "../rules/sale.ts";
import { notEnough } from "./keep-sale.ts";

/** Units that came for an edit: with them `total` have ever left the SKU for the sale. */
export interface Brought {
  part: Sale;
  units: number;
  total: number;
}

/**
 * Brings the units that an edit adds. It asks for as many as make the wanted quantity, not for so many more, so that asking again
 * brings none twice. All SKUs are looked at first; where one has too few to give, the others give back what came.
 */
export async function bringUnits(
  ctx: Ctx,
  steps: readonly EditStep[],
): Promise<Brought[] | Refused<"not_enough_stock">> {
  const missing = ({ sale, edit }: EditStep): number => (edit.quantity ?? 0) - sale.quantity;
  const growing = steps.filter((it) => missing(it) > 0);
  for (const step of growing.length > 1 ? growing : []) {
    const level = await readStock(ctx, { sku: step.sale.sku });
    const available = level.ok ? level.value.available : 0;
    if (available < missing(step)) return notEnough(step.sale.sku, available);
  }
  const brought: Brought[] = [];
  for (const { sale, edit } of steps) {
    if (edit.quantity === undefined) continue;
    const moved = await bringUpTo(ctx, sale, edit.quantity);
    if (moved && !("total" in moved)) {
      await returnUnits(ctx, brought);
      return moved;
    }
    if (moved) brought.push(moved);
  }
  return brought;
}

async function bringUpTo(
  ctx: Ctx,
  { id, sku }: Sale,
  quantity: number,
): Promise<Brought | Refused<"not_enough_stock"> | undefined> {
  // First what has left, then what has arrived: whoever edits at the same time can only make this bring too few.
  const { handedOver, leaving } = await settledTransit(ctx, { id, sku });
  const part = await saleTerms(ctx, { id, sku });
  if (leaving > 0 || !part) throw unitsOnTheirWay(sku);
  const units = quantity - part.quantity;
  if (units <= 0) return undefined;
  const moved = await bringUnitsTo(ctx, part, handedOver + units);
  if (moved.outcome === "not_enough") return notEnough(sku, moved.available);
  const arrived = await saleTerms(ctx, part);
  if (!arrived || arrived.quantity < quantity) throw unitsOnTheirWay(sku);
  return { part, units, total: handedOver + units };
}

/** An edit that was refused keeps none of the units that came for it. */
export async function returnUnits(ctx: Ctx, brought: readonly Brought[]): Promise<void> {
  for (const { part, units, total } of brought)
    await changeSaleTerms(ctx, part, {
      kind: "return",
      key: `back ${part.id} of total ${total}`,
      units,
      edited: part.edited ?? 0,
    });
}
