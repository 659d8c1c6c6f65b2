import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Sums vitest's JSON reports. A runner that failed without a failed test (a crash, a check) counts as one failure. */
const RUNNERS = ["check", "test", "e2e"];
const folder = process.argv[2];
const ended = join(folder, "failed");
const failedRunners = new Set(existsSync(ended) ? readFileSync(ended, "utf8").split("\n") : []);

let passed = 0;
let failed = 0;
for (const name of RUNNERS) {
  const file = join(folder, `${name}.json`);
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { numPassedTests: 0, numFailedTests: 0 };
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  if (failedRunners.has(name) && report.numFailedTests === 0) {
    console.log(`${name} failed`);
    failed += 1;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
