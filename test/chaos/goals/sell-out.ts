import { setTimeout as sleep } from "node:timers/promises";
import { Caller } from "../kit/caller.ts";
import { Crowd } from "../kit/crowd.ts";
import type { Finding, Goal } from "../kit/goal.ts";
import { seeded } from "../kit/random.ts";
import { openShop, shelve } from "../kit/shop.ts";
import { StoredState } from "../kit/stored-state.ts";
import { World } from "../kit/world.ts";
import { sellCarts } from "./sell-out-carts.ts";

const UNITS = 500;
const BUYERS = 10_000;
const CONNECTIONS = 64;
const ROUNDS = { short: 2, long: 20 };
const TTL_SECONDS = 2;
const LATE_BUYERS_MS = 90_000;
/** Of those who hold a unit: so many give it back, so many walk away, the others buy. */
const GIVES_BACK = 0.1;
const WALKS_AWAY = 0.1;
/** Of all: so many press twice. */
const PRESSES_TWICE = 0.05;

/** T1: however many come at once, exactly what is there is sold, and what was held and not bought is sold to somebody else. */
export const sellOut: Goal = {
  name: "T1",
  async run({ mould, seed, isLong }) {
    const world = await World.open("sell-out", mould);
    const caller = new Caller(world.origin, CONNECTIONS);
    const key = await openShop(caller, world.operatorKey);
    const rounds = isLong ? ROUNDS.long : ROUNDS.short;
    const one = await sellOneSku({ world, caller, key, random: seeded(seed), rounds });
    const carts = await sellCarts({ world, caller, key, random: seeded(seed + 1), isLong });
    const fives = caller.countOf(/^5/);
    if (fives > 0) one.violations.push(`${fives} answers were 5xx: ${JSON.stringify([...caller.seen])}`);
    await caller.close();
    await world.kill();
    const state = new StoredState(world.state);
    one.violations.push(...one.recount(state));
    carts.violations.push(...carts.recount(state));
    await world.close();
    return [one, carts].map(({ recount, ...finding }) => finding);
  },
};

interface Sale {
  world: World;
  caller: Caller;
  key: string;
  random: () => number;
  rounds: number;
}

async function sellOneSku(sale: Sale): Promise<Finding & { recount(state: StoredState): string[] }> {
  const violations: string[] = [];
  const samples: number[] = [];
  const skus = Array.from({ length: sale.rounds }, (_, round) => `ROUND-${round}`);
  const startedAt = performance.now();
  for (const sku of skus) violations.push(...(await sellRound(sale, sku, samples)));
  const rps = Math.round((1000 * samples.length) / (performance.now() - startedAt));
  return {
    goal: "T1 one SKU",
    n: BUYERS * sale.rounds,
    violations,
    samples,
    facts: { units: UNITS, rounds: sale.rounds, buyers_per_s: rps },
    recount: (state) => skus.flatMap((sku) => recountRound(state, sku)),
  };
}

async function sellRound({ caller, key, random }: Sale, sku: string, samples: number[]): Promise<string[]> {
  await shelve(caller, key, sku, UNITS);
  const violations: string[] = [];
  let bought = 0;
  const settle = async (id: string, how: "confirm" | "release") =>
    (await caller.untilAnswered({ method: "POST", path: `/api/v1/reservations/${id}/${how}`, bearer: key })).status;
  const buy = async (buyer: number, luck: number) => {
    const call = {
      method: "POST" as const,
      path: `/api/v1/stock/${sku}/reservations`,
      bearer: key,
      idempotencyKey: `${sku}-${buyer}`,
      body: { buyer: `buyer-${buyer}`, quantity: 1, ttl_seconds: TTL_SECONDS },
    };
    const presses = random() < PRESSES_TWICE ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: presses }, () => caller.untilAnswered(call)));
    samples.push(...answers.map((it) => it.ms));
    const ids = new Set(answers.filter((it) => it.status === 201).map((it) => it.body.id));
    if (ids.size > 1) violations.push(`${sku}: buyer ${buyer} pressed twice and holds ${ids.size} units`);
    for (const id of ids) {
      if (luck < GIVES_BACK) await settle(id, "release");
      else if (luck >= GIVES_BACK + WALKS_AWAY && (await settle(id, "confirm")) === 200) bought++;
    }
  };
  await new Crowd(CONNECTIONS).run(BUYERS, (i) => buy(i, random()));
  const deadline = Date.now() + LATE_BUYERS_MS;
  for (let late = BUYERS; bought < UNITS && Date.now() < deadline; ) {
    const { available } = await caller.must({ path: `/api/v1/stock/${sku}` });
    if (available === 0) await sleep(100);
    await Promise.all(Array.from({ length: available }, () => buy(late++, 1)));
  }
  if (bought !== UNITS) violations.push(`${sku}: buyers were told ${bought} times that they bought one of ${UNITS}`);
  return violations;
}

function recountRound(state: StoredState, sku: string): string[] {
  const counter = state.counter("demo", sku);
  if (!counter) return [`${sku}: there is no counter in storage`];
  const units = (status: string) =>
    counter.holds.filter((it) => it.status === status).reduce((sum, it) => sum + it.quantity, 0);
  const wrong: string[] = [];
  if (units("confirmed") !== UNITS) wrong.push(`${sku}: ${units("confirmed")} of ${UNITS} are sold`);
  if (units("held") !== 0) wrong.push(`${sku}: ${units("held")} are still held`);
  if (counter.onHand !== 0 || counter.moved !== 0 || counter.sold !== UNITS || counter.reserved !== 0)
    wrong.push(`${sku}: the levels are not those of an empty shelf: ${JSON.stringify({ ...counter, holds: [] })}`);
  return wrong;
}
