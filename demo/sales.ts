import type { DemoSale } from "./types.ts";

/** One sale that is on when the shop opens, and one with a waiting room whose start somebody can wait for. */
export const sales: DemoSale[] = [
  { sku: "LGT-LOT-ROS", price: 6900, quantity: 60, perBuyerLimit: 2, startsInMinutes: 0, lastsMinutes: 720 },
  {
    sku: "LGT-LOT-GLD",
    price: 4900,
    quantity: 24,
    perBuyerLimit: 1,
    startsInMinutes: 10,
    lastsMinutes: 120,
    admitPerSecond: 1,
  },
];
