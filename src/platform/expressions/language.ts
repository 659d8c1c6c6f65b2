import { Environment, type RegisteredFunctionHandler } from "@marcbachmann/cel-js";
import { ok, type Result, refused } from "../result.ts";
import { type Explanation, explain } from "./explain.ts";
import { type Flaw, flawOf, flawText, type Judged, judged } from "./flaw.ts";
import { findStructureFlaw, namesIn } from "./structure.ts";

/** Characters of one expression. The parser recurses, so the length is looked at before it. */
export const SOURCE_CHARACTERS_MAX = 2_048;
const LIMITS = { maxAstNodes: 400, maxDepth: 24, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 8 };
/** Compiled expressions that a language keeps in each isolate, oldest out first. */
const COMPILED_MAX = 1_000;

/** What an expression may answer: the CEL type, and what it is here. Money is an int, so a bigint of minor units. */
export interface Types {
  bool: boolean;
  int: bigint;
  double: number;
  string: string;
}

/** The words of one context: which variables an expression may name, of which CEL types, and which functions it may call. */
export interface Vocabulary {
  variables: Record<string, string>;
  /** Variables that hold an object of ours, which only functions can look into: type name and class. */
  // biome-ignore lint/complexity/noBannedTypes: what the library asks for, a class of any kind.
  objects?: Record<string, Function>;
  /** By CEL signature: `Headers.get(string): string`. They must be quick, pure and total. */
  functions?: Record<string, RegisteredFunctionHandler>;
}

/** A checked expression. It has no side effects, cannot loop without end and sees nothing but the facts it is given. */
export interface Expression<Facts, Value> {
  source: string;
  /** The variables that it names. */
  uses: ReadonlySet<string>;
  evaluate: (facts: Facts) => Judged<Value>;
  /** What each condition in it comes to, with the position of each in the source. */
  explain: (facts: Facts) => Explanation;
}

/**
 * The rule language of the platform: CEL (cel.dev) with a fixed vocabulary, checked for types before it is kept. A language is
 * made once, at module level; an expression is compiled once for all who write it alike. What differs from the specification
 * stands in docs/cel-conformance.md.
 */
export class Language<Facts extends object> {
  private readonly environment = new Environment({ limits: LIMITS });
  private readonly compiled = new Map<string, unknown>();

  constructor(private readonly vocabulary: Vocabulary) {
    for (const [name, kind] of Object.entries(vocabulary.objects ?? {}))
      this.environment.registerType(name, { ctor: kind, fields: {} });
    for (const [name, type] of Object.entries(vocabulary.variables)) this.environment.registerVariable(name, type);
    for (const [signature, handler] of Object.entries(vocabulary.functions ?? {}))
      this.environment.registerFunction(signature, handler);
  }

  /** Checks length, structure and types of an expression that must answer a `type`; the refusal says where the flaw is. */
  compile<Type extends keyof Types>(
    source: string,
    type: Type,
  ): Result<Expression<Facts, Types[Type]>, "invalid_expression"> {
    const key = `${type} ${source}`;
    const known = this.compiled.get(key);
    if (isExpression<Facts, Types[Type]>(known)) return ok(known);
    const made = this.make(source, type);
    if (!made.ok) return invalidExpression(made.flaw);
    if (this.compiled.size >= COMPILED_MAX) this.compiled.delete(this.compiled.keys().next().value ?? "");
    this.compiled.set(key, made.value);
    return ok(made.value);
  }

  private make<Type extends keyof Types>(source: string, type: Type): Judged<Expression<Facts, Types[Type]>> {
    if (source.length > SOURCE_CHARACTERS_MAX)
      return tooLong(`An expression has at most ${SOURCE_CHARACTERS_MAX} characters.`);
    return judged(source, () => {
      const parsed = this.environment.parse(source);
      const flaw = findStructureFlaw(parsed.ast);
      if (flaw) throw flaw;
      const checked = parsed.check();
      if (!checked.valid) throw checked.error;
      if (checked.type !== type) throw { summary: `Expected a ${type}, but this is a ${checked.type}.` };
      const isWanted = isOfType[type];
      return {
        source,
        uses: new Set([...namesIn(parsed.ast)].filter((name) => name in this.vocabulary.variables)),
        evaluate: (facts) => {
          try {
            const value: unknown = parsed(facts);
            if (isWanted(value)) return { ok: true, value };
            return { ok: false, flaw: flawOf(source, { summary: `The value is no ${type}.` }) };
          } catch (error) {
            return { ok: false, flaw: flawOf(source, error) };
          }
        },
        explain: (facts) => explain(parsed.ast, (part) => this.environment.parse(part)(facts)),
      };
    });
  }
}

const isOfType: { [Type in keyof Types]: (value: unknown) => value is Types[Type] } = {
  bool: (value) => typeof value === "boolean",
  int: (value) => typeof value === "bigint",
  double: (value) => typeof value === "number",
  string: (value) => typeof value === "string",
};

/** The cache keeps under a key only what was compiled to that key's type. */
const isExpression = <Facts, Value>(kept: unknown): kept is Expression<Facts, Value> => kept !== undefined;

const tooLong = (detail: string) => ({ ok: false as const, flaw: flawOf("", { summary: detail }) });

const invalidExpression = (flaw: Flaw) => {
  const { line, column, start, end } = flaw;
  return refused("invalid_expression", flawText(flaw), { facts: { position: { line, column, start, end } } });
};
