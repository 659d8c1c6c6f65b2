import { isFunction, type Node, parse, type Source, walk } from "./source.ts";

const FILE_LINES_MAX = 300;
const FUNCTION_LINES_MAX = 60;

/** Files and functions that nobody reads in one go any more. A suite is no function: it is read test by test. */
export function oversized(source: Source): string[] {
  const lines = source.text.split("\n").length - 1;
  const flaws = lines > FILE_LINES_MAX ? [`${source.path} has ${lines} lines`] : [];
  for (const { node, above } of walk(parse(source))) {
    if (!isFunction(node) || isSuite(above.at(-1))) continue;
    const length = source.text.slice(node.start, node.end).split("\n").length;
    if (length > FUNCTION_LINES_MAX)
      flaws.push(`${source.path}:${lineAt(source, node.start)} is a function of ${length} lines`);
  }
  return flaws;
}

const isSuite = (parent: Node | undefined): boolean =>
  parent?.type === "CallExpression" && (parent.callee as Node).name === "describe";

const lineAt = (source: Source, position: number): number => source.text.slice(0, position).split("\n").length;
