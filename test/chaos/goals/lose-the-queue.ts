import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Acknowledgements } from "../kit/acknowledgements.ts";
import { Caller } from "../kit/caller.ts";
import { Crowd } from "../kit/crowd.ts";
import type { Goal } from "../kit/goal.ts";
import { seeded } from "../kit/random.ts";
import { openShop, putOnSale } from "../kit/shop.ts";
import { StoredState } from "../kit/stored-state.ts";
import { World } from "../kit/world.ts";
import { type Promised, recountSale } from "./recount-sale.ts";
import { SETTLED_GOAL_MS, settleSale } from "./settle-sale.ts";
import { type Sale, takePart } from "./take-part.ts";

const BUYERS = { short: 800, long: 20_000 };
const CONNECTIONS = 32;
/** The sandbox bank's notifications become events a moment after the buyers are gone. */
const BANK_MS = 1_500;
const LOSSES = [1, 0.3];

/** T8: the queue loses everything, with the process and without; then 30 % at random. Nothing that had to follow is missing. */
export const loseTheQueue: Goal = {
  name: "T8",
  async run({ mould, seed, isLong }) {
    const buyers = isLong ? BUYERS.long : BUYERS.short;
    const world = await World.open("queue", mould);
    const caller = new Caller(world.origin, CONNECTIONS);
    const key = await openShop(caller, world.operatorKey);
    await putOnSale(caller, key, ["HOT"], buyers);
    const promised = new Acknowledgements<Promised>(join(world.state, "..", "promised.jsonl"));
    const random = seeded(seed);
    const crowd = new Crowd(CONNECTIONS);
    const sale: Sale = {
      caller,
      crowd,
      key,
      sku: "HOT",
      promised,
      random,
      habits: { reserves: 0, pays: 0.6, cancels: 0.3 },
      samples: [],
      violations: [],
    };
    const lots = seeded(seed + 1);
    const samples: number[] = [];
    for (const [phase, loss] of LOSSES.entries()) {
      world.isMessageLost = () => lots() < loss;
      const part = Math.floor(buyers / LOSSES.length);
      await crowd.run(part, (i) => takePart(sale, phase * part + i));
      await sleep(BANK_MS);
      // What the queue did take is lost with the process.
      await world.kill();
      if (loss === 1) world.isMessageLost = () => false;
      await world.start();
      samples.push(await settleSale(world, sale.violations));
    }
    await caller.close();
    await world.kill();
    const { violations, facts } = recountSale(new StoredState(world.state), promised.read(), buyers);
    promised.close();
    await world.close();
    const settled_ms = Math.max(...samples);
    if (isLong && settled_ms > SETTLED_GOAL_MS)
      sale.violations.push(`what had to follow followed after ${settled_ms} ms`);
    if (world.messagesLost === 0) sale.violations.push("no message was lost: this run proves nothing");
    return [
      {
        goal: "T8",
        n: buyers,
        violations: [...sale.violations, ...violations],
        samples,
        facts: {
          messages_lost: world.messagesLost,
          goal_ms: SETTLED_GOAL_MS,
          isReached: settled_ms <= SETTLED_GOAL_MS,
          ...facts,
        },
      },
    ];
  },
};
