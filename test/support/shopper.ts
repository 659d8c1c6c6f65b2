import { expect } from "vitest";
import { api } from "./api.ts";

/** Puts a product with one variant on sale and stocks it: the least that a purchase needs. */
export async function putOnSale(sku: string, onHand: number, price = 1_999, shop = "demo"): Promise<void> {
  const handle = sku.toLowerCase();
  const currency = shop === "demo" ? "USD" : "EUR";
  const product = {
    handle,
    title: `Product ${sku}`,
    status: "active",
    variants: [{ sku, price: { amount: price, currency } }],
  };
  const made = await api("POST", "/products", { shop, body: product });
  expect(made.status, made.text).toBe(201);
  const stocked = await api("PUT", `/stock/${sku}`, { shop, body: { on_hand: onHand } });
  expect(stocked.status, stocked.text).toBe(200);
}

export const home = {
  name: "Ann Lee",
  line1: "1 Main Street",
  city: "Springfield",
  region: "IL",
  postal_code: "62701",
  country: "US",
};

/** A cart that holds these units, as a visitor without any key. */
export async function fillCart(lines: Record<string, number>, shop = "demo"): Promise<string> {
  const opened = await api("POST", "/carts", { shop, key: null });
  expect(opened.status, opened.text).toBe(201);
  for (const [sku, quantity] of Object.entries(lines)) {
    const added = await api("POST", `/carts/${opened.body.id}/lines`, { shop, key: null, body: { sku, quantity } });
    expect(added.status, added.text).toBe(201);
  }
  return opened.body.id;
}

export const checkOut = (
  cart_id: string,
  more: { key?: string; shop?: string; email?: string; body?: object; headers?: Record<string, string> } = {},
) =>
  api("POST", "/checkouts", {
    shop: more.shop ?? "demo",
    key: null,
    body: {
      cart_id,
      email: more.email ?? "ann@example.com",
      shipping_address: home,
      payment_provider: "sandbox",
      ...more.body,
    },
    headers: { ...more.headers, ...(more.key === undefined ? {} : { "idempotency-key": more.key }) },
  });

export const play = (paymentId: string, outcome: string, delay_seconds?: number, shop = "demo") =>
  api("POST", `/payments/${paymentId}/sandbox`, { shop, key: null, body: { outcome, delay_seconds } });
