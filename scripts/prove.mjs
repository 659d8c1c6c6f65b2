import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/**
 * `npm run prove -- T5 [T3 ...] [--seed n] [--long]` runs the proofs of the reliability goals; without a name, all of them.
 * Each prints one JSON line; a failure prints its seed and the command that replays it.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const GOALS = {
  T3: "test/proofs/linearizable.test.ts",
  T5: "test/proofs/agrees-with-model.test.ts",
};
/** Of a proof that broke down, the end of what it printed. */
const PRINTED_MAX = 4_000;
const SECONDS_MAX = 280;
const SECONDS_MAX_LONG = 3_600;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string" }, long: { type: "boolean", default: false }, verbose: { type: "boolean" } },
});
const goals = positionals.length > 0 ? positionals : Object.keys(GOALS);
for (const goal of goals)
  if (!Object.hasOwn(GOALS, goal)) {
    console.error(`There is no proof of ${goal}; there are ${Object.keys(GOALS).join(", ")}.`);
    process.exit(2);
  }

/** Runs one goal to its end and answers all that it printed. */
function run(goal) {
  const seconds = values.long ? SECONDS_MAX_LONG : SECONDS_MAX;
  const child = spawn(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--project", "proofs", "--silent=false", GOALS[goal]],
    {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1", PROOF_SEED: values.seed ?? "", PROOF_LONG: values.long ? "1" : "" },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: seconds * 1000,
    },
  );
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (printed += data));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, printed })));
}

/** The lines that say what was violated and how to see it again. */
const about = (printed) =>
  printed
    .split("\n")
    .filter((it) => /^(violated|replay|AssertionError|Error)/.test(it))
    .join("\n");

let failures = 0;
for (const goal of goals) {
  const { code, printed } = await run(goal);
  const line = printed.split("\n").findLast((it) => it.startsWith('{"goal"'));
  if (line) console.log(line);
  if (code === 0 && line) continue;
  failures += 1;
  console.error(line && !values.verbose ? about(printed) : printed.slice(-PRINTED_MAX));
}
process.exitCode = failures > 0 ? 1 : 0;
