import { describe, expect, it } from "vitest";
import { type Duty, judgeCopy, type Level, ratioOf } from "../../../../src/capabilities/insight/consistency/rules.ts";
import { exposition } from "../../../../src/platform/prometheus.ts";

const LAG_MS = 2_000;
const whole: Duty = { lagMs: LAG_MS, knows: "every SKU" };
const partial: Duty = { lagMs: 5_000, knows: "some SKUs" };
const at = (version: number, onHand = 10): Level => ({ onHand, reserved: 1, sold: 2, version });

describe("a copy", () => {
  it.each([
    ["agrees", at(3), at(3), 0, { state: "consistent" }],
    ["was never there, like the counter", undefined, undefined, 0, { state: "consistent" }],
    ["is behind, in time", at(3), at(2), LAG_MS, { state: "lagging" }],
    ["is behind for too long", at(3), at(2), LAG_MS + 1, { state: "drifted", reason: "copy_behind" }],
    ["has yet to appear", at(1), undefined, LAG_MS, { state: "lagging" }],
    ["does not appear", at(1), undefined, LAG_MS + 1, { state: "drifted", reason: "row_missing" }],
    ["is ahead", at(3), at(4), 0, { state: "drifted", reason: "copy_ahead" }],
    ["has no counter", undefined, at(1), 0, { state: "drifted", reason: "row_orphaned" }],
    ["differs at the same version", at(3), at(3, 11), 0, { state: "drifted", reason: "levels_differ" }],
  ] as const)("that %s", (_, counter, copy, behindForMs, verdict) => {
    expect(judgeCopy(counter, copy, behindForMs, whole)).toEqual(verdict);
  });

  it.each(["onHand", "reserved", "sold"] as const)("that differs in %s only is found", (field) => {
    expect(judgeCopy(at(1), { ...at(1), [field]: 99 }, 0, whole)).toEqual({
      state: "drifted",
      reason: "levels_differ",
    });
  });

  it.each([
    ["knows nothing of the SKU", at(3), undefined, 9_000, { state: "consistent" }],
    ["knows of no stock, like the counter", undefined, { available: 0, version: 0 }, 0, { state: "consistent" }],
    [
      "knows of stock without a counter",
      undefined,
      { available: 2, version: 4 },
      0,
      { state: "drifted", reason: "row_orphaned" },
    ],
    ["agrees", at(3), { available: 9, version: 3 }, 0, { state: "consistent" }],
    [
      "differs at the same version",
      at(3),
      { available: 8, version: 3 },
      0,
      { state: "drifted", reason: "levels_differ" },
    ],
    ["is behind, in its time", at(3), { available: 0, version: 0 }, 5_000, { state: "lagging" }],
    ["is behind for too long", at(3), { available: 0, version: 0 }, 5_001, { state: "drifted", reason: "copy_behind" }],
  ] as const)("that only says what is available, and %s", (_, counter, copy, behindForMs, verdict) => {
    expect(judgeCopy(counter, copy, behindForMs, partial)).toEqual(verdict);
  });

  it("counts as a share of all, and nothing is consistent", () => {
    expect([ratioOf(1, 4), ratioOf(0, 0)]).toEqual([0.25, 1]);
  });
});

describe("the text format", () => {
  it("escapes help and labels", () => {
    const text = exposition([
      {
        name: "a_total",
        help: "back\\slash\nline",
        type: "counter",
        samples: [{ labels: { l: 'q"\\\n灯' }, value: 1 }],
      },
    ]);
    expect(text).toBe('# HELP a_total back\\\\slash\\nline\n# TYPE a_total counter\na_total{l="q\\"\\\\\\n灯"} 1\n');
  });
});
