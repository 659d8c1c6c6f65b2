import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import { saleId, saleItem, saleStates } from "../../marketing/flash-sales/contract/sale.ts";

/** What may change while somebody watches a sale; also the message of the socket. */
export const liveSale = z
  .object({
    sale_id: z.string(),
    state: z.enum(saleStates),
    remaining: z.int().describe("Units of all SKUs that nobody holds or has bought; at most about two seconds old."),
    quantity: z.int(),
    items: z.array(saleItem.pick({ sku: true, remaining: true, quantity: true })).describe("The same for each SKU."),
    serving: z
      .int()
      .nullable()
      .describe("Everybody up to this place in the waiting room was let in; null without a waiting room."),
    waiting: z.int().nullable(),
    starts_at: z.string(),
    ends_at: z.string(),
    server_time: z.string(),
  })
  .openapi("LiveSale");

export const watchSale = operation({
  id: "watchSale",
  method: "get",
  path: "/flash-sales/{id}/live",
  summary: "What changes in a sale, now or as it happens",
  description:
    "A plain GET answers once. With `Upgrade: websocket` the same document arrives at once and after each change, at most twice a " +
    "second; the server closes the socket with 1000 when the sale is over. Send `ping` to be answered `pong`. Whoever is in the " +
    "waiting room subtracts `serving` from their place to know how many are ahead.",
  who: "visitor",
  params: z.object({ id: saleId }),
  answer: { status: 200, shape: liveSale },
  refusals: { unknown_sale: 404, board_full: 503 },
  billing: { meter: "live_watch", rateLimit: 1_000, quotaScope: "per-tenant", tier: "basic" },
});
