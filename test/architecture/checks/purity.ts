import { isFunction, type Node, parse, type Source, textOf, walk } from "./source.ts";

/** Globals that let the world into a rule. */
const WORLD = new Set([
  "fetch",
  "crypto",
  "performance",
  "console",
  "caches",
  "setTimeout",
  "setInterval",
  "queueMicrotask",
  "process",
]);

/** What makes a rule impure: waiting, the clock, chance or I/O. `new Date(ms)` is a value and may be. */
export function impurities(source: Source): string[] {
  const flaws: string[] = [];
  for (const { node, above } of walk(parse(source))) {
    const flaw = impurity(node, above.at(-1));
    if (flaw) flaws.push(`${source.path}: ${flaw} in \`${textOf(source, node).slice(0, 40)}\``);
  }
  return flaws;
}

function impurity(node: Node, parent: Node | undefined): string | undefined {
  if (node.type === "AwaitExpression" || (isFunction(node) && node.async === true)) return "waits";
  if (node.type === "NewExpression" && nameOf(node.callee) === "Date" && (node.arguments as Node[]).length === 0)
    return "reads the clock";
  if (node.type === "MemberExpression") {
    const member = `${nameOf(node.object)}.${nameOf(node.property)}`;
    if (member === "Date.now") return "reads the clock";
    if (member === "Math.random") return "throws dice";
  }
  const isName = node.type === "Identifier" && WORLD.has(String(node.name));
  const isField =
    parent?.type === "MemberExpression" ? parent.property === node : parent?.type === "Property" && parent.key === node;
  return isName && !isField ? "reaches out" : undefined;
}

const nameOf = (node: unknown): string => String((node as Node | undefined)?.name ?? "");
