import { callShop, callShopOrThrow } from "./call-shop.mjs";

const MINUTE_MS = 60_000;

/** Opens the demo's flash sales that are neither on nor announced. Answers all that are, as the API describes them. */
export async function openSales(origin, key, currency, sales) {
  const opened = [];
  for (const sale of sales) opened.push((await saleOf(origin, sale)) ?? (await open(origin, key, currency, sale)));
  return opened.filter((it) => it !== undefined);
}

async function saleOf(origin, { items: [{ sku }] }) {
  const { data } = await callShopOrThrow(origin, "GET", `/api/v1/flash-sales?sku=${encodeURIComponent(sku)}&limit=5`);
  return data.find((it) => it.state !== "ended" && it.state !== "cancelled");
}

/** A shop whose units are gone goes without the sale. */
async function open(origin, key, currency, sale) {
  const { status, body, text } = await callShop(origin, "POST", "/api/v1/flash-sales", {
    key,
    body: asSale(sale, currency),
  });
  if (status === 201) return body;
  if (body?.code === "not_enough_stock" || body?.code === "unknown_sku") return undefined;
  throw new Error(`The flash sale of ${sale.items[0].sku} could not be opened: ${body?.detail ?? text.slice(0, 200)}`);
}

function asSale({ title, items, startsInMinutes, lastsMinutes, admitPerSecond }, currency) {
  const startsAt = Date.now() + startsInMinutes * MINUTE_MS;
  return {
    ...(title && { title }),
    items: items.map(({ sku, price, quantity, perBuyerLimit }) => ({
      sku,
      sale_price: { amount: price, currency },
      quantity,
      per_buyer_limit: perBuyerLimit,
    })),
    starts_at: new Date(startsAt).toISOString(),
    ends_at: new Date(startsAt + lastsMinutes * MINUTE_MS).toISOString(),
    ...(admitPerSecond && { waiting_room: { admit_per_second: admitPerSecond, burst: 1 } }),
  };
}
