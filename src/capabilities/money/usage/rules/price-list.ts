/** What a key's plan allows and costs. Money is in millionths of the shop's currency unit. */
export interface SoldPlan {
  name: "bronze" | "silver" | "gold";
  /** How many times the calls per second that a contract line promises. */
  rateFactor: number;
  callsPerMonth: number;
  microsPerCall: number;
  /** Per 1,024 bytes of an answer's body, by the byte. */
  microsPerKilobyte: number;
  /** A call that takes longer is late: the plan's service level. */
  lateAfterMs: number;
  /** The most expensive tier of operations that the plan opens. */
  tier: "basic" | "premium" | "enterprise";
}

export const priceList: readonly SoldPlan[] = [
  {
    name: "bronze",
    rateFactor: 1,
    callsPerMonth: 1_000_000,
    microsPerCall: 1_000,
    microsPerKilobyte: 500,
    lateAfterMs: 500,
    tier: "basic",
  },
  {
    name: "silver",
    rateFactor: 4,
    callsPerMonth: 10_000_000,
    microsPerCall: 2_000,
    microsPerKilobyte: 800,
    lateAfterMs: 200,
    tier: "premium",
  },
  {
    name: "gold",
    rateFactor: 20,
    callsPerMonth: 200_000_000,
    microsPerCall: 5_000,
    microsPerKilobyte: 1_500,
    lateAfterMs: 100,
    tier: "enterprise",
  },
];

/** What units beyond calls cost, whatever the plan. */
export const unitPrices = [
  { meter: "orders_placed", unit: "placed order", microsPerUnit: 1_000 },
  { meter: "orders_paid", unit: "paid order", microsPerUnit: 20_000 },
  { meter: "flash_participations", unit: "won participation in a flash sale", microsPerUnit: 2_000 },
  { meter: "webhook_deliveries", unit: "delivered webhook", microsPerUnit: 50 },
  { meter: "searches", unit: "search", microsPerUnit: 100 },
  { meter: "pictures_published", unit: "published picture", microsPerUnit: 5_000 },
  { meter: "imported_rows", unit: "imported row", microsPerUnit: 10 },
] as const;

export const priceOfUnit = (meter: string): number => {
  const price = unitPrices.find((it) => it.meter === meter);
  if (!price) throw new Error(`the price list knows no ${meter}`);
  return price.microsPerUnit;
};

export const planNamed = (name: string): SoldPlan | undefined => priceList.find((it) => it.name === name);

const TIERS = ["basic", "premium", "enterprise"] as const;

/** Whether a plan opens operations of this tier. */
export const opensTier = (plan: SoldPlan, tier: (typeof TIERS)[number]): boolean =>
  TIERS.indexOf(plan.tier) >= TIERS.indexOf(tier);

/** The smallest plan that opens operations of this tier. */
export const smallestFor = (tier: (typeof TIERS)[number]): string =>
  priceList.find((plan) => opensTier(plan, tier))?.name ?? "gold";

/** What one good call costs, in micros, rounded down to a whole micro. */
export const costOf = (plan: SoldPlan, bytes: number): number =>
  plan.microsPerCall + Math.floor((bytes * plan.microsPerKilobyte) / 1024);
