import type { DemoSale } from "./types.ts";

/** One sale of several things that is on when the shop opens, and one with a waiting room whose start somebody can wait for. */
export const sales: DemoSale[] = [
  {
    title: "灯夜市 Lamplit evening",
    items: [
      { sku: "LGT-LOT-ROS", price: 6900, quantity: 60, perBuyerLimit: 2 },
      { sku: "LGT-LAN-NAT-30", price: 4900, quantity: 15, perBuyerLimit: 1 },
      { sku: "SCN-INC-CED", price: 3900, quantity: 20, perBuyerLimit: 2 },
    ],
    startsInMinutes: 0,
    lastsMinutes: 720,
  },
  {
    items: [{ sku: "LGT-LOT-GLD", price: 4900, quantity: 24, perBuyerLimit: 1 }],
    startsInMinutes: 10,
    lastsMinutes: 120,
    admitPerSecond: 1,
  },
];
