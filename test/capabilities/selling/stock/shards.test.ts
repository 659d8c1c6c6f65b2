import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  blockUnits,
  counterName,
  nextMove,
  nextNumber,
  PARENT,
  readCounterName,
  SLOTS,
  slotOf,
  unitsToReturn,
  unitsWithSlots,
} from "../../../../src/capabilities/selling/stock/rules/shards.ts";

const shards = fc.integer({ min: 1, max: SLOTS });
const units = fc.nat({ max: 1_000_000 });

describe("slots", () => {
  it("reach an even layout from any other, a few at a time", () => {
    fc.assert(
      fc.property(fc.array(shards, { minLength: 1, maxLength: 5 }), (aims) => {
        let owners: number[] = Array.from({ length: SLOTS }, () => PARENT);
        for (const aim of aims) {
          let moves = 0;
          for (let move = nextMove(owners, aim); move; move = nextMove(owners, aim)) {
            const { slots, from, to } = move;
            expect([slots.length > 0 && slots.length <= 4, from === to, ++moves > 2 * SLOTS]).toEqual([
              true,
              false,
              false,
            ]);
            owners = owners.map((owner, slot) => {
              if (!slots.includes(slot)) return owner;
              expect(owner).toBe(from);
              return to;
            });
          }
          const counts = new Map<number, number>();
          for (const owner of owners) counts.set(owner, (counts.get(owner) ?? 0) + 1);
          expect([...counts.keys()].sort((a, b) => a - b)).toEqual(
            aim === 1 ? [PARENT] : Array.from({ length: aim }, (_, i) => i),
          );
          expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("get about the same number of buyers each", () => {
    const counts = new Array(SLOTS).fill(0);
    for (let i = 0; i < 64_000; i++) counts[slotOf(`buyer-${i}@example.com`)]++;
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1_200);
  });

  it("number holds upwards, and never two of different slots the same", () => {
    const slot = fc.integer({ min: 0, max: SLOTS - 1 });
    fc.assert(
      fc.property(fc.nat(), slot, (last, slot) => {
        const number = nextNumber(last, slot);
        expect([number > last, number <= last + SLOTS, number % SLOTS]).toEqual([true, true, slot]);
      }),
    );
  });

  it("are in counters whose names lead back to the parent", () => {
    expect(readCounterName("demo:A:B")).toEqual({ parent: "demo:A:B", shard: PARENT });
    expect(readCounterName(counterName("demo:A", 63))).toEqual({ parent: "demo:A", shard: 63 });
    expect(counterName("demo:A", PARENT)).toBe("demo:A");
  });
});

describe("blocks", () => {
  it("are never more than the rest and never nothing while there is a rest", () => {
    fc.assert(
      fc.property(units, shards, units, (rest, count, wanted) => {
        const block = blockUnits(rest, count, wanted);
        expect(block).toBeLessThanOrEqual(rest);
        expect(block > 0).toBe(rest > 0);
        expect(block).toBeGreaterThanOrEqual(Math.min(rest, wanted));
      }),
    );
  });

  it("go along with slots, and leave a rest", () => {
    fc.assert(
      fc.property(units, shards, units, (rest, slots, elsewhere) => {
        const seeded = unitsWithSlots(rest, rest + elsewhere, slots);
        expect(seeded).toBeLessThanOrEqual(rest);
        expect(seeded).toBeLessThanOrEqual(((rest + elsewhere) * slots) / SLOTS);
      }),
    );
  });

  it("come back whole from a shard that sells nothing, and at least one unit of any other", () => {
    fc.assert(
      fc.property(units, (unused) => {
        expect(unitsToReturn(unused, false)).toBe(unused);
        expect(unitsToReturn(unused, true) > 0).toBe(unused > 0);
        expect(unitsToReturn(unused, true)).toBeLessThanOrEqual(unused);
      }),
    );
  });
});
