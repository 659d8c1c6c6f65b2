import { callShopOrThrow } from "../../scripts/call-shop.mjs";
import { reserve } from "./reserve.mjs";

/** Conversions a second that one counter is meant for: the operation makes one shard of each. */
const PER_SHARD = 500;
const UNITS = 999_999_999;

/** The same reservations over a divided SKU. On one machine all shards share one thread: this shows what dividing costs. */
const overShards = (shards) => ({
  ...reserve,
  name: `reserve-${shards}-shards`,
  goal: undefined,
  prepare: async (place) => {
    const sku = `BENCH-${shards}`;
    const { origin, key } = place;
    const known = await callShopOrThrow(origin, "PUT", `/api/v1/stock/${sku}`, { key, body: { on_hand: UNITS } });
    if (known.reserved === 0)
      await callShopOrThrow(
        origin,
        "POST",
        `/api/v1/autoscale/adjust?sku=${sku}&target_conversions=${shards * PER_SHARD}`,
        {
          key,
        },
      );
    return reserve.prepare({ ...place, sku });
  },
});

export const reserve4 = overShards(4);
export const reserve8 = overShards(8);
