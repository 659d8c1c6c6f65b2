import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { metricsOf } from "../../src/capabilities/insight/consistency/rules/metrics.ts";
import { exposition } from "../../src/platform/prometheus.ts";

/** Prometheus' own checker, of the Debian package `prometheus`; PROMTOOL says where it is if not in the PATH. */
const promtool = process.env["PROMTOOL"] ?? "promtool";
const isInstalled = spawnSync(promtool, ["--version"]).status === 0;
if (!isInstalled)
  console.warn("promtool is not here: install Debian's `prometheus`, or set PROMTOOL. Its tests are skipped.");

const report = {
  running: true,
  ratio: 0.5,
  skus: 2,
  lagging: 0,
  checks: 3,
  checked_at: "2026-11-21T12:00:00.000Z",
  shards: [
    { shard: null, ratio: 0.5, skus: 2 },
    { shard: 7, ratio: 1, skus: 1 },
  ],
  mismatches: [{ copy: "mirror", reason: "levels_differ" as const, total: 7 }],
  recent: [],
  drifts: [],
};

describe.skipIf(!isInstalled)("promtool", () => {
  const check = (input: string) => spawnSync(promtool, ["check", "metrics"], { input, encoding: "utf8" });

  it("has nothing to say about the monitor's metrics", () => {
    const { status, stdout, stderr } = check(exposition(metricsOf(report, 'a "shop" \\ 灯\n')));
    expect([status, stdout, stderr]).toEqual([0, "", ""]);
  });

  it("would have", () => {
    expect(check('inventory_mismatch_total{reason="x} 1\n').status).not.toBe(0);
  });
});
