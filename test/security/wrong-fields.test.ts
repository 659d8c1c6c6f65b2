import { describe, expect, it } from "vitest";
import { attack, operations, refusalFlaws, sampleOf } from "../support/attack.ts";
import { openWatchedStall, storedTables } from "../support/stored-state.ts";
import { type Field, fieldsOf, valueAt, withAt } from "../support/zod-fields.ts";

const stall = openWatchedStall("demo");
/** Unknown keys in one body: fewer than an answer names. */
const AT_ONCE = 40;
const lines = operations.flatMap((line) => (line.body ? [[line.id, line, line.body] as const] : []));

/** Stands for JSON that JSON.stringify does not write. */
const literal = (text: string): string => `literal:${text}`;
const written = (body: unknown): string => JSON.stringify(body).replaceAll(/"literal:([^"]*)"/g, "$1");

/** Quantities and amounts that have tricked shops; a field that really takes one of them is not attacked with it. */
const NUMBERS: readonly (number | string)[] = [
  ...[0, -1, 0.5, 2 ** 31, 2 ** 32 + 1, 2 ** 53, -(2 ** 53), 9_000_000_000_000_001, 1.0000000001],
  ...["1e309", "-1e309", "1e999999999", "0.1e1000", "9007199254740993", "-0.5"].map(literal),
];
const NO_NUMBERS = ["7", "1e3", "", "٣", "Infinity", "NaN", "0x10", null, true, [], [7], {}, { amount: 1 }];
const WRONG: Record<string, readonly unknown[]> = {
  number: NO_NUMBERS,
  string: [7, 0, true, null, [], ["x"], {}, { toString: "x" }],
  enum: ["nonsense", "", "__proto__", "constructor", "PAID", 7, true, null, [], {}],
  literal: ["nonsense", "", "__proto__", 7, true, null, [], {}],
  boolean: ["true", 0, 1, null, [], {}],
  array: ["x", "", 7, true, null, {}, { 0: "x", length: 1 }],
  object: ["x", "", 7, true, null, [], [{}]],
  // Any JSON: what it may hold, an action judges.
  unknown: [],
  record: ["x", 7, true, null, [], [{}]],
};

function wrongValues({ kind, isNullable, minimum, maximum }: Field): unknown[] {
  const values = WRONG[kind];
  if (!values) throw new Error(`No wrong values are known for a field of kind ${kind}`);
  const isRight = (it: number | string) => {
    const number = typeof it === "number" ? it : JSON.parse(it.slice("literal:".length));
    return Number.isSafeInteger(number) && number >= minimum && number <= maximum;
  };
  const numbers = kind === "number" ? NUMBERS.filter((it) => !isRight(it)) : [];
  return [...values.filter((it) => !(isNullable && it === null)), ...numbers];
}

describe("the fields of a body", () => {
  it.each(lines)("of %s all stand in its sample, so that each is attacked", (_, line, shape) => {
    const { body } = sampleOf(line, stall());
    const missing = fieldsOf(shape, body).filter((it) => valueAt(body, it.path) === undefined);
    expect(missing.map((it) => it.path.join("."))).toEqual(unsaid(line.id));
  });
  /** What a translation may leave out, and what a sale that names its SKUs in a list must not say beside it. */
  const unsaid = (id: string): string[] => {
    if (id === "createFlashSale")
      return ["sku", "sale_price", "sale_price.amount", "sale_price.currency", "quantity", "per_buyer_limit"];
    return id.endsWith("Collection") ? UNSAID : [];
  };
  const UNSAID = [
    "translations.zh-CN.seo",
    "translations.zh-CN.seo.title",
    "translations.zh-CN.seo.description",
    "translations.zh-CN.options",
  ];

  it.each(lines)("of %s are refused by name when their type or size is wrong", async (_, line, shape) => {
    const { body } = sampleOf(line, stall());
    const flaws: string[] = [];
    for (const field of fieldsOf(shape, body))
      for (const value of wrongValues(field)) {
        const answer = await attack(line, stall(), {
          raw: written(withAt(body, field.path, value)),
          headers: { "content-type": "application/json" },
        });
        const name = `${field.path.join(".") || "body"} = ${JSON.stringify(value)}`;
        for (const flaw of refusalFlaws(answer, ["invalid_request"])) flaws.push(`${name} ${flaw}`);
        const named: string[] = (answer.body?.errors ?? []).map((it: { field: string }) => it.field);
        if (!named.some((it) => isAbout(it, field.path))) flaws.push(`${name} names ${named.join(" ")}`);
      }
    expect(flaws).toEqual([]);
  });

  it.each(lines)("of %s are refused when a required one is missing", async (_, line, shape) => {
    const { body } = sampleOf(line, stall());
    const flaws: string[] = [];
    for (const { path } of fieldsOf(shape, body).filter((it) => !it.isOptional && it.path.length > 0)) {
      if (typeof path.at(-1) === "number" || line.method === "patch" || path.includes("translations")) continue;
      const answer = await attack(line, stall(), { body: withAt(body, path, undefined) as Record<string, unknown> });
      flaws.push(...refusalFlaws(answer, ["invalid_request"]).map((flaw) => `without ${path.join(".")} ${flaw}`));
    }
    expect(flaws).toEqual([]);
  });

  it.each(lines)("of %s take no key that it does not name: no column, no prototype", async (_, line, shape) => {
    const { body } = sampleOf(line, stall());
    const columns = [...(await storedTables()).values()].flat();
    const camel = columns.map((it) => it.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()));
    const tricks = [
      "__proto__",
      "constructor",
      "prototype",
      "toString",
      "hasOwnProperty",
      "is_admin",
      "role",
      "scopes",
      "",
    ];
    const objects = fieldsOf(shape, body).filter((it) => it.kind === "object");
    const flaws: string[] = [];
    for (const { path } of objects) {
      const given = valueAt(body, path) as Record<string, unknown> | undefined;
      if (given === undefined) continue;
      const known = new Set(
        fieldsOf(shape, body)
          .filter((it) => it.path.length === path.length + 1)
          .map((it) => it.path.at(-1)),
      );
      const unknown = [...new Set([...columns, ...camel, ...tricks])].filter((key) => !known.has(key));
      for (let i = 0; i < unknown.length; i += AT_ONCE) {
        const keys = unknown.slice(i, i + AT_ONCE);
        const more = { ...given };
        for (const key of keys) Object.defineProperty(more, key, { value: { is_admin: true }, enumerable: true });
        const answer = await attack(line, stall(), { body: withAt(body, path, more) as Record<string, unknown> });
        flaws.push(...refusalFlaws(answer, ["invalid_request"]).map((flaw) => `${path.join(".")} ${flaw}`));
        const named: { field: string; code: string }[] = answer.body?.errors ?? [];
        const refused = new Set(named.filter((it) => it.code === "unknown_field").map((it) => it.field));
        const missed = keys.map((key) => [...path, key].join(".")).filter((name) => !refused.has(name));
        flaws.push(...missed.map((name) => `${name} is not called unknown`));
      }
    }
    expect(flaws).toEqual([]);
  });
});

/** Whether an error is about the field, about what holds it or about a part of it. */
const isAbout = (named: string, path: Field["path"]): boolean => {
  const wanted = path.join(".") || "body";
  return named === wanted || wanted.startsWith(`${named}.`) || named.startsWith(`${wanted}.`) || wanted === "body";
};
