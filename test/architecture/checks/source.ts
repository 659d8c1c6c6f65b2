import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "vitest/node";

/** One file of the tree, or a planted one: its path from the root and its text. */
export interface Source {
  path: string;
  text: string;
}

/** A syntax node as ESTree names it; `start` and `end` are positions in the text. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

/** TypeScript below `folders`, without what tools write. */
export function sourcesBelow(folders: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /(?<!\.d)\.(ts|tsx|mjs)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes("/compiled/"))
      .map((path) => ({ path, text: readFileSync(path, "utf8") })),
  );
}

export const parse = ({ path, text }: Source): Node =>
  parseAst(text, { lang: path.endsWith("x") ? "tsx" : "ts" }) as unknown as Node;

/** Every node below `node`, parents before children, each with the nodes above it, nearest last. */
export function* walk(node: Node, above: readonly Node[] = []): Generator<{ node: Node; above: readonly Node[] }> {
  yield { node, above };
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child, [...above, node]);
}

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

export const textOf = (source: Source, node: Node): string => source.text.slice(node.start, node.end);

export const isFunction = ({ type }: Node): boolean =>
  type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression";

/** What each file imports, with the path of relative imports resolved from the root. */
export function importsOf(source: Source): string[] {
  const folder = source.path.split("/").slice(0, -1);
  return [...source.text.matchAll(/^(?:import|export)\b[^;]*?from\s+"([^"]+)"/gm)].map(([, name = ""]) => {
    if (!name.startsWith(".")) return name;
    const parts = [...folder];
    for (const part of name.split("/")) {
      if (part === "..") parts.pop();
      else if (part !== ".") parts.push(part);
    }
    return parts.join("/");
  });
}
