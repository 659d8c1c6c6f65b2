import { setTimeout as sleep } from "node:timers/promises";
import { Caller } from "../kit/caller.ts";
import { type Finding, type Goal, percentile, type Run } from "../kit/goal.ts";
import { openShop, shelve } from "../kit/shop.ts";
import { StoredState } from "../kit/stored-state.ts";
import { changedMould, World } from "../kit/world.ts";

const SECONDS = { short: { peak: 3, overload: 8 }, long: { peak: 10, overload: 30 } };
const PEAK_CLIENTS = 64;
/** As many at once as an object lets wait, and half as many again. Whoever is turned away comes back at once, which no good client does. */
const OVERLOAD_CLIENTS = 1_500;
const SMALL_LIMIT = 8;
const TURNED_AWAY_CLIENTS = 200;
/** The goal. It is judged in the long form: for a few seconds on a machine that does other things too, only a collapse is certain. */
const GOODPUT_GOAL = 0.8;
const GOODPUT_MIN = { short: 0.3, long: GOODPUT_GOAL };
/** Something else may begin on the machine after the peak was measured; it does not do so every time. */
const MEASURED_AT_MOST = 2;
const UNITS = 999_999_999;
const OTHERS_PAUSE_MS = 40;
/** Clients arrive one after the other: a thousand new connections at once wait for seconds in the kernel, which is not meant here. */
const ARRIVAL_MS = 1;

interface Storm {
  good: number;
  shed: number;
  perSecond: number;
  samples: number[];
  violations: string[];
}

/** T16: far more ask for one SKU than it serves. It serves as many as ever, turns the others away whole, and other shops go on. */
export const overload: Goal = {
  name: "T16",
  async run(run) {
    return [await overwhelm(run), await turnAway(run)];
  },
};

async function overwhelm({ mould, isLong }: Run): Promise<Finding> {
  const seconds = isLong ? SECONDS.long : SECONDS.short;
  const world = await World.open("overload", mould);
  const others = new Caller(world.origin, 1);
  await shelve(others, await openShop(others, world.operatorKey, "acme"), "COLD", UNITS, "acme");
  const key = await openShop(others, world.operatorKey);
  await shelve(others, key, "HOT", UNITS);
  const during = (part: string, clients: number, forSeconds: number) =>
    Promise.all([storm(world, key, { part, clients, seconds: forSeconds }), goOn(others, forSeconds)]);
  await during("warm", PEAK_CLIENTS, 1);
  const measure = async (turn: number) => {
    const [peak, calm] = await during(`peak${turn}`, PEAK_CLIENTS, seconds.peak);
    const [hot, apart] = await during(`hot${turn}`, OVERLOAD_CLIENTS, seconds.overload);
    return { peak, calm, hot, apart, goodput: hot.perSecond / peak.perSecond };
  };
  const least = isLong ? GOODPUT_MIN.long : GOODPUT_MIN.short;
  let last = await measure(1);
  const measured = [last];
  while (measured.length < MEASURED_AT_MOST && last.goodput < least) {
    last = await measure(measured.length + 1);
    measured.push(last);
  }
  await others.close();
  await world.kill();
  const violations = measured.flatMap((it) => [it.peak, it.hot, it.calm, it.apart].flatMap((part) => part.violations));
  const storms = measured.flatMap((it) => [it.peak, it.hot]);
  violations.push(...halfReservations(new StoredState(world.state), ["warm"], storms));
  await world.close();
  const { peak, calm, hot, apart, goodput } = last;
  if (goodput < least) violations.push(`only ${hot.perSecond}/s of ${peak.perSecond}/s are served under overload`);
  if (peak.shed > 0) violations.push(`${peak.shed} were turned away without need`);
  const facts = {
    peak_per_s: peak.perSecond,
    goodput: Number(goodput.toFixed(2)),
    goodput_goal: GOODPUT_GOAL,
    isReached: goodput >= GOODPUT_GOAL,
    offered: Number(
      ((hot.good + hot.shed) / (seconds.overload + (OVERLOAD_CLIENTS * ARRIVAL_MS) / 1000) / peak.perSecond).toFixed(2),
    ),
    shed: hot.shed,
    others_p99: [percentile(calm.samples, 0.99), percentile(apart.samples, 0.99)],
  };
  return { goal: "T16 goodput", n: hot.good + hot.shed, violations, samples: hot.samples, facts };
}

