import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Acknowledgements } from "../kit/acknowledgements.ts";
import { Caller } from "../kit/caller.ts";
import { Crowd } from "../kit/crowd.ts";
import type { Finding, Goal } from "../kit/goal.ts";
import { percentile } from "../kit/goal.ts";
import { seeded } from "../kit/random.ts";
import { openShop, putOnSale } from "../kit/shop.ts";
import { StoredState } from "../kit/stored-state.ts";
import { World } from "../kit/world.ts";
import { type Promised, recountSale } from "./recount-sale.ts";
import { settleSale } from "./settle-sale.ts";
import { type Sale, takePart } from "./take-part.ts";

const SIZE = { short: { buyers: 10_000, kills: 50 }, long: { buyers: 200_000, kills: 1_000 } };
/** There is less than all want, so that the end of the stock is met as well. */
const UNITS_PER_BUYER = 0.6;
const CONNECTIONS = 64;
const HABITS = { reserves: 0.6, pays: 0.25, cancels: 0.1 };
/** A kill comes this long after the one before is over, or later. */
const GAP_MS = { min: 10, max: 70 };
/** So much of the sale again, over a SKU that is divided and united meanwhile. */
const DIVIDED = 0.3;
/** Conversions a second that the SKU is divided for: up to some eight counters. */
const TARGET_MAX = 3_000;
const DIVIDE_PAUSE_MS = 600;
const RECOVERY_P99_MS = 500;

/** T2: the process is killed again and again in a running sale; nobody is told anything that is not true afterwards. */
export const killAndRecount: Goal = {
  name: "T2",
  async run({ mould, seed, isLong, scale }) {
    const { buyers, kills } = isLong ? SIZE.long : SIZE.short;
    const all = { buyers: Math.ceil(buyers * scale), kills: Math.ceil(kills * scale) };
    const divided = { buyers: Math.ceil(all.buyers * DIVIDED), kills: Math.ceil(all.kills * DIVIDED) };
    const whole = await killInSale(await World.open("kill", mould), { seed, ...all });
    const parts = await killInSale(await World.open("kill-divided", mould), { seed, ...divided, isDivided: true });
    return [whole.finding, parts.finding, recovery([...whole.recoveries, ...parts.recoveries])];
  },
};

type Plan = { seed: number; buyers: number; kills: number; isDivided?: boolean };

async function killInSale(world: World, plan: Plan): Promise<{ finding: Finding; recoveries: number[] }> {
  const { seed, buyers, kills, isDivided = false } = plan;
  const caller = new Caller(world.origin, CONNECTIONS);
  const key = await openShop(caller, world.operatorKey);
  const units = Math.floor(buyers * UNITS_PER_BUYER);
  await putOnSale(caller, key, ["HOT"], units);
  const promised = new Acknowledgements<Promised>(join(world.state, "..", "promised.jsonl"));
  const crowd = new Crowd(CONNECTIONS);
  const sale: Sale = {
    ...{ caller, crowd, key, promised },
    sku: "HOT",
    random: seeded(seed),
    habits: HABITS,
    samples: [],
    violations: [],
  };
  const startedAt = performance.now();
  const reaper = new Reaper(world, caller, { random: seeded(seed + 1), buyers, kills });
  const reaping = reaper.run();
  const divider = isDivided ? divideAgainAndAgain(sale, seeded(seed + 2)) : undefined;
  await crowd.run(buyers, (buyer) => takePart(sale, buyer).finally(() => reaper.served()));
  await reaping;
  const divisions = await divider?.stop();
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const settled_ms = await settleSale(world, sale.violations);
  await caller.close();
  await world.kill();
  const { violations, facts } = recountSale(new StoredState(world.state), promised.read(), units);
  promised.close();
  await world.close();
  if (divisions === 0) violations.push("the SKU was never divided: this run proves nothing");
  const finding: Finding = {
    goal: isDivided ? "T2 divided" : "T2",
    n: buyers,
    violations: [...sale.violations, ...violations],
    samples: sale.samples,
    facts: { kills: reaper.recoveries.length, divisions, seconds, settled_ms, ...facts },
  };
  return { finding, recoveries: reaper.recoveries };
}

/** Divides the SKU over more and fewer counters while it sells and the process is killed. */
function divideAgainAndAgain({ caller, key, sku }: Sale, random: () => number): { stop(): Promise<number> } {
  let isOver = false;
  const dividing = (async () => {
    let done = 0;
    while (!isOver) {
      const target = Math.ceil(random() * TARGET_MAX);
      const path = `/api/v1/autoscale/adjust?sku=${sku}&target_conversions=${target}`;
      const { status, retryAfterMs = 0 } = await caller.untilAnswered({ method: "POST", path, bearer: key });
      if (status === 200) done++;
      await sleep(retryAfterMs + DIVIDE_PAUSE_MS * random());
    }
    return done;
  })();
  return {
    stop: () => {
      isOver = true;
      return dividing;
    },
  };
}

/** Wall-clock time on a machine that the crowd shares: reported beside its goal, and no violation. */
function recovery(samples: number[]): Finding {
  const isReached = (percentile(samples, 0.99) ?? 0) <= RECOVERY_P99_MS;
  return {
    goal: "T2 recovery",
    n: samples.length,
    violations: [],
    samples,
    facts: { goal_ms: RECOVERY_P99_MS, isReached },
  };
}

/** Kills are spread over the sale by how many buyers were served, so that each meets a full house. */
class Reaper {
  /** From the kill to the first answer that did what somebody asked, in milliseconds. */
  readonly recoveries: number[] = [];
  private readonly world: World;
  private readonly caller: Caller;
  private readonly plan: { random: () => number; buyers: number; kills: number };
  private done = 0;

  constructor(world: World, caller: Caller, plan: Reaper["plan"]) {
    this.world = world;
    this.caller = caller;
    this.plan = plan;
  }

  served(): void {
    this.done++;
  }

  async run(): Promise<void> {
    const { random, buyers, kills } = this.plan;
    for (let kill = 1; kill <= kills; kill++) {
      while (this.done < (kill * buyers) / (kills + 1)) await sleep(5);
      await sleep(GAP_MS.min + random() * (GAP_MS.max - GAP_MS.min));
      await this.world.kill();
      const startedAt = performance.now();
      const good = this.caller.nextGoodAnswer();
      await this.world.start();
      await Promise.race([good, sleep(5_000)]);
      this.recoveries.push(performance.now() - startedAt);
    }
  }
}
