import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdsCardData } from "../../src/platform/card-data.ts";
import { newId } from "../../src/platform/ids.ts";

const RUNS = 100_000;
const digit = fc.integer({ min: 0, max: 9 });
const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(digit, { minLength: length, maxLength: length }).map((it) => it.join(""));

/** What shops write that looks like numbers and is no card. */
const innocent: Record<string, fc.Arbitrary<string>> = {
  "ids of ours": fc.constantFrom("ord", "prd", "cart", "pay").map((it) => newId(it)),
  UUIDs: fc.uuid(),
  "telephone numbers": fc
    .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom("", " ", "-"), digits(3), digits(4), digits(4))
    .map(([country, gap, ...rest]) => `+${country}${gap}${rest.join(gap)}`),
  "EAN-13": digits(13),
  "GTIN-14": digits(14),
  timestamps: fc.integer({ min: 1_000_000_000_000, max: 4_000_000_000_000 }).map(String),
  microseconds: fc.integer({ min: 1_600_000_000_000_000, max: 2_050_000_000_000_000 }).map(String),
  "dates and times": fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    .map((it) => it.toISOString()),
  hashes: fc.array(fc.constantFrom(..."0123456789abcdef"), { minLength: 40, maxLength: 40 }).map((it) => it.join("")),
  amounts: fc.integer({ min: 0, max: 99_999_999_999 }).map(String),
};

describe("holdsCardData", () => {
  it.each(Object.entries(innocent))("takes %s for cards in less than 0.03 %% of the cases", (_, arbitrary) => {
    const bodies = fc.sample(arbitrary, { numRuns: RUNS / 10, seed: 7 });
    const hits = bodies.filter((it) => holdsCardData(JSON.stringify({ id: it, note: `No. ${it}.` })));
    expect(hits.length / bodies.length).toBeLessThan(0.0003);
  });

  it("finds every number with a scheme's prefix and a right check digit, however it is grouped", () => {
    const prefix = fc.constantFrom(
      "4",
      "51",
      "55",
      "2221",
      "2720",
      "34",
      "37",
      "6011",
      "65",
      "644",
      "3528",
      "3589",
      "62",
    );
    fc.assert(
      fc.property(prefix, digits(18), fc.constantFrom("", " ", "-"), (start, rest, gap) => {
        const length = /^3[47]/.test(start) ? 15 : 16;
        const body = (start + rest).slice(0, length - 1);
        const number = body + checkDigit(body);
        const grouped = number.replaceAll(/(\d{4})(?=\d)/g, `$1${gap}`);
        expect(holdsCardData(JSON.stringify({ a: { b: [grouped] } }))).toBe(true);
        expect(holdsCardData(`{"n":${number}}`)).toBe(true);
        const wrong = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);
        expect(holdsCardData(JSON.stringify([wrong]))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

function checkDigit(body: string): number {
  const sum = [...body]
    .reverse()
    .reduce(
      (total, it, i) => total + (i % 2 === 0 ? (Number(it) * 2 > 9 ? Number(it) * 2 - 9 : Number(it) * 2) : Number(it)),
      0,
    );
  return (10 - (sum % 10)) % 10;
}
