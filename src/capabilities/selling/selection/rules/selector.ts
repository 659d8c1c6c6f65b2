import type { z } from "@hono/zod-openapi";

/** What selectors look at: one product as the shop's index knows it. */
export interface Candidate {
  /** Handles. */
  collections: readonly string[];
  tags: readonly string[];
  skus: readonly string[];
  /** Minor units: the cheapest and the dearest variant. */
  priceMin: number;
  priceMax: number;
  /** Units of all variants that can be sold now. */
  available: number;
}

/** What they know besides: units sold of each SKU on the last so many UTC days, today included. */
export interface Market {
  unitsSold: (days: number) => ReadonlyMap<string, number>;
}

export interface Judge {
  /** How well a product fits, above 0 and up to 1; undefined when it does not. */
  strength: (it: Candidate) => number | undefined;
  /** What was seen of a product that fits, as an English sentence. */
  because: (it: Candidate) => string;
}

/** One way to choose products: its shape on the wire and its judgement. */
export interface Selector<Kind extends string = string, Shape extends z.ZodType = z.ZodType> {
  kind: Kind;
  shape: Shape;
  judge: (wish: unknown, market: Market) => Judge;
}

/** Ties a judgement to its shape; wishes were parsed at the edge, and here once more to be what the judgement reads. */
export const selector = <Kind extends string, Shape extends z.ZodType>(
  kind: Kind,
  shape: Shape,
  judge: (wish: z.infer<Shape>, market: Market) => Judge,
): Selector<Kind, Shape> => ({ kind, shape, judge: (wish, market) => judge(shape.parse(wish), market) });
