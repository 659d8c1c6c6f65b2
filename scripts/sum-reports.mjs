import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Sums vitest's JSON reports. A runner that failed without a failed test (a crash, a check, a goal missed) counts as one failure. */
const folder = process.argv[2];
const ended = join(folder, "failed");
const failedRunners = existsSync(ended) ? readFileSync(ended, "utf8").split("\n").filter(Boolean) : [];
const failures = new Map();

let passed = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const report = JSON.parse(readFileSync(join(folder, file), "utf8"));
  passed += report.numPassedTests;
  failures.set(basename(file, ".json"), report.numFailedTests);
}
for (const name of failedRunners)
  if (!failures.get(name)) {
    console.log(`${name} failed`);
    failures.set(name, 1);
  }
const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