/** One thread that serves HTTP, the Worker and the object is never quick enough to fill an object; a lower limit shows who is turned away. */
async function turnAway({ mould, isLong }: Run): Promise<Finding> {
  const limit = /WAITING_COMMANDS_MAX = \w+;/;
  const world = await World.open(
    "turn-away",
    changedMould(mould, "small", limit, `WAITING_COMMANDS_MAX = ${SMALL_LIMIT};`),
  );
  const caller = new Caller(world.origin, 1);
  const key = await openShop(caller, world.operatorKey);
  await shelve(caller, key, "HOT", UNITS);
  const seconds = isLong ? SECONDS.long.peak : SECONDS.short.peak;
  const crowd = await storm(world, key, { part: "crowd", clients: TURNED_AWAY_CLIENTS, seconds });
  await caller.close();
  await world.kill();
  const violations = [...crowd.violations, ...halfReservations(new StoredState(world.state), ["warm"], [crowd])];
  if (crowd.shed === 0) violations.push("nobody was turned away: this run proves nothing");
  await world.close();
  const facts = { limit: SMALL_LIMIT, shed: crowd.shed, per_s: crowd.perSecond };
  return { goal: "T16 turned away", n: crowd.good + crowd.shed, violations, samples: crowd.samples, facts };
}

/** Clients that reserve one unit after another, each at its own pace, without pause. */
async function storm(
  world: World,
  bearer: string,
  { part, clients, seconds }: { part: string; clients: number; seconds: number },
): Promise<Storm> {
  const caller = new Caller(world.origin, clients);
  const seen: Storm = { good: 0, shed: 0, perSecond: 0, samples: [], violations: [] };
  const startedAt = performance.now() + clients * ARRIVAL_MS;
  const isOver = () => performance.now() - startedAt > seconds * 1000;
  const act = async (client: number) => {
    await sleep(client * ARRIVAL_MS);
    for (let i = 0; !isOver(); i++) {
      const name = `${part}-${client}-${i}`;
      const answer = await caller.once({
        method: "POST",
        path: "/api/v1/stock/HOT/reservations",
        bearer,
        idempotencyKey: name,
        body: { buyer: name, quantity: 1, ttl_seconds: 3_600 },
      });
      if (answer.status === 201) {
        seen.samples.push(answer.ms);
        if (performance.now() > startedAt && !isOver()) seen.perSecond++;
        seen.good++;
      } else if ((answer.status === 503 || answer.status === 429) && answer.retryAfterMs !== undefined) seen.shed++;
      else seen.violations.push(`a client was answered ${answer.status} ${answer.body?.code}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => act(client)));
  seen.perSecond = Math.round(seen.perSecond / seconds);
  await caller.close();
  return seen;
}

/** Another shop's quiet business meanwhile: every call must be served. */
async function goOn(caller: Caller, seconds: number): Promise<{ samples: number[]; violations: string[] }> {
  const [samples, violations]: [number[], string[]] = [[], []];
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    const { status, ms } = await caller.once({ path: "/api/v1/stock/COLD", shop: "acme" });
    samples.push(ms);
    if (status !== 200) violations.push(`another shop was answered ${status}`);
    await sleep(OTHERS_PAUSE_MS);
  }
  return { samples, violations };
}

/** Every acknowledged hold is stored, and nobody who was turned away holds anything. */
function halfReservations(state: StoredState, parts: string[], storms: Storm[]): string[] {
  const holds = state.counter("demo", "HOT")?.holds ?? [];
  const stored = holds.filter((it) => !it.key.startsWith(parts[0] ?? "")).length;
  const told = storms.reduce((sum, it) => sum + it.good, 0);
  return stored === told ? [] : [`${told} holds were acknowledged, ${stored} are stored`];
}
