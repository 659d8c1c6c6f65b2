import type { Caller } from "./caller.ts";

const PRICE = 4_200;
const PATIENCE_MS = 60_000;
export const ADDRESS = { name: "Ada", line1: "1 Main Street", city: "Town", country: "US" };

/** Opens a shop; answers its staff key. */
export async function openShop(caller: Caller, operatorKey: string, id = "demo"): Promise<string> {
  const body = { id, name: `Chaos ${id}`, currency: "USD", locale: "en" };
  const made = await caller.must({ method: "POST", path: "/api/v1/tenants", bearer: operatorKey, body, shop: id });
  return made.api_key;
}

/** One product with a variant for each SKU, and so many units of each on the shelf. */
export async function putOnSale(caller: Caller, bearer: string, skus: readonly string[], units: number): Promise<void> {
  const variants = skus.map((sku) => ({ sku, price: { amount: PRICE, currency: "USD" }, options: [sku] }));
  const handle = `sale-${skus[0]?.toLowerCase()}`;
  const options = [{ name: "Kind", values: [...skus] }];
  const body = { handle, title: "On sale", status: "active", options, variants };
  await caller.must({ method: "POST", path: "/api/v1/products", bearer, body });
  for (const sku of skus) await shelve(caller, bearer, sku, units);
}

export const shelve = (caller: Caller, bearer: string, sku: string, on_hand: number, shop = "demo") =>
  caller.must({ method: "PUT", path: `/api/v1/stock/${sku}`, bearer, body: { on_hand }, shop });

/** A new cart with one line for each SKU. A lost answer makes it start again: adding twice would be two units. */
export async function fillCart(caller: Caller, skus: readonly string[]): Promise<string> {
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    try {
      const cart = (await caller.untilAnswered({ method: "POST", path: "/api/v1/carts" })).body.id;
      for (const sku of skus) {
        const body = { sku, quantity: 1 };
        const { status } = await caller.once({ method: "POST", path: `/api/v1/carts/${cart}/lines`, body });
        if (status >= 300) throw new Error(`adding ${sku} answered ${status}`);
      }
      return cart;
    } catch (error) {
      // The cart is left behind; a new one costs nothing.
      if (Date.now() > deadline) throw error;
    }
  }
}
