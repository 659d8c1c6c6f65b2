import { env } from "cloudflare:workers";
import { expect } from "vitest";

/** How this run was asked for: `npm run prove -- T5 --seed 7 --long`. */
export const asked = {
  /** Only this seed, to replay a failure; undefined runs all seeds of the form. */
  seed: env.PROOF.seed ?? undefined,
  long: env.PROOF.long,
};

export interface Violation {
  seed: number;
  what: string;
}

export interface Outcome {
  goal: string;
  /** What one `n` is: an operation, a history, a permutation. */
  unit: string;
  n: number;
  seeds: readonly number[];
  violations: readonly Violation[];
  /** Milliseconds that each case took. */
  times: readonly number[];
  /** Further facts for the reader of the line. */
  facts?: Record<string, unknown>;
}

/** The seeds of this run: the one asked for, or as many as the form has, counted from 1. */
export const seedsOf = (short: number, long: number): number[] =>
  asked.seed === undefined ? Array.from({ length: asked.long ? long : short }, (_, i) => i + 1) : [asked.seed];

/** Prints the goal's JSON line and fails the test when something was violated, naming the command that replays it. */
export function conclude({ goal, unit, n, seeds, violations, times, facts }: Outcome): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 100) / 100;
  const seed = seeds.length === 1 ? seeds[0] : `${seeds[0]}..${seeds.at(-1)}`;
  const line = { goal, seed, n, unit, violations: violations.length, p50: at(0.5), p99: at(0.99), ...facts };
  console.log(JSON.stringify(line));
  const [first] = violations;
  if (first)
    console.log(
      `violated with seed ${first.seed}: ${first.what}\nreplay: npm run prove -- ${goal} --seed ${first.seed}`,
    );
  expect(violations.slice(0, 3), `${goal} was violated ${violations.length} times`).toEqual([]);
}
