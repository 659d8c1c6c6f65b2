import { CUTS } from "./faults.ts";
import { scenes } from "./scenes.ts";
import { simulate } from "./simulate.ts";
import { difference, stage } from "./stage.ts";

/** One part of a goal's work, for one process: `{"goal":"T6","part":0,"parts":2,"only":[1,500]}`; prints its result as JSON. */
interface Job {
  goal: "T6" | "T7" | "T13";
  part: number;
  parts: number;
  /** Only these cases, from and to; without, as many as the form has. */
  only?: [number, number];
  long: boolean;
  /** Enough is known at the first violation. */
  first: boolean;
}

interface Result {
  n: number;
  violations: { seed: number; what: string }[];
  times: number[];
  facts: Record<string, number>;
}

const SEEDS = 160;
const SEEDS_LONG = 10_000;
/** One seed in so many is a crowd; the others are a few people, so that more of what may happen together does. */
const CROWD_EVERY = 21;
const CROWD = 200;
const FEW = 24;
const TWICE = 40;
const TWICE_LONG = 100;
const MINUTE = 60_000;
/** Orders are paid before the first time and cancelled after it. */
const HANDED_OVER_MS = [MINUTE * 0.9, 5 * MINUTE];
const ORDERS_OF_MESSAGES = 300;
const ORDERS_OF_MESSAGES_LONG = 20_000;
const STORIES_TOLD_BADLY = [
  "paid order",
  "cancelled by the shopper",
  "refund of a paid order",
  "paid twice",
  "declined, then paid",
];

const clock = performance.now.bind(performance);
const job = JSON.parse(process.argv[2] ?? "{}") as Job;
const result: Result = { n: 0, violations: [], times: [], facts: {} };
const prove = { T6: proveSimulation, T7: proveMessages, T13: proveCuts };
await prove[job.goal]();
console.log(JSON.stringify(result));

function mine(count: number): number[] {
  const [from, to] = job.only ?? [1, count];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((it) => it % job.parts === job.part);
}

function isMine(number: number): boolean {
  const [from, to] = job.only ?? [1, number];
  return number >= from && number <= to && number % job.parts === job.part;
}

function isEnough(): boolean {
  return job.first && result.violations.length > 0;
}

async function timed<Value>(work: () => Promise<Value>): Promise<Value> {
  const from = clock();
  const value = await work();
  result.times.push(clock() - from);
  result.n += 1;
  return value;
}

async function proveSimulation(): Promise<void> {
  const hashes = new Map<number, string>();
  const count = (fact: string, by: number) => {
    result.facts[fact] = (result.facts[fact] ?? 0) + by;
  };
  for (const seed of mine(job.long ? SEEDS_LONG : SEEDS)) {
    if (isEnough()) return;
    const run = await timed(() => simulate(seed, { buyers: buyersOf(seed) }));
    hashes.set(seed, run.hash);
    for (const what of run.flaws.slice(0, 1)) result.violations.push({ seed, what });
    count("buyers", buyersOf(seed));
    count("orders", run.orders);
    count("lives", run.lives);
  }
  // After all the others, so that whatever one run leaves behind would show in the next.
  const again = [...hashes.keys()]
    .filter((seed) => hashes.size === 1 || buyersOf(seed) === FEW)
    .slice(0, (job.long ? TWICE_LONG : TWICE) / job.parts);
  for (const seed of again) {
    const { hash } = await simulate(seed, { buyers: buyersOf(seed) });
    count("same_trace", hash === hashes.get(seed) ? 1 : 0);
    if (hash !== hashes.get(seed)) result.violations.push({ seed, what: "the same seed took another way" });
  }
}

function buyersOf(seed: number): number {
  return seed % CROWD_EVERY === 0 ? CROWD : FEW;
}

async function proveMessages(): Promise<void> {
  let messages = 0;
  const told = async (seed: number, how: "in order" | "badly") => {
    messages = 0;
    return stage(seed, STORIES_TOLD_BADLY, ({ queue, timeline }) => {
      queue.isHeld = true;
      for (const ms of HANDED_OVER_MS)
        timeline.after(ms, () => {
          messages += queue.release(how);
          queue.isHeld = ms !== HANDED_OVER_MS.at(-1);
        });
    });
  };
  const once = await told(0, "in order");
  if (once.failure) throw once.failure;
  result.facts["messages"] = messages;
  for (const seed of mine(job.long ? ORDERS_OF_MESSAGES_LONG : ORDERS_OF_MESSAGES)) {
    if (isEnough()) return;
    const { state, failure } = await timed(() => told(seed, "badly"));
    const what = failure ? String(failure) : difference(once.state, state);
    if (what) result.violations.push({ seed, what });
  }
}

/** Every call of every story is cut in every way, once; the cuts are numbered through. */
async function proveCuts(): Promise<void> {
  let number = 0;
  for (const [i, name] of Object.keys(scenes).entries()) {
    const whole = await stage(i, [name], () => undefined);
    if (whole.failure) throw whole.failure;
    result.facts[name] = whole.calls;
    const cuts = CUTS.flatMap((how) => Array.from({ length: whole.calls }, (_, call) => ({ at: call + 1, how })));
    for (const cut of cuts) {
      if (isEnough()) return;
      if (!isMine(++number)) continue;
      const { state, failure } = await timed(() =>
        stage(i, [name], ({ faults }) => {
          faults.cut = cut;
        }),
      );
      const what = failure ? String(failure) : difference(whole.state, state);
      if (what) result.violations.push({ seed: number, what: `${name}, call ${cut.at} cut ${cut.how}: ${what}` });
    }
  }
}
