import { z } from "@hono/zod-openapi";
import { AMOUNT_MAX } from "../../../../../platform/money.ts";
import { selector } from "../selector.ts";
import { weight } from "../weight.ts";

const amount = z.int().min(0).max(AMOUNT_MAX);
const shape = z
  .strictObject({ kind: z.literal("price"), weight, min: amount.default(0), max: amount.default(AMOUNT_MAX) })
  .refine(({ min, max }) => min <= max, { path: ["max"], message: "max is below min." })
  .openapi("PriceSelector", {
    description: "A variant costs so much, in minor units of the shop's currency. A price fits or does not.",
  });

export const price = selector("price", shape, ({ min, max }) => ({
  strength: (it) => (it.priceMax < min || it.priceMin > max ? undefined : 1),
  because: ({ priceMin, priceMax }) =>
    `Costs ${priceMin === priceMax ? priceMin : `${priceMin} to ${priceMax}`}, ${min} to ${max} wanted.`,
}));
