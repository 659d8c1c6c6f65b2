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
const RECOVERY_P99_MS = 500;

/** T2: the process is killed again and again in a running sale; nobody is told anything that is not true afterwards. */
export const killAndRecount: Goal = {
  name: "T2",
  async run({ mould, seed, isLong }) {
    const { buyers, kills } = isLong ? SIZE.long : SIZE.short;
    const world = await World.open("kill", mould);
    const caller = new Caller(world.origin, CONNECTIONS);
    const key = await openShop(caller, world.operatorKey);
    const units = Math.floor(buyers * UNITS_PER_BUYER);
    await putOnSale(caller, key, ["HOT"], units);
    const promised = new Acknowledgements<Promised>(join(world.state, "..", "promised.jsonl"));
    const crowd = new Crowd(CONNECTIONS);
    const sale: Sale = {
      caller,
      crowd,
      key,
      sku: "HOT",
      promised,
      random: seeded(seed),
      habits: HABITS,
      samples: [],
      violations: [],
    };
    const startedAt = performance.now();
    const reaper = new Reaper(world, caller, { random: seeded(seed + 1), buyers, kills });
    const reaping = reaper.run();
    await crowd.run(buyers, (buyer) => takePart(sale, buyer).finally(() => reaper.served()));
    await reaping;
    const seconds = (performance.now() - startedAt) / 1000;
    const settledMs = await settleSale(world, sale.violations);
    await caller.close();
    await world.kill();
    const { violations, facts } = recountSale(new StoredState(world.state), promised.read(), units);
    promised.close();
    await world.close();
    const finding: Finding = {
      goal: "T2",
      n: buyers,
      violations: [...sale.violations, ...violations],
      samples: sale.samples,
      facts: { kills: reaper.recoveries.length, seconds: Math.round(seconds), settled_ms: settledMs, ...facts },
    };
    return [finding, recovery(reaper.recoveries)];
  },
};

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
