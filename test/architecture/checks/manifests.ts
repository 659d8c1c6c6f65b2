import type { Capability } from "../../../src/platform/capability.ts";
import type { AnyLine } from "../../../src/platform/contract.ts";
import { importsOf, type Source } from "./source.ts";

const PATH = /^(\/([a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?|\{[a-z]+(_[a-z]+)*\}))+$/;
const VAGUE = /(^|-)(utils?|helpers?|misc|common|service|manager)\b/;

/** `selling/stock` of `src/capabilities/selling/stock/rules.ts`. */
const folderOf = (path: string): string | undefined => /^src\/capabilities\/([^/]+\/[^/]+)\//.exec(path)?.[1];

/** Folders that the list of capabilities leaves out, or that lack the files which make a capability. */
export function folderFlaws(sources: readonly Source[], capabilities: readonly Capability[]): string[] {
  const list = sources.find((it) => it.path === "src/capabilities/index.ts");
  const listed = new Set(list ? importsOf(list) : []);
  return foldersOf(sources).flatMap((folder) => {
    const flaws: string[] = [];
    const name = folder.split("/")[1];
    const own = sources.filter((it) => folderOf(it.path) === folder).map((it) => it.path.split(`${folder}/`)[1] ?? "");
    if (!listed.has(`src/capabilities/${folder}/capability.ts`))
      flaws.push(`${folder} is not in the list of capabilities`);
    const manifest = capabilities.find((it) => it.name === name);
    if (!own.includes("capability.ts") || !manifest) flaws.push(`${folder} has no manifest of its name`);
    else if (manifest.operations.length > 0)
      for (const file of ["contract.ts", "actions.ts"])
        if (!own.includes(file)) flaws.push(`${folder} serves operations without ${file}`);
    flaws.push(
      ...own.filter((file) => VAGUE.test(file)).map((file) => `${folder}/${file} is named after no behaviour`),
    );
    return flaws;
  });
}

/** `needs` and `uses` that differ from what the capability's files import, and circles of them. */
export function needFlaws(sources: readonly Source[], capabilities: readonly Named[]): string[] {
  const flaws = foldersOf(sources).flatMap((folder) => {
    const name = folder.split("/")[1] ?? "";
    const imported = new Set<string>();
    for (const source of sources.filter((it) => folderOf(it.path) === folder))
      for (const path of importsOf(source)) {
        const other = folderOf(path);
        if (other && other !== folder) imported.add(other.split("/")[1] ?? "");
      }
    const named = capabilities.find((it) => it.name === name);
    const needs = new Set(named && calledBy(named));
    return [
      ...[...imported].filter((it) => !needs.has(it)).map((it) => `${name} imports ${it} and does not say so in needs`),
      ...[...needs].filter((it) => !imported.has(it)).map((it) => `${name} needs ${it} and imports nothing of it`),
    ];
  });
  return [...flaws, ...circles(capabilities)];
}

type Named = Pick<Capability, "name" | "needs" | "uses">;
const calledBy = ({ needs, uses = [] }: Named): string[] => [...needs, ...uses];

function circles(capabilities: readonly Named[]): string[] {
  const needs = new Map(capabilities.map((it) => [it.name, calledBy(it)]));
  const visit = (name: string, path: readonly string[]): string[] =>
    path.includes(name)
      ? [`a circle of needs: ${[...path, name].join(" -> ")}`]
      : (needs.get(name) ?? []).flatMap((it) => visit(it, [...path, name]));
  return [...needs.keys()].flatMap((name) => visit(name, [])).slice(0, 3);
}

/** Contract lines that lack what the gateway and the documentation read from them. */
export function lineFlaws(capability: string, line: AnyLine): string[] {
  const { billing, id, path, scope, who } = line;
  const flaws: string[] = [];
  if (!billing?.meter || !(billing.rateLimit > 0) || !billing.quotaScope || !billing.tier)
    flaws.push("billing is incomplete");
  if (!["visitor", "shopper", "staff", "operator"].includes(who)) flaws.push("who may call it is not said");
  if (who === "staff" && !new RegExp(`^${capability}:(read|write)$`).test(scope ?? ""))
    flaws.push(`scope is ${scope}, not ${capability}:read or :write`);
  if (!PATH.test(path)) flaws.push(`the path ${path} is not kebab-case`);
  if (!line.summary) flaws.push("there is no summary");
  return flaws.map((flaw) => `${id}: ${flaw}`);
}

/** Ids and addresses that two lines share. */
export function repeated(lines: readonly Pick<AnyLine, "id" | "method" | "path">[]): string[] {
  const names = lines.flatMap((it) => [it.id, `${it.method} ${it.path.replaceAll(/\{\w+\}/g, "{}")}`]);
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

/** Refusal codes that a capability's code uses and no line declares. */
export function undeclaredRefusals(sources: readonly Source[], declared: ReadonlySet<string>): string[] {
  return sources
    .filter((it) => folderOf(it.path))
    .flatMap((source) =>
      [...source.text.matchAll(/\brefused\(\s*"([a-z_]+)"/g)]
        .filter(([, code = ""]) => !declared.has(code))
        .map(([, code]) => `${source.path}: ${code}`),
    );
}

const foldersOf = (sources: readonly Source[]): string[] => [
  ...new Set(sources.map((it) => folderOf(it.path)).filter((it): it is string => it !== undefined)),
];
