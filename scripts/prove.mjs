import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundleWorld } from "./bundle-world.mjs";

/**
 * `npm run prove -- T5 [T3 ...] [--seed n|n..m] [--long] [--first]` runs the proofs of the reliability goals; without a name, all of them.
 * Each prints one JSON line; a failure prints its seed and the command that replays it. `--report file` leaves the counts in
 * the form of vitest's JSON reports. Goals with a file run inside the real runtime; the others in the simulated world
 * (test/proofs/world), spread over processes; with `--first` in one, which ends at the first violation.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const GOALS = {
  T3: { file: "test/proofs/linearizable.test.ts" },
  T5: { file: "test/proofs/agrees-with-model.test.ts" },
  T6: { unit: "seed" },
  T7: { unit: "order of delivery" },
  T13: { unit: "cut" },
};
const PROCESSES = 2;
/** Of a proof that broke down, the end of what it printed. */
const PRINTED_MAX = 4_000;
const SECONDS_MAX = 900;
const SECONDS_MAX_LONG = 14_400;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string" },
    long: { type: "boolean", default: false },
    first: { type: "boolean", default: false },
    report: { type: "string" },
  },
});

/** Runs a program to its end and answers all that it printed. */
function run(args, env = {}) {
  const seconds = values.long ? SECONDS_MAX_LONG : SECONDS_MAX;
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: seconds * 1000,
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (printed += data));
  const ended = (code) => ({ code, printed: code === null ? `${printed}\nnot through after ${seconds} s` : printed });
  return new Promise((resolve) => child.on("close", (code) => resolve(ended(code))));
}

/** A goal whose proof runs inside the real runtime prints its line itself. */
async function proveInRuntime(file) {
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", "proofs", "--silent=false", file];
  const env = { PROOF_SEED: values.seed ?? "", PROOF_LONG: values.long ? "1" : "" };
  const { code, printed } = await run(args, env);
  const line = printed.split("\n").findLast((it) => it.startsWith('{"goal"'));
  const about = printed.split("\n").filter((it) => /^(violated|replay|AssertionError|Error)/.test(it));
  if (line) console.log(line);
  if (code !== 0 || !line) console.error(line ? about.join("\n") : printed.slice(-PRINTED_MAX));
  return code === 0 && line !== undefined;
}

async function proveInWorld(goal, unit) {
  const program = join(root, `node_modules/.cache/world/prove-${process.pid}.mjs`);
  await bundleWorld("prove.ts", program);
  const [from, to = from] = values.seed?.split("..").map(Number) ?? [];
  const parts = values.first ? 1 : PROCESSES;
  const jobs = Array.from({ length: parts }, (_, part) => ({
    goal,
    part,
    parts,
    only: from === undefined ? undefined : [from, to],
    long: values.long,
    first: values.first,
  }));
  const ended = await Promise.all(jobs.map((job) => run(["--enable-source-maps", program, JSON.stringify(job)])));
  rmSync(program, { force: true });
  const broken = ended.find((it) => it.code !== 0);
  if (broken) {
    console.error(broken.printed.slice(-PRINTED_MAX));
    return false;
  }
  const results = ended.map((it) => JSON.parse(it.printed.trim().split("\n").at(-1)));
  const violations = results.flatMap((it) => it.violations);
  const times = results.flatMap((it) => it.times).toSorted((a, b) => a - b);
  const at = (share) => Math.round((times[Math.floor(share * (times.length - 1))] ?? 0) * 100) / 100;
  const n = results.reduce((sum, it) => sum + it.n, 0);
  const facts = sumFacts(goal, results);
  const line = {
    goal,
    seed: values.seed ?? "all",
    n,
    unit,
    violations: violations.length,
    p50: at(0.5),
    p99: at(0.99),
    ...facts,
  };
  console.log(JSON.stringify(line));
  for (const it of violations.slice(0, 3))
    console.error(`violated with seed ${it.seed}: ${it.what}\nreplay: npm run prove -- ${goal} --seed ${it.seed}`);
  return violations.length === 0 && n > 0;
}

/** T6 counts in every part; the others describe what they cut or shuffle, the same in each. */
function sumFacts(goal, parts) {
  if (goal !== "T6") return { of: parts[0].facts };
  const sum = {};
  for (const { facts } of parts)
    for (const [name, count] of Object.entries(facts)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

const goals = positionals.length > 0 ? positionals : Object.keys(GOALS);
for (const goal of goals)
  if (!Object.hasOwn(GOALS, goal)) {
    console.error(`There is no proof of ${goal}; there are ${Object.keys(GOALS).join(", ")}.`);
    process.exit(2);
  }

const count = { numPassedTests: 0, numFailedTests: 0 };
for (const goal of goals) {
  const { file, unit } = GOALS[goal];
  const isProved = file ? await proveInRuntime(file) : await proveInWorld(goal, unit);
  count[isProved ? "numPassedTests" : "numFailedTests"]++;
}
if (values.report) writeFileSync(values.report, JSON.stringify(count));
process.exitCode = count.numFailedTests > 0 ? 1 : 0;
