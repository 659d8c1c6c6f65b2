import type { ASTNode } from "@marcbachmann/cel-js";
import { judged } from "./flaw.ts";
import { childrenOf } from "./structure.ts";

/** A part of an expression and what it comes to, as CEL would write it; `error` where it comes to nothing. */
export interface Part {
  source: string;
  start: number;
  end: number;
  value: string | null;
  error: string | null;
}

/** One condition with the values that it looked at. */
export interface Condition extends Part {
  of: Part[];
}

export interface Explanation {
  conditions: Condition[];
}

/** Evaluates each condition by itself (also those that the whole would skip), and what it compares. */
export function explain(root: ASTNode, evaluate: (source: string) => unknown): Explanation {
  const look = (node: ASTNode): Part => {
    const { start, end } = node.range;
    const source = node.input.slice(start, end);
    const found = judged(source, () => show(evaluate(source)));
    return {
      source,
      start,
      end,
      value: found.ok ? found.value : null,
      error: found.ok ? null : found.flaw.detail,
    };
  };
  return { conditions: conditionsOf(root).map((node) => ({ ...look(node), of: looksAt(node).map(look) })) };
}

/** What `&&`, `||`, `!` and `?:` connect. */
function conditionsOf(node: ASTNode): ASTNode[] {
  switch (node.op) {
    case "&&":
    case "||":
    case "?:":
    case "!_":
      return childrenOf(node).flatMap(conditionsOf);
    default:
      return [node];
  }
}

/** The operands that the expression does not spell out. Names that a macro binds mean nothing outside of it. */
function looksAt(node: ASTNode): ASTNode[] {
  switch (node.op) {
    case "id":
    case "value":
    case "call":
      return [];
    case "rcall":
      return isSpelledOut(node.args[1]) ? [] : [node.args[1]];
    default:
      return childrenOf(node).filter((child) => !isSpelledOut(child));
  }
}

const isSpelledOut = (node: ASTNode): boolean =>
  node.op === "value" || (node.op === "list" && node.args.every(isSpelledOut));

const SHOWN_CHARACTERS_MAX = 200;

function show(value: unknown): string {
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean" || value === null)
    return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, SHOWN_CHARACTERS_MAX));
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`.slice(0, SHOWN_CHARACTERS_MAX);
  if (typeof value !== "object") return typeof value;
  const text = String(value);
  return (/^\[object (\w+)\]$/.exec(text)?.[1] ?? text).slice(0, SHOWN_CHARACTERS_MAX);
}
