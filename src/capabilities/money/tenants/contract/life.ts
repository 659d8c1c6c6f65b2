import { z } from "@hono/zod-openapi";
import { operation } from "../../../../platform/contract.ts";
import { shop, tenantId } from "../contract.ts";
import { shopStates } from "../rules.ts";

const billing = { meter: "tenants", rateLimit: 5, quotaScope: "per-tenant", tier: "enterprise" } as const;
const params = z.object({ id: tenantId });
const state = z.enum(shopStates);

/** A shop as its operator sees it: what it may do now and how it came to that. */
export const shopRecord = shop
  .extend({
    created_at: z.string(),
    standing: z
      .enum(["open", "suspended", "closed"])
      .describe("What its callers meet: `suspended` also when the trial is over."),
    off: z.array(z.string()),
  })
  .openapi("ShopRecord");

const move = z.object({ from: state, to: state, reason: z.string(), at: z.string() });

export const listShops = operation({
  id: "listShops",
  method: "get",
  path: "/tenants",
  summary: "Every shop of the platform, by id",
  who: "operator",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(25),
    cursor: z.string().max(200).optional(),
    state: state.optional(),
  }),
  answer: { status: 200, shape: z.object({ data: z.array(shopRecord), next_cursor: z.string().nullable() }) },
  refusals: { invalid_request: 422 },
  billing,
});

export const readShopRecord = operation({
  id: "readShopRecord",
  method: "get",
  path: "/tenants/{id}",
  summary: "One shop, with its latest moves from state to state",
  who: "operator",
  params,
  answer: { status: 200, shape: shopRecord.extend({ moves: z.array(move) }).openapi("ShopRecordWithMoves") },
  refusals: { unknown_shop: 404 },
  billing,
});

export const moveShop = operation({
  id: "moveShop",
  method: "post",
  path: "/tenants/{id}/transitions",
  summary: "Activate, suspend or close a shop; live everywhere within seconds",
  description:
    "trial -> active, suspended or closed; active -> suspended or closed; suspended -> active or closed; closed stays. A " +
    "suspended shop's pages say so politely and its API answers 403 shop_suspended; a closed one answers 410. Data is kept, and " +
    "payment notifications, refunds, expiry of holds and schedules go on.",
  who: "operator",
  params,
  body: z.strictObject({ to: state, reason: z.string().trim().min(1).max(300) }),
  example: { to: "active", reason: "The first invoice was paid." },
  answer: { status: 200, shape: shopRecord },
  refusals: { unknown_shop: 404, illegal_transition: 409 },
  billing,
});

export const changeTrial = operation({
  id: "changeTrial",
  method: "put",
  path: "/tenants/{id}/trial",
  summary: "Say when a shop's trial ends; a trial past its end counts as suspended",
  who: "operator",
  params,
  body: z.strictObject({ ends_at: z.iso.datetime({ offset: true }) }),
  example: { ends_at: "2030-01-31T00:00:00Z" },
  answer: { status: 200, shape: shopRecord },
  refusals: { unknown_shop: 404, not_on_trial: 409 },
  billing,
});
