import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/edge/read-body.ts";

/** Any text a value can hold, also what no UTF-8 holds. */
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc
    .array(fc.constantFrom("\\", '"', "{", "}", "[", "]", ":", ",", "u0000", "\\ud800", " "), { maxLength: 8 })
    .map((it) => it.join("")),
);
const isWhole = (it: string): boolean => it.isWellFormed() && !it.includes("\0");
const clean = text.filter(isWhole);
const jsonOf = (strings: fc.Arbitrary<string>) =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(
        strings,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
      ),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(strings, tie("value"), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value;

describe("parseJson", () => {
  it("reads what JSON.parse reads, to the same value, however it is spaced and escaped", () => {
    fc.assert(
      fc.property(jsonOf(clean), fc.constantFrom(0, 1, "\t"), fc.boolean(), (value, indent, isEscaped) => {
        const json = JSON.stringify(value, null, indent);
        const written = isEscaped ? json.replaceAll(/[^\0-\x7f]/g, escaped) : json;
        expect(parseJson(written)).toEqual({ ok: true, value: JSON.parse(written) });
      }),
    );
  });

  it("refuses NUL and halves of surrogate pairs wherever they stand, and nothing else", () => {
    fc.assert(
      fc.property(jsonOf(text), (value) => {
        const strings: string[] = [];
        JSON.stringify(value, (key, it) => {
          strings.push(key);
          if (typeof it === "string") strings.push(it);
          return it;
        });
        expect(parseJson(JSON.stringify(value)).ok).toBe(strings.every(isWhole));
      }),
      { numRuns: 1_000 },
    );
  });

  it("refuses what JSON.parse refuses", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          jsonOf(clean)
            .map((it) => JSON.stringify(it))
            .chain((json) => fc.nat({ max: json.length }).map((at) => json.slice(0, at))),
        ),
        (it) => {
          if (!isJson(it)) expect(parseJson(it)).toMatchObject({ ok: false, code: "malformed_body" });
        },
      ),
    );
  });

  it("refuses a key given twice at any depth, also when it is written in another way", () => {
    fc.assert(
      fc.property(clean, fc.nat({ max: 20 }), fc.boolean(), (key, depth, isEscaped) => {
        const plain = JSON.stringify(key);
        const spelled = `"${escaped(key)}"`;
        const twice = `{${plain}:{"x":1},"between":[{${plain}:1}],${isEscaped ? spelled : plain} :2}`;
        const isOnce = key === "between";
        const nested = '{"a":['.repeat(depth) + twice + "]}".repeat(depth);
        expect(isOnce || !parseJson(nested).ok).toBe(true);
      }),
    );
  });

  it.each([64, 65])("takes 64 levels and no more: %i", (levels) => {
    const lists = "[".repeat(levels) + "]".repeat(levels);
    const objects = `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    expect([parseJson(lists).ok, parseJson(objects).ok]).toEqual([levels <= 64, levels <= 64]);
    expect(parseJson(JSON.stringify({ note: lists })).ok).toBe(true);
  });
});

/** Each UTF-16 unit as the escape that JSON has for it. */
const escaped = (it: string): string =>
  Array.from({ length: it.length }, (_, i) => `\\u${it.charCodeAt(i).toString(16).padStart(4, "0")}`).join("");

function isJson(it: string): boolean {
  try {
    JSON.parse(it);
    return true;
  } catch {
    return false;
  }
}
