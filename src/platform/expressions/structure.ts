import type { ASTNode } from "@marcbachmann/cel-js";

/** Each macro in a macro multiplies the work by the length of a list. */
const MACROS_NESTED_MAX = 2;
const MACROS = new Set(["all", "exists", "exists_one", "map", "filter", "sortBy", "reduce"]);

interface StructureFlaw {
  summary: string;
  range: { start: number; end: number };
}

/**
 * What makes an expression cost more than its length tells, if it has any: `matches`, whose patterns run on JavaScript's
 * backtracking engine (`(a+)+$` against 27 characters took 1.5 s), and macros in macros in macros.
 */
export function findStructureFlaw(root: ASTNode, nested = 0): StructureFlaw | undefined {
  const isMacro = root.op === "rcall" && MACROS.has(root.args[0]);
  if ((root.op === "rcall" || root.op === "call") && root.args[0] === "matches")
    return {
      summary: "matches() is not part of this language: use startsWith, endsWith, contains.",
      range: root.range,
    };
  const depth = nested + (isMacro ? 1 : 0);
  if (depth > MACROS_NESTED_MAX)
    return { summary: `Macros may be nested ${MACROS_NESTED_MAX} deep.`, range: root.range };
  for (const child of childrenOf(root)) {
    const flaw = findStructureFlaw(child, depth);
    if (flaw) return flaw;
  }
  return undefined;
}

/** Every name in the expression: variables, and those that a macro binds. */
export function* namesIn(root: ASTNode): Generator<string> {
  if (root.op === "id") yield root.args;
  for (const child of childrenOf(root)) yield* namesIn(child);
}

export const childrenOf = ({ args }: ASTNode): ASTNode[] => nodesAmong(args);

const nodesAmong = (part: unknown): ASTNode[] =>
  Array.isArray(part) ? part.flatMap(nodesAmong) : isNode(part) ? [part] : [];

const isNode = (part: unknown): part is ASTNode =>
  typeof part === "object" && part !== null && "op" in part && "args" in part && "range" in part;
