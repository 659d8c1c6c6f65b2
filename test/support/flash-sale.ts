import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { signPass } from "../../src/capabilities/marketing/flash-sales/rules/pass.ts";
import { type Answer, api } from "./api.ts";
import { eventually } from "./settled.ts";
import { home, putOnSale } from "./shopper.ts";

const MINUTE_MS = 60_000;
/** A time as the API takes it, so many minutes from now. */
export const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * MINUTE_MS).toISOString();

/** Puts a SKU on sale with 100 units and opens a live flash sale of it. */
export async function openSale(sku: string, terms: object = {}, shop = "demo"): Promise<Answer["body"]> {
  await putOnSale(sku, 100, 1_999, shop);
  const made = await scheduleSale({ sku, ...terms }, { shop });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

export const scheduleSale = (terms: object, { shop = "demo", key }: { shop?: string; key?: string } = {}) =>
  api("POST", "/flash-sales", {
    shop,
    body: {
      sale_price: { amount: 999, currency: shop === "demo" ? "USD" : "EUR" },
      quantity: 10,
      starts_at: inMinutes(-1),
      ends_at: inMinutes(60),
      ...terms,
    },
    headers: key === undefined ? {} : { "idempotency-key": key },
  });

export const readSale = async (id: string, shop = "demo"): Promise<Answer["body"]> =>
  (await api("GET", `/flash-sales/${id}`, { shop, key: null })).body;

/** Waits until the sale shows so many units left: what is shown may be a second old. */
export const left = (id: string, units: number): Promise<void> =>
  eventually(async () => expect((await readSale(id)).remaining).toBe(units));

/** `409 sold_out`, or `201`. */
export const codeOf = ({ status, body }: Answer): string => `${status} ${body.code ?? ""}`.trim();

/** Takes part as a visitor. */
export const join = (saleId: string, email: string, more: { key?: string; shop?: string; body?: object } = {}) =>
  api("POST", `/flash-sales/${saleId}/participations`, {
    shop: more.shop ?? "demo",
    key: null,
    body: { email, ...more.body },
    headers: more.key === undefined ? {} : { "idempotency-key": more.key },
  });

/** What makes a participation an order in one step. */
export const orderAtOnce = { shipping_address: home, payment_provider: "sandbox" };

export const orderHeld = (saleId: string, participationId: string, body: object = orderAtOnce, shop = "demo") =>
  api("POST", `/flash-sales/${saleId}/participations/${participationId}/order`, { shop, key: null, body });

/** A pass as the waiting room gives it out. */
export const passFor = (saleId: string, buyer: string, more: { tenantId?: string; expiresAt?: number } = {}): string =>
  signPass(env.SOUK_SECRET, {
    tenantId: more.tenantId ?? "demo",
    saleId,
    buyer,
    notBefore: Date.now() - MINUTE_MS,
    expiresAt: more.expiresAt ?? Date.now() + MINUTE_MS,
    jti: crypto.randomUUID(),
  });
