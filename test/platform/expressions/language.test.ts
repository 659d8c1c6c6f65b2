import { describe, expect, it } from "vitest";
import { Language, SOURCE_CHARACTERS_MAX } from "../../../src/platform/expressions/language.ts";

interface Facts {
  headers: Headers;
  country: string;
  amount: bigint;
  tags: string[];
}

const language = new Language<Facts>({
  variables: { headers: "Headers", country: "string", amount: "int", tags: "list<string>" },
  objects: { Headers },
  functions: { "Headers.get(string): string": (headers: Headers, name: string) => headers.get(name) ?? "" },
});

const facts: Facts = {
  headers: new Headers({ "x-user-group": "gold" }),
  country: "CN",
  amount: 5_000n,
  tags: ["a", "b"],
};

const compiled = (source: string) => {
  const made = language.compile(source, "bool");
  if (!made.ok) throw new Error(made.detail);
  return made.value;
};
const refusal = (source: string) => {
  const made = language.compile(source, "bool");
  return made.ok ? undefined : { detail: made.detail, position: made.facts?.["position"] };
};

describe("the rule language", () => {
  it.each([
    ["headers.get('X-User-Group') == 'gold'", true],
    ["country in ['US', 'DE'] || amount >= 5000", true],
    ["tags.exists(t, t == 'c')", false],
    ["amount > 4999 && !country.startsWith('U')", true],
  ])("evaluates %s", (source, value) => {
    expect(compiled(source).evaluate(facts)).toEqual({ ok: true, value });
  });

  it("answers money as exact minor units", () => {
    const made = language.compile("amount * 1152921504606846 / 5000", "int");
    expect(made.ok && made.value.evaluate(facts)).toEqual({ ok: true, value: 1152921504606846n });
  });

  it.each([
    ["country ==\n  'a' ++ 2", "Line 2, column 8: Unexpected token: PLUS", { line: 2, column: 8, start: 18, end: 19 }],
    ["amount == 'x'", "Line 1, column 1: no such overload: int == string", { line: 1, column: 1, start: 0, end: 13 }],
    ["true && nobody == 1", "Line 1, column 9: Unknown variable: nobody", { line: 1, column: 9, start: 8, end: 14 }],
    ["country", "Line 1, column 1: Expected a bool, but this is a string.", { line: 1, column: 1, start: 0, end: 7 }],
  ])("says where %j is wrong", (source, detail, position) => {
    expect(refusal(source)).toEqual({ detail, position });
  });

  it.each([
    ["a source that is too long", `${" ".repeat(SOURCE_CHARACTERS_MAX)}true`],
    ["too many parentheses", `${"(".repeat(500)}true${")".repeat(500)}`],
    ["too many negations", `${"!".repeat(1_000)}true`],
    ["too many conditions", Array.from({ length: 500 }, () => "true").join("&&")],
    ["regular expressions", "country.matches('(a+)+$')"],
    ["macros in macros in macros", "tags.all(a, tags.all(b, tags.all(c, a == b)))"],
    ["a way to the prototype", "headers.constructor == 'x'"],
    ["a name of JavaScript", "__proto__ == 'x'"],
    ["nothing", ""],
  ])("refuses %s", (_, source) => {
    expect(refusal(source)).toBeDefined();
  });

  it("compiles what is written alike once", () => {
    expect(compiled("country == 'CN'")).toBe(compiled("country == 'CN'"));
  });

  it("names the variables that an expression uses", () => {
    expect([...compiled("tags.exists(t, t == country)").uses].sort()).toEqual(["country", "tags"]);
  });

  it("answers a value that cannot be computed with its position, never a throw", () => {
    expect(compiled("amount / (amount - amount) == 1").evaluate(facts)).toMatchObject({
      ok: false,
      flaw: { detail: "division by zero", start: 0 },
    });
  });

  it("explains each condition with what it looked at", () => {
    const { conditions } = compiled("headers.get('X-User-Group') == 'silver' || !(country in ['US'])").explain(facts);
    expect(conditions).toEqual([
      {
        ...{ source: "headers.get('X-User-Group') == 'silver'", start: 0, end: 39, value: "false", error: null },
        of: [{ source: "headers.get('X-User-Group')", start: 0, end: 27, value: '"gold"', error: null }],
      },
      {
        ...{ source: "country in ['US']", start: 45, end: 62, value: "false", error: null },
        of: [{ source: "country", start: 45, end: 52, value: '"CN"', error: null }],
      },
    ]);
  });
});
