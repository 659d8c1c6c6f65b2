import { z } from "@hono/zod-openapi";
import { depth, wanted } from "../depth.ts";
import { selector } from "../selector.ts";
import { weight } from "../weight.ts";

const DAYS_MAX = 30;
const UNITS_MAX = 1_000_000_000;

const units = z.int().min(0).max(UNITS_MAX);
const shape = z
  .strictObject({
    kind: z.literal("sales"),
    weight,
    days: z.int().min(1).max(DAYS_MAX).default(7),
    min: units.default(0),
    max: units.optional(),
  })
  .refine(({ min, max }) => max === undefined || min <= max, { path: ["max"], message: "max is below min." })
  .openapi("SalesSelector", {
    description:
      "Units of paid orders placed on the last so many UTC days, today included. More is better, unless there is a max: then less is.",
  });

export const sales = selector("sales", shape, ({ days, min, max }, market) => {
  const sold = market.unitsSold(days);
  const unitsOf = (it: { skus: readonly string[] }) => it.skus.reduce((sum, sku) => sum + (sold.get(sku) ?? 0), 0);
  return {
    strength: (it) => depth(unitsOf(it), min, max),
    because: (it) => `${unitsOf(it)} sold in ${days} ${days === 1 ? "day" : "days"}, ${wanted(min, max)} wanted.`,
  };
});
