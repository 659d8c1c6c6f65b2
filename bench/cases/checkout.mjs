import { randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callShopOrThrow } from "../../scripts/call-shop.mjs";

/** Orders per second that the carts of one round suffice for; a faster server ends its round early. */
const RATE_MAX = 2_500;
const MAKERS = 64;

/** One-line carts to acknowledged orders with an open payment. The carts are made before the clock runs. */
export const checkout = {
  name: "checkout",
  reference: "rpc",
  goal: 0.3,
  prepare: async ({ origin, sku, seconds, rate = RATE_MAX }) => {
    const carts = await makeCarts(origin, sku, Math.ceil(seconds * rate) + 1);
    const file = join(mkdtempSync(join(tmpdir(), "souk-carts-")), "ids");
    writeFileSync(file, `${carts.slice(1).join("\n")}\n`);
    return {
      url: `${origin}/api/v1/checkouts`,
      method: "POST",
      script: "checkout.lua",
      env: { BENCH_RUN: randomUUID(), BENCH_CARTS: file },
      status: 201,
      probe: {
        body: {
          cart_id: carts[0],
          email: "bench@example.com",
          shipping_address: { name: "Bench", line1: "1 Main Street", city: "Town", country: "US" },
        },
        headers: { "idempotency-key": randomUUID() },
      },
    };
  },
};

async function makeCarts(origin, sku, count) {
  const ids = [];
  let left = count;
  const make = async () => {
    while (left-- > 0) {
      const { id } = await callShopOrThrow(origin, "POST", "/api/v1/carts");
      await callShopOrThrow(origin, "POST", `/api/v1/carts/${id}/lines`, { body: { sku, quantity: 1 } });
      ids.push(id);
    }
  };
  await Promise.all(Array.from({ length: MAKERS }, make));
  return ids;
}
