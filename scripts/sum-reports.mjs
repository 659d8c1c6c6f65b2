import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Sums vitest's JSON reports. A runner that failed without a failed test (a crash, a check, a goal missed) counts as one failure. A file
 * that failed was run once more (`<runner>-again`): what failed twice is a failure, what passed then is named as flaky.
 */
const folder = process.argv[2];
const ended = join(folder, "failed");
const failedRunners = existsSync(ended) ? readFileSync(ended, "utf8").split("\n").filter(Boolean) : [];
const reports = readdirSync(folder).filter((name) => name.endsWith(".json"));
const readReport = (name) =>
  reports.includes(`${name}.json`) ? JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) : undefined;
const runners = reports.map((name) => name.slice(0, -".json".length)).filter((name) => !name.endsWith("-again"));

let [passed, failed] = [0, 0];
for (const name of new Set([...runners, ...failedRunners.filter((it) => !it.endsWith("-again"))])) {
  const [first, again] = [readReport(name), readReport(`${name}-again`)];
  const failedAgain = again && failedRunners.includes(`${name}-again`);
  const isFailed = failedRunners.includes(name) && (!again || failedAgain);
  passed += passedOf(first, again);
  const failures = (again ?? first)?.numFailedTests ?? 0;
  if (again && !failedAgain) console.log(`flaky, passed when run again: ${filesOf(again).join(", ")}`);
  if (isFailed && failures === 0) console.log(`${name} failed`);
  failed += isFailed ? Math.max(1, failures) : failures;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** Every test once: those of a file that ran again count as they ended there. */
function passedOf(first, again) {
  if (!again) return first?.numPassedTests ?? 0;
  const before = first.testResults
    .filter((file) => !filesOf(again).includes(file.name))
    .flatMap((file) => file.assertionResults.filter((it) => it.status === "passed"));
  return before.length + again.numPassedTests;
}

function filesOf(report) {
  return report.testResults.map((file) => file.name);
}
