import { isFunction, isNode, type Node, parse, type Source, textOf, walk } from "./source.ts";

/** Queries whose shape TypeScript does not hold to a tenant: an `.insert()` cannot leave the column out, these can. */
const QUERIES = new Set(["select", "selectDistinct", "update", "delete", "$count"]);
const ROOT = /^(database\(.*\)|db|tx)$/s;
/** SQL text that reads or writes a table; rows made by json_each are no table. */
const TOUCHES_TABLE = /\b(?:FROM|JOIN|INTO|UPDATE)\s+(?!json_each\b)[a-z$"]/i;
const TENANT = /tenant/i;

/**
 * Queries that no tenant narrows, as `path#function: query`. A condition that a private function takes as a parameter is judged
 * where the function is called.
 */
export function unscopedQueries(source: Source): string[] {
  const program = parse(source);
  const functions = topLevelFunctions(program);
  return functions.flatMap((it) =>
    queriesIn(source, it.node)
      .filter((query) => !isScoped(source, query, it, functions, program))
      .map((query) => `${source.path}#${it.name}: ${query.text.replaceAll(/\s+/g, " ").slice(0, 80)}`),
  );
}

interface Named {
  name: string;
  node: Node;
  exported: boolean;
}

interface Query {
  text: string;
  /** What narrows it: the arguments of `.where()`, or the SQL from WHERE or the column list on. */
  condition: string;
}

function topLevelFunctions(program: Node): Named[] {
  return (program.body as Node[]).flatMap((statement) => {
    const exported = statement.type === "ExportNamedDeclaration";
    const declaration = exported && isNode(statement.declaration) ? statement.declaration : statement;
    if (declaration.type === "FunctionDeclaration")
      return [{ name: nameOf(declaration.id), node: declaration, exported }];
    if (declaration.type !== "VariableDeclaration") return [];
    return (declaration.declarations as Node[]).map((one) => ({ name: nameOf(one.id), node: one, exported }));
  });
}

function queriesIn(source: Source, within: Node): Query[] {
  const queries: Query[] = [];
  for (const { node, above } of walk(within)) {
    if (node.type === "CallExpression" && startsQuery(source, node)) queries.push(chain(source, node, above));
    if (node.type !== "TaggedTemplateExpression" || nameOf(node.tag) !== "sql") continue;
    const text = textOf(source, node);
    if (!TOUCHES_TABLE.test(text)) continue;
    queries.push({
      text,
      condition: /\bINSERT\s+INTO\b/i.test(text) ? text : (/\bWHERE\b[\s\S]*/i.exec(text)?.[0] ?? ""),
    });
  }
  return queries;
}

function startsQuery(source: Source, { callee }: Node): boolean {
  if (!isNode(callee) || callee.type !== "MemberExpression" || !isNode(callee.object)) return false;
  return QUERIES.has(nameOf(callee.property)) && ROOT.test(textOf(source, callee.object));
}

/** The whole chain of calls that the query starts, with the arguments of its `.where()`. */
function chain(source: Source, start: Node, above: readonly Node[]): Query {
  let outermost = start;
  let condition = "";
  for (const node of [...above].reverse()) {
    if (node.type === "MemberExpression" && node.object === outermost) outermost = node;
    else if (node.type === "CallExpression" && node.callee === outermost) {
      if (isNode(node.callee) && nameOf(node.callee.property) === "where")
        condition += textOf(source, node).slice(outermost.end - node.start);
      outermost = node;
    } else break;
  }
  return { text: textOf(source, outermost), condition };
}

function isScoped(
  source: Source,
  { condition }: Query,
  owner: Named,
  functions: readonly Named[],
  program: Node,
): boolean {
  if (TENANT.test(condition)) return true;
  const names = condition.match(/[A-Za-z_$][\w$]*/g) ?? [];
  if (names.some((name) => localsWithTenant(source, owner.node).has(name))) return true;
  const parameters = parametersOf(owner.node);
  if (owner.exported || !names.some((name) => parameters.has(name))) return false;
  const calls = [...walk(program)].filter(
    ({ node }) => node.type === "CallExpression" && nameOf(node.callee) === owner.name,
  );
  return (
    calls.length > 0 &&
    calls.every(({ node, above }) => {
      const caller = functions.find((it) => above.includes(it.node));
      const given = (node.arguments as Node[]).map((one) => textOf(source, one)).join(", ");
      return (
        TENANT.test(given) ||
        (caller && (given.match(/[\w$]+/g) ?? []).some((name) => localsWithTenant(source, caller.node).has(name)))
      );
    })
  );
}

/** Names of the function's own constants whose value names the tenant, directly or through another such constant. */
function localsWithTenant(source: Source, within: Node): Set<string> {
  const found = new Set<string>();
  for (const { node } of walk(within)) {
    if (node.type !== "VariableDeclarator" || !isNode(node.init) || isFunction(node.init)) continue;
    const value = textOf(source, node.init);
    if (TENANT.test(value) || (value.match(/[\w$]+/g) ?? []).some((name) => found.has(name)))
      found.add(nameOf(node.id));
  }
  return found;
}

function parametersOf(named: Node): Set<string> {
  const node = isNode(named.init) ? named.init : named;
  return new Set(((node.params as Node[] | undefined) ?? []).map(nameOf));
}

const nameOf = (node: unknown): string => String((node as Node | undefined)?.name ?? "");
