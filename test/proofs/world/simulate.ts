import { cancelOrder } from "../../../src/capabilities/selling/orders/actions.ts";
import { adjustStock } from "../../../src/capabilities/selling/stock/actions.ts";
import { Dice } from "../kit/dice.ts";
import { Buyer, Heard } from "./buyers.ts";
import { type Goods, openWorldShop } from "./shop.ts";
import { type Supply, Truths } from "./truths.ts";
import { restartIds } from "./typeid.ts";
import { World } from "./world.ts";

const MINUTE = 60_000;
/** Between two full recounts. */
const TASKS_A_CHECK = 400;
/** Everything is settled within an hour after the faults stop; holds that no order has end 90 minutes after they began. */
const SETTLE_MS = 60 * MINUTE;
const HOLDS_END_MS = 100 * MINUTE;

export interface Run {
  seed: number;
  hash: string;
  events: number;
  orders: number;
  lives: number;
  flaws: string[];
  /** What happened last, when it was asked for. */
  last: readonly string[];
}

const GOODS: readonly Goods[] = [
  { sku: "HOT", price: 999, onHand: 60 },
  { sku: "LIMITED", price: 2_500, onHand: 80, limit: 3 },
  { sku: "RARE", price: 40_000, onHand: 5 },
  { sku: "PLENTY", price: 120, onHand: 10_000 },
];

/** One run of the world: a sale with faults, then calm, recounted all along. The same seed takes the same way. */
export async function simulate(seed: number, { buyers = 200, keeps = 0 } = {}): Promise<Run> {
  const dice = new Dice(seed);
  const world = new World(dice, { keeps });
  world.restartIsolates();
  restartIds();
  const undo = world.timeline.install();
  const { info, warn, error } = console;
  // What the product logs of the faults would hide what the proof says.
  const quiet = (line: string) => void (keeps > 0 && world.trace.note(line));
  Object.assign(console, { info: quiet, warn: quiet, error: quiet });
  try {
    return await run(world, seed, buyers);
  } finally {
    undo();
    Object.assign(console, { info, warn, error });
  }
}

async function run(world: World, seed: number, buyers: number): Promise<Run> {
  const { dice, timeline, faults, trace } = world;
  await openWorldShop(world, GOODS);
  const heard = new Heard();
  const supply: Supply = new Map(GOODS.map(({ sku, onHand, limit }) => [sku, { units: onHand, limit }]));
  const truths = new Truths(world, supply, heard);
  const flaws: string[] = [];
  const isLong = dice.chance(0.12);
  const start = timeline.elapsed;
  const stop = start + (isLong ? 150 : 6 + dice.below(10)) * MINUTE;

  faults.start(dice.pick([0, 0.3, 1, 1, 2]));
  world.runCron(MINUTE);
  for (let i = 0; i < buyers; i++) {
    const buyer = new Buyer(world, GOODS, heard, i);
    timeline.after(dice.next() * 5 * MINUTE, () => void buyer.live());
  }
  planStaff(world, supply, stop);
  planDisasters(world, start, stop, isLong);
  timeline.after(stop - timeline.elapsed, () => {
    faults.stop();
    world.isCronDown = false;
  });

  for (let i = 0; i < buyers / 20; i++)
    timeline.after(stop + dice.next() * 20 * MINUTE - timeline.elapsed, () => void cancelAny(world, heard));

  let tasks = 0;
  const between = () => {
    killSomebody(world);
    if (++tasks % TASKS_A_CHECK === 0 && flaws.length === 0) flaws.push(...truths.atAnyMoment());
  };
  await timeline.runUntil(stop + SETTLE_MS, between);
  if (flaws.length === 0) flaws.push(...truths.settled(false));
  await timeline.runUntil(stop + HOLDS_END_MS, between);
  if (flaws.length === 0) flaws.push(...truths.settled(true));
  const lives = [...world.hosts.objects.values()].reduce((sum, it) => sum + it.lives, 0);
  for (const { database } of world.hosts.objects.values()) database.raw.close();
  world.d1.raw.close();
  return { seed, hash: trace.hash, events: trace.events, orders: heard.orders.size, lives, flaws, last: trace.last };
}

