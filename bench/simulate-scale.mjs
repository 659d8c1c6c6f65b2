import { parseArgs } from "node:util";
import { CrowdedSale } from "./scale/crowded-sale.mjs";

/** `npm run simulate [-- --units n --seed 1]`: a million buyers a second for one SKU. One JSON line a case; docs/scale.md explains. */
const { values } = parseArgs({ options: { seed: { type: "string", default: "1" }, units: { type: "string" } } });
const SECONDS_MAX = 30;

for (const units of values.units ? [Number(values.units)] : [10_000, 100_000])
  for (const policy of ["open", "remembering", "paced"])
    for (const shards of [1, 8, 32, 64]) print(units, policy, shards);

function print(units, policy, shards) {
  const sale = new CrowdedSale({ units, shards, policy, seed: Number(values.seed) }).run(SECONDS_MAX * 1000);
  const waited = sale.waitedMs.sort((a, b) => a - b);
  const each = (count) => Number((count / units).toFixed(4));
  const line = {
    case: policy,
    units,
    shards,
    seed: Number(values.seed),
    sold: sale.sold,
    sold_out_after_ms: sale.sold === units ? sale.lastSaleMs : null,
    edge_knows_after_ms: sale.now < SECONDS_MAX * 1000 ? sale.now : null,
    requests: sale.asked,
    reached_object: sale.reached,
    reached_part: Number((sale.reached / sale.asked).toFixed(4)),
    refused_503_by_object: sale.refused,
    parent_messages_per_unit: each(sale.parentMessages),
    winner_p50_ms: waited[Math.floor(waited.length * 0.5)],
    winner_p99_ms: waited[Math.floor(waited.length * 0.99)],
  };
  console.log(JSON.stringify(line));
}
