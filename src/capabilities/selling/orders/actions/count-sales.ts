import type { Ctx } from "../../../../platform/context.ts";
import { readUnitsSold } from "../store.ts";

/** Units of paid orders by UTC day and SKU, of orders that were placed from the beginning of the day `since` on. */
export const unitsSoldSince = (ctx: Ctx, since: string): Promise<{ day: string; sku: string; units: number }[]> =>
  ctx.timing.measure("d1", readUnitsSold(ctx.env, ctx.tenant.id, since));
