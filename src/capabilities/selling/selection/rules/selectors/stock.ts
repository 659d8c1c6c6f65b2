import { z } from "@hono/zod-openapi";
import { depth, wanted } from "../depth.ts";
import { selector } from "../selector.ts";
import { weight } from "../weight.ts";

const UNITS_MAX = 1_000_000_000;

const units = z.int().min(0).max(UNITS_MAX);
const shape = z
  .strictObject({ kind: z.literal("stock"), weight, min: units.default(0), max: units.optional() })
  .refine(({ min, max }) => max === undefined || min <= max, { path: ["max"], message: "max is below min." })
  .openapi("StockSelector", {
    description: "Available units of all variants. Deeper stock is better, unless there is a max: then less is.",
  });

export const stock = selector("stock", shape, ({ min, max }) => ({
  strength: ({ available }) => depth(available, min, max),
  because: ({ available }) => `${available} available, ${wanted(min, max)} wanted.`,
}));
