import { randomUUID } from "node:crypto";
import { callShopOrThrow } from "../../scripts/call-shop.mjs";

const HOUR_MS = 3_600_000;
const WINNERS_PART = 0.01;
const ADDRESS = { name: "Bench", line1: "1 Main Street", city: "Town", country: "US" };
const ORDER = `,"shipping_address":${JSON.stringify(ADDRESS)},"payment_provider":"sandbox"`;

/** Buyers of a sale with units for one in a hundred: nearly all hear that it is sold out. */
export const participate = {
  name: "participate",
  reference: "pipeline",
  goal: 0.8,
  prepare: ({ rate = 5_000, seconds, ...place }) =>
    crowd(place, { units: Math.max(1, Math.ceil(rate * seconds * WINNERS_PART)), body: "" }),
};

/** Buyers who hold and order in one step; the acknowledged order is durable. */
export const flashOrder = {
  name: "flash-order",
  reference: "rpc",
  goal: 0.85,
  prepare: (place) => crowd(place, { units: 10_000_000, body: ORDER }),
};

/** Buyers who hold only. */
export const flashHold = {
  name: "flash-hold",
  reference: "rpc",
  goal: 0.85,
  prepare: (place) => crowd(place, { units: 10_000_000, body: "" }),
};

async function crowd({ origin, key, sku }, { units, body }) {
  const sale = await callShopOrThrow(origin, "POST", "/api/v1/flash-sales", {
    key,
    body: {
      sku,
      sale_price: { amount: 100, currency: "USD" },
      quantity: units,
      starts_at: new Date(Date.now() - HOUR_MS).toISOString(),
      ends_at: new Date(Date.now() + HOUR_MS).toISOString(),
    },
  });
  const run = `b${randomUUID().slice(0, 8)}-`;
  return {
    url: `${origin}/api/v1/flash-sales/${sale.id}/participations`,
    method: "POST",
    script: "participate.lua",
    env: { BENCH_RUN: run, BENCH_BODY: body },
    status: 201,
    probe: { body: JSON.parse(`{"email":"${run}probe@example.com"${body}}`) },
  };
}
