import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deviceOf } from "../../../../src/capabilities/marketing/canary/rules/device.ts";
import { bucketOf } from "../../../../src/capabilities/marketing/canary/rules/facts.ts";
import {
  addCalls,
  type Calls,
  findBreach,
  NO_CALLS,
} from "../../../../src/capabilities/marketing/canary/rules/guard.ts";
import { isAtLeast } from "../../../../src/capabilities/marketing/canary/rules/versions.ts";

const guard = { max_error_percent: 5, slow_ms: 1_000, max_slow_percent: 20, min_calls: 10 };
/** If this changes, every visitor of every running percentage changes sides. */
const BUCKET = 15.71;
const calls = (of: Partial<Calls>): Calls => ({ ...NO_CALLS, ...of });

describe("the bucket of a visitor", () => {
  it("is always the same for one rule and subject, and differs between rules", () => {
    expect(bucketOf("car_01", "vis_7")).toBe(BUCKET);
    const same = Array.from({ length: 200 }, (_, i) => bucketOf("car_a", `vis_${i}`) === bucketOf("car_b", `vis_${i}`));
    expect(same.filter(Boolean).length).toBeLessThan(5);
  });

  it("spreads subjects that differ in one character evenly (chi-square over 20 cells)", () => {
    const cells = new Array<number>(20).fill(0);
    for (let i = 0; i < 20_000; i++) {
      const cell = Math.floor(bucketOf("car_01", `vis_${String(i).padStart(6, "0")}`) / 5);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    const chi = cells.reduce((sum, seen) => sum + (seen - 1_000) ** 2 / 1_000, 0);
    // 19 degrees of freedom: 43.8 is passed once in a thousand.
    expect(chi).toBeLessThan(43.8);
  });

  it("keeps everybody in who was in a smaller percentage", () => {
    fc.assert(
      fc.property(fc.string(), fc.double({ min: 0, max: 99, noNaN: true }), (who, percent) => {
        const bucket = bucketOf("car_01", who);
        return !(bucket < percent) || bucket < percent + 1;
      }),
    );
  });
});

describe("versions and devices", () => {
  it.each([
    ["8.10", "8.9", true],
    ["8.2", "8.2.0", true],
    ["v8.2.1-beta", "8.2.1", true],
    ["8.1.9", "8.2", false],
    ["", "1", false],
    ["latest", "1", false],
  ])("%j is at least %j: %j", (version, least, is) => {
    expect(isAtLeast(version, least)).toBe(is);
  });

  it.each([
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", "", "ios"],
    ["Mozilla/5.0 (Linux; Android 15; Pixel 9)", "", "android"],
    ["Mozilla/5.0 (X11; Linux x86_64)", '"Android"', "android"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", '"macOS"', "web"],
    ["Shop/8.2 CFNetwork/1568 Darwin/24", "", "ios"],
    ["", "", "web"],
  ])("%j with %j is %s", (agent, platform, device) => {
    expect(deviceOf(agent, platform)).toBe(device);
  });
});

describe("the guard", () => {
  it("says nothing about a few requests, unless nothing but errors came", () => {
    expect(findBreach(calls({ calls: 9, failed: 4, failedInARow: 4 }), guard)).toBeUndefined();
    expect(findBreach(calls({ calls: 5, failed: 5, failedInARow: 5 }), guard)).toBe("5 errors in a row.");
  });

  it("judges the error rate and then the share of slow answers", () => {
    expect(findBreach(calls({ calls: 100, failed: 5 }), guard)).toBeUndefined();
    expect(findBreach(calls({ calls: 100, failed: 6 }), guard)).toContain("6 of 100 requests failed");
    expect(findBreach(calls({ calls: 100, slow: 20 }), guard)).toBeUndefined();
    expect(findBreach(calls({ calls: 100, slow: 21 }), guard)).toContain("longer than 1000 ms");
  });

  it("adds reports up without losing a call or an unbroken row of errors", () => {
    const outcomes = fc.array(fc.boolean(), { maxLength: 60 });
    const sum = (list: readonly boolean[]) =>
      list.reduce(
        (all, failed) => addCalls(all, { calls: 1, failed: Number(failed), slow: 0, failedInARow: Number(failed) }),
        NO_CALLS,
      );
    fc.assert(
      fc.property(outcomes, outcomes, (first, second) => {
        const together = [...first, ...second];
        expect(addCalls(sum(first), sum(second))).toEqual(sum(together));
        expect(sum(together).failedInARow).toBe(together.length - 1 - together.lastIndexOf(false));
      }),
    );
  });
});