function killSomebody({ dice, faults, hosts, trace }: World): void {
  if (faults.weather.killObject === 0 || !dice.chance(faults.weather.killObject)) return;
  const alive = [...hosts.objects.values()].filter((it) => it.life);
  if (alive.length === 0) return;
  const victim = dice.pick(alive);
  trace.note(`kill ${victim.kind} ${victim.name}`);
  victim.kill();
}

/** Staff count the shelves and divide hot SKUs while everybody buys. */
function planStaff(world: World, supply: Supply, stop: number): void {
  const { dice, timeline } = world;
  const during = (work: () => void) => timeline.after(dice.next() * (stop - timeline.elapsed), work);
  for (let i = 0; i < 6; i++) during(() => void count(world, supply, `count-${i}`));
  for (let i = 0; i < 4; i++) during(() => void divide(world));
}

async function count(world: World, supply: Supply, key: string): Promise<void> {
  const { dice, timeline } = world;
  const sku = dice.pick(["HOT", "LIMITED"]);
  const delta = dice.below(30) - 8 || 1;
  const known = supply.get(sku);
  if (!known) return;
  // Until the answer is known, more units may be there than were.
  if (delta > 0) known.units += delta;
  const staff = { kind: "staff", keyId: "key", scopes: ["*"] } as const;
  for (;;) {
    const ask = world.invoke("count", (ctx) => adjustStock(ctx, { sku, delta, reason: "count", key }), staff);
    const answer = await ask.catch(() => undefined);
    if (answer) {
      if (delta > 0 && !answer.ok) known.units -= delta;
      if (delta < 0 && answer.ok) known.units += delta;
      return;
    }
    await timeline.wait(dice.next() * 5_000);
  }
}

/** Long after an order was placed, staff cancel it. */
async function cancelAny(world: World, heard: Heard): Promise<void> {
  const orders = [...heard.orders.values()];
  if (orders.length === 0) return;
  const { id } = world.dice.pick(orders);
  await world
    .invoke("cancel", (ctx) => cancelOrder(ctx, { id }), { kind: "staff", keyId: "key", scopes: ["*"] })
    .catch(() => undefined);
}

async function divide(world: World): Promise<void> {
  const { dice, env } = world;
  const shards = dice.pick([1, 2, 3, 4, 8]);
  const sku = dice.pick(["HOT", "LIMITED"]);
  await world
    .invoke("divide", async () => await env.STOCK.getByName(`demo:${sku}`).reshard(shards))
    .catch(() => undefined);
}

function planDisasters(world: World, start: number, stop: number, isLong: boolean): void {
  const { dice, timeline, faults, trace } = world;
  const at = (ms: number, what: string, work: () => void) =>
    timeline.after(ms - timeline.elapsed, () => {
      trace.note(what);
      if (timeline.elapsed < stop) work();
    });
  const inStorm = () => start + dice.next() * (stop - start);
  for (let i = dice.below(3); i > 0; i--)
    at(inStorm(), "clock", () => world.jump(dice.chance(0.6) ? dice.next() * 10 * MINUTE : -dice.next() * 4 * MINUTE));
  for (let i = dice.below(4); i > 0; i--) at(inStorm(), "isolates", world.restartIsolates);
  const down = inStorm();
  if (dice.chance(0.4)) {
    at(down, "d1 down", () => (faults.isDatabaseDown = true));
    at(down + dice.next() * 3 * MINUTE, "d1 up", () => (faults.isDatabaseDown = false));
  }
  if (!isLong && !dice.chance(0.3)) return;
  at(isLong ? start : inStorm(), "queue down", () => {
    faults.isQueueDown = true;
    world.isCronDown = true;
  });
}
