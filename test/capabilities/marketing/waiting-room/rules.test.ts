import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ADMISSION,
  admitNext,
  estimateWait,
  type Flow,
  flowTo,
  openFlow,
  type Pace,
} from "../../../../src/capabilities/marketing/waiting-room/rules/admit.ts";
import { commitmentOf, drawOrder } from "../../../../src/capabilities/marketing/waiting-room/rules/draw.ts";
import { pausePolls } from "../../../../src/capabilities/marketing/waiting-room/rules/pace-polls.ts";
import { sha256Hex } from "../../../../src/platform/signatures.ts";

const pace = (admitPerSecond: number, burst = 1): Pace => ({
  admitPerSecond,
  burst,
  passMs: 60_000,
  livePassesMax: null,
});

/** The moments at which a line that never ends is let in, up to `until`, looked at whenever `looks` says. */
function moments(of: Pace, until: number, looks: readonly number[] = [until]): number[] {
  let flow: Flow = openFlow(of, 0);
  const at: number[] = [];
  for (const now of looks)
    for (let next = admitNext(flow, of, 0, now); next; next = admitNext(flow, of, 0, now)) {
      flow = next;
      at.push(flow.at);
    }
  return at;
}

describe("admission", () => {
  it("is exact: the burst at once, then the rate, to the millisecond", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 50 }), (rate, burst) => {
        const seconds = 3;
        const at = moments(pace(rate, burst), seconds * 1_000);
        expect(at).toHaveLength(burst + rate * seconds);
        for (const [i, moment] of at.entries())
          expect(moment).toBe(Math.max(0, Math.ceil(((i + 1 - burst) * 1_000) / rate)));
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it("happens at the same moments however often somebody looks", () => {
    const looks = fc.array(fc.integer({ min: 0, max: 4_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 9 }), looks, (rate, burst, times) => {
        const often = [...times, 4_000].sort((a, b) => a - b);
        expect(moments(pace(rate, burst), 4_000, often)).toEqual(moments(pace(rate, burst), 4_000));
      }),
      { seed: 11 },
    );
  });

  it("saves up no more than the burst in a quiet time, and a clock that goes back earns nothing", () => {
    const slow = pace(10, 3);
    expect(flowTo({ credit: 0, at: 0 }, slow, 3_600_000)).toEqual({ credit: 3 * ADMISSION, at: 3_600_000 });
    expect(flowTo({ credit: 5, at: 100 }, slow, 50)).toEqual({ credit: 5, at: 100 });
  });

  it("waits for a pass to come free, and for the rate after that", () => {
    const one = pace(2);
    expect(admitNext({ credit: ADMISSION, at: 0 }, one, 700, 699)).toBeUndefined();
    expect(admitNext({ credit: ADMISSION, at: 0 }, one, 700, 700)).toEqual({ credit: 0, at: 700 });
    expect(admitNext({ credit: 0, at: 700 }, one, 0, 5_000)).toEqual({ credit: 0, at: 1_200 });
  });

  it("estimates the wait by the rate", () => {
    expect(estimateWait({ credit: 0, at: 0 }, pace(50), 99)).toBe(2);
    expect(estimateWait({ credit: ADMISSION, at: 0 }, pace(50), 0)).toBe(0);
  });
});

describe("the draw", () => {
  const ids = (count: number) => Array.from({ length: count }, (_, i) => `went_${String(i).padStart(6, "0")}`);

  it("is made again by anybody who has the seed and the ids, in whatever order they are listed", () => {
    const seed = "ab".repeat(32);
    const order = drawOrder(seed, ids(50));
    expect(drawOrder(seed, ids(50).reverse())).toEqual(order);
    expect(drawOrder("ac".repeat(32), ids(50))).not.toEqual(order);
    expect(order.toSorted()).toEqual(ids(50));
  });

  it("keeps its word: the commitment is the hash of the seed", () => {
    expect(commitmentOf("ab".repeat(32))).toBe(sha256Hex("ab".repeat(32)));
    // printf %s went_1 | openssl dgst -sha256 -hmac "$(printf 'ab%.0s' {1..32})"
    expect(drawOrder("ab".repeat(32), ["went_2", "went_1", "went_3"])).toHaveLength(3);
  });

  /** Pearson's chi-square over entrant x tenth of the line; 99 degrees of freedom at p = 0.01 allow 134.6. */
  it("favours nobody: chi-square over 100 entrants and their tenth of the line, fixed seeds", () => {
    const CELLS = 10;
    const CRITICAL = 134.642;
    const people = ids(100);
    const draws = 2_000;
    const counts = new Map(people.map((id) => [id, new Array<number>(CELLS).fill(0)]));
    for (let i = 0; i < draws; i++)
      for (const [place, id] of drawOrder(sha256Hex(`fixed seed ${i}`), people).entries()) {
        const cells = counts.get(id);
        const cell = Math.floor((place * CELLS) / people.length);
        if (cells) cells[cell] = (cells[cell] ?? 0) + 1;
      }
    // The first tenth over all entrants: who comes early into the draw gains nothing.
    const expected = draws / CELLS;
    const firstTenth = people.reduce((sum, id) => sum + ((counts.get(id)?.[0] ?? 0) - expected) ** 2 / expected, 0);
    expect(firstTenth).toBeLessThan(CRITICAL);
    // And over every cell of ten entrants spread over the arrivals: 9 degrees of freedom each, 21.666 at p = 0.01; at most one in ten by chance.
    const outliers = people
      .filter((_, i) => i % 10 === 0)
      .map((id) => (counts.get(id) ?? []).reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0))
      .filter((it) => it > 21.666);
    expect(outliers.length).toBeLessThanOrEqual(1);
  });
});

describe("polling", () => {
  it("is soon when news is near, and never more than a room answers", () => {
    expect(pausePolls(0, 10, 3)).toBe(1);
    expect(pausePolls(600, 10, 3)).toBe(30);
    fc.assert(
      fc.property(fc.nat(3_600), fc.nat(1_000_000), fc.nat(), (seconds, entrants, lot) => {
        const pause = pausePolls(seconds, entrants, lot);
        expect(entrants / pause).toBeLessThanOrEqual(1_000);
        expect(pause).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
