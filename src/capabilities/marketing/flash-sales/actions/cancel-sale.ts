import type { Ctx } from "../../../../platform/context.ts";
import type { Result } from "../../../../platform/result.ts";
import { changeSaleTerms } from "../ask-sale.ts";
import type { Sale } from "../rules/sale.ts";
import { readSaleParts } from "../store.ts";
import { keep, type OnWire, saleOver, unknownSale } from "./keep-sale.ts";

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
