import type {
  Participate,
  ParticipateAnswer,
  PlaceHeld,
  PlaceHeldAnswer,
  TermsAnswer,
  TermsCommand,
} from "../../../../durable-objects/stock/sale-words.ts";
import type { HandOver, TransferAnswer } from "../../../../durable-objects/stock/unit-transfers.ts";
import type { Ctx } from "../../../platform/context.ts";
import { askBuyersCounter, askCounter, askSlotsCounter } from "../../selling/stock/actions/ask-counter.ts";
import type { Sale } from "./rules/sale.ts";

/** A flash sale's units have a counter of their own. No SKU can have its name: a # never stands in one. */
export const saleStock = ({ sku, id }: Pick<Sale, "sku" | "id">): string => `${sku}#${id}`;

/** Moves so many units from the SKU's counter to the sale's that `total` have ever left for there. */
export const bringUnitsTo = (ctx: Ctx, sale: Pick<Sale, "sku" | "id">, total: number): Promise<TransferAnswer> =>
  handUnitsOver(ctx, sale, { key: `sale ${sale.id} total ${total}`, units: total, inAll: true });

/** Moves units from the SKU's counter to the sale's, once for each key. */
export async function handUnitsOver(
  ctx: Ctx,
  sale: Pick<Sale, "sku" | "id">,
  wish: Omit<HandOver, "kind" | "to">,
): Promise<TransferAnswer> {
  const to = `${ctx.tenant.id}:${saleStock(sale)}`;
  const answer = await askCounter(ctx, sale.sku, async (stub) => stub.handOver({ ...wish, to }));
  if (answer.outcome === "moved" || answer.outcome === "unknown_sku" || answer.outcome === "not_enough") return answer;
  throw Object.assign(new Error(`the units of ${sale.sku} could not be called in in time`), { overloaded: true });
}

/** Nothing is lost: they arrive by an alarm. Until then the caller is asked to come again. */
export const unitsOnTheirWay = (sku: string): Error =>
  Object.assign(new Error(`units of ${sku} are still on their way to the sale`), { overloaded: true });

/** Schedules, edits or cancels a sale at its counter, which has the last word on its terms. */
export const changeSaleTerms = (ctx: Ctx, sale: Pick<Sale, "sku" | "id">, change: TermsCommand): Promise<TermsAnswer> =>
  askCounter(ctx, saleStock(sale), async (stub) => await stub.changeSale(change));

/** The sale's terms as its counter has them. */
export const saleTerms = (ctx: Ctx, sale: Pick<Sale, "sku" | "id">): Promise<Sale | undefined> =>
  askCounter(ctx, saleStock(sale), async (stub) => await stub.sale());

/** What the edit of this Idempotency-Key asked for; undefined when there was none. `sale` is the first part. */
export const editBy = (ctx: Ctx, sale: Pick<Sale, "sku" | "id">, key: string): Promise<string | undefined> =>
  askCounter(ctx, saleStock(sale), async (stub) => await stub.editBy(key));

/** Holds units of a sale for a buyer, and takes the order where it comes along: one decision, one commit. */
export const takePart = (
  ctx: Ctx,
  sale: Pick<Sale, "sku" | "id">,
  wish: Omit<Participate, "kind">,
): Promise<ParticipateAnswer> =>
  askBuyersCounter(ctx, saleStock(sale), wish.buyer, async (stub) => await stub.participate(wish));

/** Takes the order of units that are held. */
export const orderHeld = (
  ctx: Ctx,
  sale: Pick<Sale, "sku" | "id">,
  wish: Omit<PlaceHeld, "kind">,
): Promise<PlaceHeldAnswer> => askSlotsCounter(ctx, saleStock(sale), wish.slot, async (stub) => await stub.order(wish));

/** Who has taken part in a sale so far at the counter that decides about this buyer, as marks, and how many units it has left. */
export const saleBuyers = (ctx: Ctx, sale: Pick<Sale, "sku" | "id">, buyer: string) =>
  askBuyersCounter(ctx, saleStock(sale), buyer, async (stub) => await stub.buyers());

/** The stored truth of a sale's counter, for the invariants. */
export const auditSale = (ctx: Ctx, sale: Pick<Sale, "sku" | "id">) =>
  askCounter(ctx, saleStock(sale), async (stub) => await stub.auditSale());

/** As `saleTransit`, after one more try to bring what is on its way. */
export const settledTransit = (ctx: Ctx, sale: Pick<Sale, "sku" | "id">) => {
  const name = `${ctx.tenant.id}:${saleStock(sale)}`;
  return askCounter(ctx, sale.sku, async (stub) => await stub.deliveredTo(name));
};

/** What the SKU's counter has handed over to a sale and taken back from it. */
export const saleTransit = (ctx: Ctx, sale: Pick<Sale, "sku" | "id">) => {
  const name = `${ctx.tenant.id}:${saleStock(sale)}`;
  return askCounter(ctx, sale.sku, async (stub) => await stub.transfersWith(name));
};
