import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import { money } from "../../../platform/money.ts";
import { image } from "../catalog/contract/shapes.ts";
import { selectors } from "./rules/selectors.ts";

export const SELECTION_DEFAULT = 24;
const SELECTION_MAX = 100;
const SELECTORS_MAX = 10;

const [first, ...others] = selectors;

export const wish = z
  .strictObject({
    combine: z
      .enum(["all", "any"])
      .default("all")
      .openapi({ description: "`all`: what every selector chooses; `any`: what one of them chooses." }),
    selectors: z
      .array(z.discriminatedUnion("kind", [first.shape, ...others.map((it) => it.shape)]))
      .min(1)
      .max(SELECTORS_MAX),
  })
  .openapi("SelectionWish");

const reason = z.object({
  selector: z.int().openapi({ description: "Which selector of the call, from 0." }),
  kind: z.string(),
  strength: z.number().openapi({ description: "How well it fits, above 0 and up to 1." }),
  because: z.string(),
});

const selected = z
  .object({
    id: z.string(),
    handle: z.string(),
    title: z.string(),
    vendor: z.string(),
    type: z.string(),
    tags: z.array(z.string()),
    image: z.union([image, z.null()]),
    price_range: z.object({ min: money, max: money }),
    available: z.int(),
    score: z.number().openapi({ description: "The strengths by weight, above 0 and up to 1." }),
    reasons: z.array(reason),
  })
  .openapi("SelectedProduct");
export type Selected = z.infer<typeof selected>;

export const selection = z
  .object({ total: z.int(), data: z.array(selected), next_cursor: z.string().nullable() })
  .openapi("Selection");

export const select = operation({
  id: "selectProducts",
  method: "post",
  readsOnly: true,
  path: "/selection",
  summary: "Products that selectors choose, ranked and explained",
  description:
    "Selectors for category, tag, stock, price and sales are united or intersected. Products come best first by the weighted strengths; each says why it is there. Stock and sales are at most about a minute old.",
  who: "staff",
  scope: "selection:read",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(SELECTION_MAX).optional(),
    cursor: z.string().max(512).optional(),
  }),
  body: wish,
  example: {
    combine: "all",
    selectors: [
      { kind: "tag", tags: ["gift"] },
      { kind: "stock", min: 50 },
      { kind: "sales", days: 7, min: 1, weight: 2 },
    ],
  },
  answer: { status: 200, shape: selection },
  refusals: { invalid_request: 422 },
  billing: { meter: "selection_calls", rateLimit: 20, quotaScope: "per-tenant", tier: "premium" },
});
