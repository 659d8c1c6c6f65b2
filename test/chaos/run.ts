import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { badInput } from "./goals/bad-input.ts";
import { fairness } from "./goals/fairness.ts";
import { killAndRecount } from "./goals/kill-and-recount.ts";
import { loseTheQueue } from "./goals/lose-the-queue.ts";
import { overload } from "./goals/overload.ts";
import { sameKey } from "./goals/same-key.ts";
import { sellOut } from "./goals/sell-out.ts";
import { type Finding, type Goal, report } from "./kit/goal.ts";
import { buildMould } from "./kit/world.ts";

/**
 * `npm run chaos [-- T2 ... --seed 7 --long --scale 0.1]`: every goal in its short form, or those that are named.
 * `--report file` leaves the counts in the form of vitest's JSON reports.
 */
const goals: readonly Goal[] = [sellOut, killAndRecount, loseTheQueue, sameKey, overload, badInput, fairness];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    long: { type: "boolean", default: false },
    scale: { type: "string", default: "1" },
    report: { type: "string" },
  },
});
const seed = Number(values.seed);
const chosen = positionals.length > 0 ? positionals.map(goalNamed) : goals;
const mould = buildMould();
const count = { numPassedTests: 0, numFailedTests: 0 };
for (const goal of chosen) {
  for (const finding of await findingsOf(goal)) {
    report(finding, seed, values.long);
    count[finding.violations.length > 0 ? "numFailedTests" : "numPassedTests"]++;
  }
}
if (values.report) writeFileSync(values.report, JSON.stringify(count));
process.exit(count.numFailedTests > 0 ? 1 : 0);

/** A run that breaks off proves nothing: that is a violation, and the next goal is still run. */
async function findingsOf(goal: Goal): Promise<Finding[]> {
  try {
    return await goal.run({ mould, seed, isLong: values.long, scale: Number(values.scale) });
  } catch (error) {
    const violations = [`the run broke off: ${error instanceof Error ? error.stack : error}`];
    return [{ goal: goal.name, n: 0, violations, samples: [] }];
  }
}

function goalNamed(name: string): Goal {
  const found = goals.find((it) => it.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new Error(`There is no goal ${name}. Goals: ${goals.map((it) => it.name).join(", ")}`);
  return found;
}
