import type { Ctx } from "../../../platform/context.ts";
import { auditJournal } from "../../selling/orders/actions/audit-journal.ts";
import { auditSale, saleTransit } from "./ask-sale.ts";
import { brokenSale } from "./rules/broken-sale.ts";
import { phaseOf, type Sale } from "./rules/sale.ts";
import { readSales } from "./store.ts";

/** The newest sales are checked one by one; older ones were checked when they were new. */
const CHECKED = 20;

/** Units on their way, units sold, buyers' limits: each of a sale's counters against its terms and against its SKU's. */
export async function salesKeepTheirTerms(ctx: Ctx): Promise<string[]> {
  return eachSale(ctx, async (sale) => {
    const audit = await auditSale(ctx, sale);
    if (!audit) return ["it has no counter"];
    const transit = await saleTransit(ctx, sale);
    return brokenSale(audit, transit, phaseOf(audit.sale, ctx.now()));
  });
}

/** Once a sale's orders have left its counter, its journal and D1 have each of them, and units are held for those that wait. */
export async function salesHaveTheirOrders(ctx: Ctx): Promise<string[]> {
  return eachSale(ctx, async (sale) => {
    const audit = await auditSale(ctx, sale);
    return audit ? auditJournal(ctx, sale.journal, audit.orders) : [];
  });
}

async function eachSale(ctx: Ctx, check: (sale: Sale) => Promise<string[]>): Promise<string[]> {
  const broken: string[] = [];
  for (const part of (await readSales(ctx.env, ctx.tenant.id, { limit: CHECKED })).flat())
    broken.push(...(await check(part)).map((flaw) => `${part.id} ${part.sku}: ${flaw}`));
  return broken;
}
