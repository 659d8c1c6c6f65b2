import { z } from "@hono/zod-openapi";

export const WEIGHT_MAX = 100;

/** How much a selector counts in the score, beside the others. */
export const weight = z.int().min(1).max(WEIGHT_MAX).default(1);
