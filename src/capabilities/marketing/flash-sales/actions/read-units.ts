import type { Ctx } from "../../../../platform/context.ts";
import { readStocks } from "../../../selling/stock/actions.ts";
import { saleStock } from "../ask-sale.ts";
import type { OnWire } from "./keep-sale.ts";

/** Units of one SKU of a sale: held wait for an order or its payment, left are for who comes next. */
export interface SaleUnits {
  sold: number;
  held: number;
  left: number;
}

/** Where the units of each SKU of these sales are, in the order of their items; from the mirror, at most about a second old. */
export async function readUnits(
  ctx: Ctx,
  sales: readonly Pick<OnWire, "id" | "items">[],
): Promise<Map<string, SaleUnits[]>> {
  const stock = await readStocks(
    ctx,
    sales.flatMap(({ id, items }) => items.map(({ sku }) => saleStock({ id, sku }))),
  );
  return new Map(
    sales.map(({ id, items }) => [
      id,
      items.map(({ sku, quantity }) => {
        const level = stock.get(saleStock({ id, sku }));
        return { sold: level?.sold ?? 0, held: level?.reserved ?? 0, left: level?.available ?? quantity };
      }),
    ]),
  );
}
