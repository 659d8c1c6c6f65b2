import type { Metric } from "../../../../platform/prometheus.ts";

interface Reported {
  shards: readonly { shard: number | null; ratio: number }[];
  mismatches: readonly { copy: string; reason: string; total: number }[];
  checked_at: string | null;
}

/** A report as the metrics that alarms are set on. */
export function metricsOf(of: Reported, shop: string): Metric[] {
  return [
    {
      name: "inventory_consistency_ratio",
      help: "SKUs whose copies agree with their counter, of all SKUs, by their latest check.",
      type: "gauge",
      samples: of.shards.map(({ shard, ratio }) => ({
        labels: { shop, shard: shard === null ? "whole" : String(shard) },
        value: ratio,
      })),
    },
    {
      name: "inventory_mismatch_total",
      help: "Drifts found between a counter and a copy of it, by reason.",
      type: "counter",
      samples: of.mismatches.map(({ copy, reason, total }) => ({ labels: { shop, copy, reason }, value: total })),
    },
    {
      name: "inventory_last_check_timestamp_seconds",
      help: "When copies were last compared with their counters.",
      type: "gauge",
      samples: of.checked_at === null ? [] : [{ labels: { shop }, value: Date.parse(of.checked_at) / 1000 }],
    },
  ];
}
