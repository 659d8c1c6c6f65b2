import { randomUUID } from "node:crypto";
import { callShopOrThrow } from "../../scripts/call-shop.mjs";

const HOUR_MS = 3_600_000;
const ADDRESS = { name: "Bench", line1: "1 Main Street", city: "Town", country: "US" };

/**
 * Orders that one journal acknowledges, one a call and without the pipeline before it: what peak shaving itself takes. A full journal
 * makes its callers wait for D1, so a long load shows the pace at which orders reach D1.
 */
export const journal = {
  name: "journal",
  reference: "rpc",
  prepare: async ({ origin, key, sku, journalOrigin }) => {
    const model = await placedOrder({ origin, key, sku });
    const kept = await fetch(journalOrigin, { method: "PUT", body: JSON.stringify(model) });
    if (!kept.ok) throw new Error(`the journal's driver answered ${kept.status}`);
    return { url: `${journalOrigin}/orders`, method: "POST", status: 201 };
  },
};

/** A true order of the bench shop. */
async function placedOrder({ origin, key, sku }) {
  const sale = await callShopOrThrow(origin, "POST", "/api/v1/flash-sales", {
    key,
    body: {
      items: [{ sku, sale_price: { amount: 100, currency: "USD" }, quantity: 1 }],
      starts_at: new Date(Date.now() - HOUR_MS).toISOString(),
      ends_at: new Date(Date.now() + HOUR_MS).toISOString(),
    },
  });
  const { checkout } = await callShopOrThrow(origin, "POST", `/api/v1/flash-sales/${sale.id}/participations`, {
    body: { email: `${randomUUID()}@example.com`, shipping_address: ADDRESS, payment_provider: "sandbox" },
  });
  return checkout.order;
}
