import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise } from "dependency-cruiser";

/** Fewer modules mean that the parser did not work: then the check would pass whatever the code says. */
const MODULES_MIN = 40;
const FOLDERS = ["src", "durable-objects"];

/** Judges the imports of the tree at `root` by `.dependency-cruiser.cjs`: how many modules were read and what is forbidden. */
export async function checkBoundaries(root) {
  const { forbidden, options } = createRequire(import.meta.url)("../.dependency-cruiser.cjs");
  const folders = FOLDERS.filter((name) => existsSync(join(root, name)));
  const result = await cruise(folders, { ...options, baseDir: root, validate: true, ruleSet: { forbidden } });
  const { totalCruised, violations } = result.output.summary;
  return { modules: totalCruised, violations: violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(process.argv[2] ?? fileURLToPath(new URL("..", import.meta.url)));
  const { modules, violations } = await checkBoundaries(root);
  for (const { rule, from, to } of violations) console.error(`${rule}: ${from} -> ${to}`);
  if (modules < MODULES_MIN) console.error(`Only ${modules} modules were read; at least ${MODULES_MIN} were expected.`);
  else console.log(`${modules} modules, ${violations.length} forbidden imports`);
  if (violations.length > 0 || modules < MODULES_MIN) process.exitCode = 1;
}
