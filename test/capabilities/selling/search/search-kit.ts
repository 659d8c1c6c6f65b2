import { expect } from "vitest";
import { api, openShop } from "../../../support/api.ts";
import { eventually } from "../../../support/settled.ts";

let shops = 0;

/** A shop of its own for each test, so that its index holds what the test put there and nothing else. */
export async function newShop(): Promise<string> {
  const shop = `find${++shops}${Math.random().toString(36).slice(2, 8)}`;
  await openShop({ id: shop });
  return shop;
}

export interface Goods {
  handle: string;
  title: string;
  price?: number;
  on_hand?: number;
  [field: string]: unknown;
}

/** Puts products on sale and waits until search knows of all of them. */
export async function stockShop(shop: string, goods: readonly Goods[]): Promise<void> {
  for (const { price = 1_000, on_hand = 10, ...product } of goods) {
    const sku = String(product.handle).toUpperCase();
    const body = {
      status: "active",
      variants: [{ sku, price: { amount: price, currency: "USD" }, on_hand }],
      ...product,
    };
    const made = await api("POST", "/products", { shop, body });
    expect(made.status, made.text).toBe(201);
  }
  await settled(shop);
}

/** Waits until nothing that changed is missing in the index. */
export async function settled(shop: string): Promise<void> {
  await eventually(async () => {
    const listed = await api("GET", "/products?status=active&limit=100", { shop });
    const { body } = await api("GET", "/search/rebuild", { shop });
    expect(body).toMatchObject({ waiting: 0, products: listed.body.data.length, rebuild: { status: "done" } });
  });
}

export const find = async (shop: string, query: Record<string, string>) => {
  const answer = await api("GET", `/search?${new URLSearchParams(query)}`, { shop, key: null });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};

export const handlesFor = async (shop: string, q: string, more: Record<string, string> = {}): Promise<string[]> =>
  (await find(shop, { q, ...more })).data.map((it: { handle: string }) => it.handle);
