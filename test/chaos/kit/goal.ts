import { execFileSync } from "node:child_process";
import type { Mould } from "./world.ts";

export interface Run {
  mould: Mould;
  seed: number;
  isLong: boolean;
  /** 1 unless somebody wants less of it: planted bugs show in a tenth. */
  scale: number;
}

/** What a run of a goal found. `violations` are sentences; none is what everybody hopes for. */
export interface Finding {
  /** The goal, or a part of it: `T1 one SKU`. */
  goal: string;
  /** How many things were tried: orders, buyers, messages. */
  n: number;
  violations: string[];
  /** Milliseconds of what the goal is about, in any order. */
  samples: readonly number[];
  /** Whatever else is worth a look; never decides. */
  facts?: Record<string, unknown>;
}

/** One goal of reliability, run over the production bundle from outside. */
export interface Goal {
  name: string;
  run(run: Run): Promise<Finding[]>;
}

const SHOWN_MAX = 10;
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();

/** Prints one JSON line, and after a violation what was seen and how to run it again. */
export function report(finding: Finding, seed: number, isLong: boolean): void {
  const { goal, n, violations, samples, facts } = finding;
  const line = { goal, seed, n, violations: violations.length, p50: percentile(samples, 0.5) };
  console.log(JSON.stringify({ ...line, p99: percentile(samples, 0.99), commit, ...facts }));
  if (violations.length === 0) return;
  for (const violation of violations.slice(0, SHOWN_MAX)) console.error(`  ${goal}: ${violation}`);
  if (violations.length > SHOWN_MAX) console.error(`  ... and ${violations.length - SHOWN_MAX} more`);
  console.error(`  again: npm run chaos -- ${goal.split(" ")[0]} --seed ${seed}${isLong ? " --long" : ""}`);
}

/** In milliseconds with one decimal; null without samples. */
export function percentile(samples: readonly number[], share: number): number | null {
  if (samples.length === 0) return null;
  const sorted = samples.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return Number((sorted[Math.max(at, 0)] ?? 0).toFixed(1));
}
