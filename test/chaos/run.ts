import { parseArgs } from "node:util";

import { killAndRecount } from "./goals/kill-and-recount.ts";
import { loseTheQueue } from "./goals/lose-the-queue.ts";
import { overload } from "./goals/overload.ts";
import { sellOut } from "./goals/sell-out.ts";
import { type Goal, report } from "./kit/goal.ts";
import { buildMould } from "./kit/world.ts";

/** `npm run chaos [-- T2 ... --seed 7 --long --scale 0.1]`: every goal in its short form, or those that are named. */
const goals: readonly Goal[] = [sellOut, killAndRecount, loseTheQueue, overload];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    long: { type: "boolean", default: false },
    scale: { type: "string", default: "1" },
  },
});
const seed = Number(values.seed);
const chosen = positionals.length > 0 ? positionals.map(goalNamed) : goals;
const mould = buildMould();
let violations = 0;
for (const goal of chosen) {
  for (const finding of await goal.run({ mould, seed, isLong: values.long, scale: Number(values.scale) })) {
    report(finding, seed, values.long);
    violations += finding.violations.length;
  }
}
process.exit(violations > 0 ? 1 : 0);

function goalNamed(name: string): Goal {
  const found = goals.find((it) => it.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new Error(`There is no goal ${name}. Goals: ${goals.map((it) => it.name).join(", ")}`);
  return found;
}
