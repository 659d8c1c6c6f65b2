import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/**
 * `npm run planted [-- 03 refund ...] [--fifth | --long] [--report file]` plants each bug of test/planted into a copy of the product
 * and runs the narrowest proof or test that must find it. `--fifth` takes every fifth bug, which ones the commit decides; `--long`
 * first sees every proof pass without a bug. A bug counts as found when the command fails and prints what the patch expects.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const PATCHES = join(root, "test/planted");
const PROCESSES = 2;
const SECONDS_MAX = 300;
/** Of a command that found nothing, the end of what it printed. */
const PRINTED_MAX = 1_500;
const NOT_COPIED = new Set(["node_modules", ".git", ".wrangler", ".souk", "dist", "coverage", "bench"]);

const VITEST = ["node_modules/vitest/vitest.mjs", "run"];
/** The ways to find a bug, as the patches name them. */
const FINDERS = {
  prove: (goal) => ["scripts/prove.mjs", goal, "--first"],
  rules: (file) => [...VITEST, "--config", "test/planted/vitest.config.ts", file],
  test: (file, name) => [...VITEST, "--project", "worker", "--project", "rules", file, "-t", name],
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    fifth: { type: "boolean", default: false },
    long: { type: "boolean", default: false },
    report: { type: "string" },
  },
});

/** Link by link, so that each tree has a cache of its own: two runs that fill one at once break each other. */
function linkModules(tree) {
  mkdirSync(join(tree, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules")))
    if (name !== ".vite") symlinkSync(join(root, "node_modules", name), join(tree, "node_modules", name));
}

/** A patch begins with lines `bug:`, `class:`, `found by:` and `says:`. */
function readPatch(name) {
  const text = readFileSync(join(PATCHES, name), "utf8");
  const field = (it) => new RegExp(`^${it}: (.+)$`, "m").exec(text)?.[1] ?? "";
  const [, how = "", what = "", test = ""] = /^(\w+) (\S+)(?: "(.+)")?$/.exec(field("found by")) ?? [];
  const says = field("says");
  if (!FINDERS[how] || !says) throw new Error(`${name} does not say how it is found`);
  return { name: name.replace(".patch", ""), file: join(PATCHES, name), command: FINDERS[how](what, test), says };
}

function chosen() {
  const names = readdirSync(PATCHES).filter((it) => it.endsWith(".patch"));
  if (positionals.length > 0) return names.filter((name) => positionals.some((it) => name.includes(it)));
  if (!values.fifth) return names;
  const { stdout } = spawnSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" });
  const turn = Number.parseInt(stdout.slice(0, 8), 16) % 5;
  return names.filter((_, i) => i % 5 === turn);
}

/** The product without what is made or installed; packages are those of the product. */
function copyTree() {
  const tree = mkdtempSync(join(tmpdir(), "souk-planted-"));
  for (const name of readdirSync(root))
    if (!NOT_COPIED.has(name)) cpSync(join(root, name), join(tree, name), { recursive: true });
  linkModules(tree);
  return tree;
}

/** The copy is no repository, and none that it may lie in is meant. */
function apply(tree, { file }, ...options) {
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() };
  return spawnSync("git", ["apply", "-C1", ...options, file], { cwd: tree, env, encoding: "utf8" });
}

function run(tree, command) {
  const child = spawn(process.execPath, command, {
    cwd: tree,
    env: { ...process.env, PWD: tree, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  // The command may have started others; they end with it.
  const clock = setTimeout(() => process.kill(-child.pid, "SIGKILL"), SECONDS_MAX * 1000);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (printed += data));
  return new Promise((resolve) =>
    child.on("close", (code) => {
      clearTimeout(clock);
      resolve({ code, printed });
    }),
  );
}

/** Undefined when the bug was found; otherwise what is wrong. */
async function plant(tree, patch) {
  const planted = apply(tree, patch);
  if (planted.status !== 0) return `the patch no longer applies: ${planted.stderr.trim()}`;
  const { code, printed } = await run(tree, patch.command);
  if (apply(tree, patch, "--reverse").status !== 0) throw new Error(`${patch.name} cannot be taken back`);
  if (code !== 0 && printed.includes(patch.says)) return undefined;
  return `not found, the command ended with ${code} and did not say "${patch.says}": ${printed.slice(-PRINTED_MAX)}`;
}

async function passesWithout(tree, command) {
  const { code, printed } = await run(tree, command);
  return code === 0 ? undefined : `fails without a bug: ${printed.slice(-PRINTED_MAX)}`;
}

const patches = chosen().map(readPatch);
const missed = [];
const times = [];
const clean = new Map(values.long ? patches.map((it) => [it.command.join(" "), it.command]) : []);
const work = [
  ...[...clean].map(([name, command]) => ({ name, of: (tree) => passesWithout(tree, command) })),
  ...patches.map((patch) => ({ name: patch.name, isBug: true, of: (tree) => plant(tree, patch) })),
];

async function workOn(tree) {
  for (let next = work.shift(); next; next = work.shift()) {
    const from = performance.now();
    const wrong = await next.of(tree);
    const ms = Math.round(performance.now() - from);
    if (next.isBug) times.push(ms);
    if (wrong) missed.push(next.name);
    console.log(`${wrong ? "MISSED" : next.isBug ? "caught" : "passes"} ${next.name} (${(ms / 1000).toFixed(1)} s)`);
    if (wrong) console.error(`${wrong}\nreplay: npm run planted -- ${next.name}`);
  }
}

const trees = Array.from({ length: PROCESSES }, copyTree);
try {
  await Promise.all(trees.map(workOn));
} finally {
  for (const tree of trees) rmSync(tree, { recursive: true, force: true });
}

times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(share * (times.length - 1))] ?? 0;
const caught = patches.filter((it) => !missed.includes(it.name)).length;
const line = { goal: "T4", seed: "all", n: patches.length, violations: missed.length, p50: at(0.5), p99: at(0.99) };
console.log(JSON.stringify(line));
console.log(`${caught}/${patches.length} caught`);
if (values.report)
  writeFileSync(values.report, JSON.stringify({ numPassedTests: caught, numFailedTests: missed.length }));
process.exitCode = missed.length > 0 || patches.length === 0 ? 1 : 0;
