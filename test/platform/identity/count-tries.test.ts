import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  admitTry,
  forgiveTry,
  NO_TRIES,
  STRIKES_FORGOTTEN_MS,
  type Tries,
  type TryLimit,
} from "../../../src/platform/identity/count-tries.ts";

const MINUTE = 60_000;
const limit: TryLimit = { tries: 10, windowMs: 15 * MINUTE, waitMaxMs: 120 * MINUTE };

/** Makes `count` wrong tries at `now`. */
function fail(tries: Tries, count: number, now: number): Tries {
  let after = tries;
  for (let i = 0; i < count; i++) {
    const verdict = admitTry(after, limit, now);
    if (verdict.kind === "admitted") after = verdict.tries;
  }
  return after;
}

describe("tries", () => {
  it("are never more than the limit in any window, whenever they come", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 * MINUTE }), { maxLength: 200 }), (pauses) => {
        let [tries, now] = [NO_TRIES, 1_000_000];
        const admitted: number[] = [];
        for (const pause of pauses) {
          now += pause;
          const verdict = admitTry(tries, limit, now);
          if (verdict.kind === "refused") continue;
          tries = verdict.tries;
          admitted.push(now);
        }
        for (const end of admitted)
          expect(admitted.filter((it) => it > end - limit.windowMs && it <= end).length).toBeLessThanOrEqual(10);
      }),
    );
  });

  it("wait a window, then two, then four, up to the longest wait; a quiet day begins anew", () => {
    let [tries, now] = [NO_TRIES, 0];
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) {
      tries = fail(tries, 10, now);
      waits.push((tries.blockedUntil - now) / MINUTE);
      now = tries.blockedUntil;
    }
    expect(waits).toEqual([15, 30, 60, 120, 120, 120]);
    now += STRIKES_FORGOTTEN_MS + 1;
    expect(fail(tries, 10, now).blockedUntil).toBe(now + 15 * MINUTE);
  });

  it("that were right count for nothing and lift the block that they made", () => {
    const nine = fail(NO_TRIES, 9, 0);
    const tenth = admitTry(nine, limit, 1);
    if (tenth.kind === "refused") throw new Error("the tenth try was refused");
    expect(admitTry(tenth.tries, limit, 2)).toMatchObject({ kind: "refused" });
    const forgiven = forgiveTry(tenth.tries, 1, 2);
    expect(forgiven).toMatchObject({ at: nine.at, blockedUntil: 0, strikes: 0 });
    expect(forgiveTry(forgiven, 1, 3)).toBe(forgiven);
  });
});
