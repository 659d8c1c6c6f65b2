import { randomUUID } from "node:crypto";

/** Reservations of one hot SKU, each by another buyer: what a decision and its durable write cost on top of the call. */
export const reserve = {
  name: "reserve",
  reference: "rpc",
  goal: 0.9,
  prepare: async ({ origin, key, sku }) => ({
    url: `${origin}/api/v1/stock/${sku}/reservations`,
    method: "POST",
    key,
    script: "reserve.lua",
    env: { BENCH_RUN: randomUUID() },
    status: 201,
    probe: { body: { buyer: randomUUID(), quantity: 1 }, headers: { "idempotency-key": randomUUID() } },
  }),
};
