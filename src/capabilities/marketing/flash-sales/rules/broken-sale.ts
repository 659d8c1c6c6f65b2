import type { Sale } from "./sale.ts";

/** What a sale's counter says of itself, all summed from storage. */
export interface SaleAudit {
  sale: Sale;
  levels: { onHand: number; reserved: number; sold: number };
  /** Units that came from the SKU's counter, and units that went back. */
  received: number;
  returned: number;
  /** The most units that one buyer holds and has bought. */
  mostOfOneBuyer: number;
  /** Units on their way back to the SKU's counter. */
  leaving: number;
  /** The newest orders, each with where its hold stands. */
  orders: { orderId: string; status: string }[];
}

/** What the SKU's counter says of the sale: units that it handed over and took back, and those it has yet to deliver. */
export interface SaleTransit {
  handedOver: number;
  takenBack: number;
  leaving: number;
}

/** Names each broken truth of a sale (I1, I3, I12). */
export function brokenSale(
  { sale, levels, received, returned, mostOfOneBuyer, leaving }: SaleAudit,
  transit: SaleTransit,
  phase: "before" | "live" | "ended" | "cancelled",
): string[] {
  const broken: string[] = [];
  if (transit.handedOver !== received + transit.leaving)
    broken.push(`${transit.handedOver} units left the SKU, ${received} arrived, ${transit.leaving} are on their way`);
  if (returned !== transit.takenBack + leaving)
    broken.push(`${returned} units went back, ${transit.takenBack} arrived, ${leaving} are on their way`);
  if (received - returned !== levels.onHand + levels.sold) broken.push("units came or went without a transfer");
  if (levels.sold + levels.reserved > sale.quantity)
    broken.push(`${levels.sold + levels.reserved} of ${sale.quantity} units are sold or held`);
  if (mostOfOneBuyer > sale.perBuyerLimit)
    broken.push(`a buyer has ${mostOfOneBuyer} units, the limit is ${sale.perBuyerLimit}`);
  const isOver = phase === "ended" || phase === "cancelled";
  if (!isOver && levels.onHand + levels.sold !== sale.quantity) broken.push("its units are not its quantity");
  return broken;
}
