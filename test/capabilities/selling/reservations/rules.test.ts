import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeCall, judgeRollout } from "../../../../src/capabilities/selling/reservations/rules.ts";
import { monthOf, secondsUntil } from "../../../../src/platform/time.ts";

const licence = { licenceId: "lic_1", isEnabled: true };
const buyers = Array.from({ length: 10_000 }, (_, i) => `buyer-${i}@example.com`);
const share = (percent: number, of = licence) =>
  buyers.filter((it) => judgeRollout(of, it, percent) === "rolled_out").length / buyers.length;

describe("the roll-out", () => {
  it.each([0, 1, 10, 50, 90, 100])("reaches about %s percent of the buyers", (percent) => {
    expect(Math.abs(share(percent) - percent / 100)).toBeLessThan(0.02);
  });

  it("only gains buyers when its percentage grows, and none at 0, all at 100", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(100), fc.nat(100), (licenceId, buyer, a, b) => {
        const at = (percent: number) => judgeRollout({ licenceId, isEnabled: true }, buyer, percent);
        if (at(Math.min(a, b)) === "rolled_out") expect(at(Math.max(a, b))).toBe("rolled_out");
        expect([at(0), at(100)]).toEqual(["buyer_not_rolled_out", "rolled_out"]);
      }),
    );
  });

  it("chooses other buyers for another licence", () => {
    const other = { licenceId: "lic_2", isEnabled: true };
    const both = buyers.filter((it) => [licence, other].every((of) => judgeRollout(of, it, 50) === "rolled_out"));
    expect(Math.abs(both.length / buyers.length - 0.25)).toBeLessThan(0.03);
  });

  it("reaches nobody of a licence that is switched off", () => {
    expect(judgeRollout({ ...licence, isEnabled: false }, "ann", 100)).toBe("licence_switched_off");
  });
});

describe("a call", () => {
  const limits = { callsPerSecond: 2, callsPerMonth: 5 };
  it.each([
    [0, 0, "admitted"],
    [1, 4, "admitted"],
    [2, 4, "rate_limited"],
    [0, 5, "quota_exhausted"],
    [2, 5, "quota_exhausted"],
  ] as const)("after %s in this second and %s in this month is %s", (thisSecond, thisMonth, verdict) => {
    expect(judgeCall({ thisSecond, thisMonth }, limits)).toBe(verdict);
  });

  it("belongs to the calendar month of UTC, December to January too", () => {
    const { from, until } = monthOf(Date.UTC(2026, 11, 31, 23, 59, 59, 999));
    expect([from, until]).toEqual([Date.UTC(2026, 11, 1), Date.UTC(2027, 0, 1)]);
    expect(monthOf(until).from).toBe(until);
    expect(secondsUntil(until, until - 1)).toBe(1);
  });
});
