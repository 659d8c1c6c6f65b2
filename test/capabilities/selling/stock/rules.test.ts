import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterConfirm,
  afterRelease,
  afterReserve,
  available,
  brokenLevels,
  judgeOnHand,
  judgeReserve,
  type Levels,
  NO_STOCK,
} from "../../../../src/capabilities/selling/stock/rules.ts";

const MAX = 1_000_000_000;
const units = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: MAX }));
const wish = fc.oneof(
  fc.record({ kind: fc.constant("reserve" as const), quantity: units }),
  fc.record({
    kind: fc.constant("set" as const),
    onHand: fc.oneof(fc.integer({ min: -5, max: 30 }), fc.integer({ min: -MAX, max: 2 * MAX })),
  }),
  fc.record({ kind: fc.constantFrom("confirm" as const, "release" as const), hold: fc.nat({ max: 20 }) }),
);

type Wish = typeof wish extends fc.Arbitrary<infer It> ? It : never;
/** The levels beside what they must equal: open holds, units put in, units sold. */
type Shelf = { levels: Levels; holds: number[]; moved: number; sold: number };

function granted(shelf: Shelf, it: Wish): Shelf {
  const { levels, holds, moved, sold } = shelf;
  if (it.kind === "reserve")
    return judgeReserve(levels, it.quantity, 0) === "reserved"
      ? { ...shelf, levels: afterReserve(levels, it.quantity), holds: [...holds, it.quantity] }
      : shelf;
  if (it.kind === "set")
    return judgeOnHand(levels, it.onHand, MAX) === "changed"
      ? { ...shelf, levels: { ...levels, onHand: it.onHand }, moved: moved + it.onHand - levels.onHand }
      : shelf;
  const quantity = holds[it.hold];
  if (quantity === undefined) return shelf;
  const others = holds.filter((_, i) => i !== it.hold);
  return it.kind === "confirm"
    ? { levels: afterConfirm(levels, quantity), holds: others, moved, sold: sold + quantity }
    : { levels: afterRelease(levels, quantity), holds: others, moved, sold };
}

describe("the levels of a SKU, whatever is asked", () => {
  it("stay whole and never negative, and equal the sums of what happened", () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 60 }), (wishes) => {
        let shelf: Shelf = { levels: NO_STOCK, holds: [], moved: 0, sold: 0 };
        for (const it of wishes) {
          shelf = granted(shelf, it);
          const { levels, holds, moved, sold } = shelf;
          expect(brokenLevels(levels)).toEqual([]);
          expect(levels).toMatchObject({ onHand: moved - sold, sold, reserved: holds.reduce((a, b) => a + b, 0) });
        }
      }),
      { numRuns: 500 },
    );
  });

  it("let a buyer have a unit exactly while the limit and the shelf do", () => {
    const levels = fc.record({
      onHand: fc.nat({ max: 50 }),
      reserved: fc.nat({ max: 50 }),
      sold: fc.nat(),
      perBuyerLimit: fc.option(fc.integer({ min: 1, max: 20 })),
    });
    fc.assert(
      fc.property(
        levels.filter((it) => it.reserved <= it.onHand),
        fc.integer({ min: 1, max: 60 }),
        fc.nat({ max: 20 }),
        (it, quantity, has) => {
          const isAllowed = it.perBuyerLimit === null || has + quantity <= it.perBuyerLimit;
          const verdict = judgeReserve(it, quantity, has);
          expect(verdict === "reserved").toBe(isAllowed && quantity <= available(it));
          expect(verdict === "limit_reached").toBe(!isAllowed);
        },
      ),
    );
  });
});
