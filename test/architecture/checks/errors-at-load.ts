import { isFunction, type Node, parse, type Source, textOf, walk } from "./source.ts";

/** Errors that are made while a module loads. For the stack of the first one V8 parses the whole bundle a second time. */
export function errorsAtLoad(source: Source): string[] {
  const flaws: string[] = [];
  for (const { node, above } of walk(parse(source))) {
    if (node.type !== "NewExpression" || !/Error$/.test(String((node.callee as Node).name))) continue;
    if (!above.some((it) => isFunction(it) || it.type === "ClassBody"))
      flaws.push(`${source.path}: \`${textOf(source, node).slice(0, 60)}\` is made while the module loads`);
  }
  return flaws;
}
