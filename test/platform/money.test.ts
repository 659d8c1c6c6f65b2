import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AMOUNT_MAX, allocate, minorDigits } from "../../src/platform/money.ts";

const weights = fc.array(fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: AMOUNT_MAX / 100 })), {
  minLength: 1,
  maxLength: 50,
});
const total = fc.oneof(fc.nat({ max: 1_000 }), fc.integer({ min: 0, max: AMOUNT_MAX }));

describe("allocate", () => {
  it("gives parts that sum to the whole, each within one of its exact share", () => {
    fc.assert(
      fc.property(total, weights, (whole, shares) => {
        const parts = allocate(whole, shares);
        const sum = shares.reduce((a, b) => a + BigInt(b), 0n);
        expect(parts.reduce((a, b) => a + BigInt(b), 0n)).toBe(BigInt(whole));
        if (sum === 0n) return;
        for (const [i, part] of parts.entries()) {
          const off = BigInt(part) * sum - BigInt(whole) * BigInt(shares[i] ?? 0);
          expect(off < sum && off > -sum).toBe(true);
        }
      }),
    );
  });

  it("gives nothing to who weighs nothing, and no less to who weighs more", () => {
    fc.assert(
      fc.property(
        total,
        weights.filter((it) => it.some((weight) => weight > 0)),
        (whole, shares) => {
          const parts = allocate(whole, shares);
          for (const [i, a] of shares.entries())
            for (const [j, b] of shares.entries()) {
              if (a === 0) expect(parts[i]).toBe(0);
              if (a > b) expect(parts[i]).toBeGreaterThanOrEqual(parts[j] ?? 0);
            }
        },
      ),
      { numRuns: 50 },
    );
  });

  it("gives the odd cent to the largest remainder, and to the earlier of equals", () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(10, [5, 3, 2])).toEqual([5, 3, 2]);
    expect(allocate(7, [0, 0])).toEqual([7, 0]);
    expect(allocate(1, [1, 2])).toEqual([0, 1]);
  });
});

describe("minorDigits", () => {
  it.each([
    ["JPY", 0],
    ["USD", 2],
    ["KWD", 3],
  ])("of %s is %i", (currency, digits) => expect(minorDigits(currency)).toBe(digits));
});
