import { randomUUID } from "node:crypto";

/**
 * An authenticated empty call to the SKU's counter through the same pipeline as a reservation: same key, body and validation.
 * What is left between the two is what the decision and its durable write cost.
 */
export const rpc = {
  name: "rpc",
  reference: "hello",
  prepare: async ({ origin, key, sku }) => ({
    url: `${origin}/api/v1/stock/${sku}/ping`,
    method: "POST",
    key,
    script: "reserve.lua",
    env: { BENCH_RUN: randomUUID() },
    status: 200,
    probe: { body: { buyer: randomUUID(), quantity: 1 }, headers: { "idempotency-key": randomUUID() } },
  }),
};
