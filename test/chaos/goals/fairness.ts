import { createHash, createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Caller } from "../kit/caller.ts";
import { drawChance } from "../kit/chi-square.ts";
import { Crowd } from "../kit/crowd.ts";
import type { Finding, Goal } from "../kit/goal.ts";
import { openShop, putOnSale, shelve } from "../kit/shop.ts";
import { type StoredHold, StoredState } from "../kit/stored-state.ts";
import { World } from "../kit/world.ts";
import { refusePasses } from "./refuse-passes.ts";

const ENTRANTS = { short: 2_000, long: 10_000 };
const CONNECTIONS = 64;
const UNITS = 1_000_000;
/** A draw is doubted below this chance; by chance alone one in a hundred is, so a doubted draw is held again, once. */
const CHANCE_MIN = 0.01;
/** Entering takes about this long for each entrant on a busy machine; on one that needs longer the draw is held again, later. */
const MS_PER_ENTRANT = 4;
const MS_PER_ENTRANT_MAX = 64;
const LIMIT = 3;
const PRESSES = 200;
const SESSIONS = 20;

export interface Hall {
  world: World;
  caller: Caller;
  key: string;
}

/** T20: whoever comes first goes first, who goes first of the early ones is chance, and nobody gets more than their share. */
export const fairness: Goal = {
  name: "T20",
  async run({ mould, isLong, scale }) {
    const world = await World.open("fairness", mould);
    const caller = new Caller(world.origin, CONNECTIONS);
    const key = await openShop(caller, world.operatorKey);
    await putOnSale(caller, key, ["WANTED"], UNITS);
    const hall: Hall = { world, caller, key };
    const entrants = Math.ceil((isLong ? ENTRANTS.long : ENTRANTS.short) * scale);
    const findings = [await draw(hall, entrants), await line(hall, entrants)];
    findings.push(await limit(hall), await refusePasses(hall));
    await caller.close();
    await world.kill();
    const holds = new StoredState(world.state).counters().flatMap((it) => it.holds);
    findings[2]?.violations.push(...greedy(holds));
    await world.close();
    return findings;
  },
};

/** Opens a sale with a waiting room; answers its id. */
export async function openSale({ caller, key }: Hall, startsInMs: number, more: object = {}): Promise<string> {
  const body = {
    sku: "WANTED",
    sale_price: { amount: 100, currency: "USD" },
    quantity: 1_000,
    starts_at: new Date(Date.now() + startsInMs).toISOString(),
    ends_at: new Date(Date.now() + 3_600_000).toISOString(),
    waiting_room: { admit_per_second: 1 },
    ...more,
  };
  return (await caller.must({ method: "POST", path: "/api/v1/flash-sales", bearer: key, body })).id;
}

async function enter(caller: Caller, sale: string, email: string) {
  const path = `/api/v1/flash-sales/${sale}/waiting-room/entries`;
  return (await caller.must({ method: "POST", path, body: { email } })).entry;
}

async function draw(hall: Hall, entrants: number): Promise<Finding> {
  const first = await drawOnce(hall, entrants);
  const last = first.chance > CHANCE_MIN ? first : await drawOnce(hall, entrants);
  const violations = [...new Set([...first.violations, ...last.violations])];
  if (last.chance <= CHANCE_MIN)
    violations.push(`two draws in a row have chances of ${first.chance} and ${last.chance}`);
  return { goal: "T20 draw", n: entrants, violations, samples: [], facts: { chi_square_p: last.chance } };
}

interface Gathered {
  sale: string;
  startsAt: number;
  before: { draw_seed: string | null; draw_commitment: string };
  arrived: string[];
}

/** Opens a sale that starts when everybody is in. */
async function gather(hall: Hall, entrants: number, msPerEntrant = MS_PER_ENTRANT): Promise<Gathered> {
  const { caller } = hall;
  const startsIn = 1_000 + entrants * msPerEntrant;
  const startsAt = Date.now() + startsIn;
  const sale = await openSale(hall, startsIn);
  const before = await caller.must({ path: `/api/v1/flash-sales/${sale}/waiting-room` });
  const arrived: string[] = [];
  await new Crowd(CONNECTIONS).run(entrants, async (i) => {
    arrived.push((await enter(caller, sale, `early-${i}@example.com`)).id);
  });
  if (Date.now() < startsAt) return { sale, startsAt, before, arrived };
  if (msPerEntrant >= MS_PER_ENTRANT_MAX) throw new Error(`${entrants} entrants need more than ${startsIn} ms`);
  return gather(hall, entrants, 2 * msPerEntrant);
}

/** Everybody comes before the start; the order is drawn again here from what the room publishes. */
async function drawOnce(hall: Hall, entrants: number): Promise<{ chance: number; violations: string[] }> {
  const { caller } = hall;
  const { sale, startsAt, before, arrived } = await gather(hall, entrants);
  const room = `/api/v1/flash-sales/${sale}/waiting-room`;
  await sleep(startsAt - Date.now() + 200);
  await enter(caller, sale, "late@example.com");
  const after = await caller.must({ path: room });
  const drawn: string[] = [];
  for (let cursor = ""; ; ) {
    const page = await caller.must({ path: `${room}/draw${cursor}` });
    drawn.push(...page.data);
    if (page.next_cursor === null) break;
    cursor = `?cursor=${page.next_cursor}`;
  }
  const violations: string[] = [];
  if (before.draw_seed !== null) violations.push("the seed was published before the start");
  if (createHash("sha256").update(after.draw_seed).digest("hex") !== before.draw_commitment)
    violations.push("the seed is not the one that was committed to");
  const lot = (id: string) => createHmac("sha256", after.draw_seed).update(id).digest("hex");
  const again = arrived.map((id) => ({ id, lot: lot(id) })).toSorted((a, b) => (a.lot < b.lot ? -1 : 1));
  if (JSON.stringify(again.map((it) => it.id)) !== JSON.stringify(drawn))
    violations.push("the draw comes out otherwise");
  return { chance: drawChance(arrived, drawn), violations };
}

/** After the start: whoever had an answer before somebody else asked stands before them. */
async function line({ caller, ...hall }: Hall, entrants: number): Promise<Finding> {
  const sale = await openSale({ caller, ...hall }, -1_000);
  const seen: { asked: number; told: number; place: number }[] = [];
  await new Crowd(CONNECTIONS).run(entrants, async (i) => {
    const asked = performance.now();
    const { place } = await enter(caller, sale, `line-${i}@example.com`);
    seen.push({ asked, told: performance.now(), place });
  });
  const byPlace = seen.toSorted((a, b) => b.place - a.place);
  let soonestTold = Number.POSITIVE_INFINITY;
  let inversions = 0;
  // From the end of the line: nobody here was told before somebody in front of them asked.
  for (const { asked, told } of byPlace) {
    if (soonestTold < asked) inversions++;
    soonestTold = Math.min(soonestTold, told);
  }
  const violations = inversions > 0 ? [`${inversions} of ${entrants} stand behind somebody who came after them`] : [];
  const places = new Set(seen.map((it) => it.place));
  if (places.size !== entrants) violations.push(`${entrants} entrants have ${places.size} places`);
  return { goal: "T20 line", n: entrants, violations, samples: seen.map((it) => it.told - it.asked) };
}

/** One buyer, 200 orders at once. */
async function limit({ world, caller, key }: Hall): Promise<Finding> {
  const body = { on_hand: UNITS, per_buyer_limit: LIMIT };
  await shelve(caller, key, "FEW", UNITS);
  await caller.must({ method: "PUT", path: "/api/v1/stock/FEW", bearer: key, body });
  const sessions = new Caller(world.origin, SESSIONS);
  const asked = Array.from({ length: PRESSES }, (_, i) =>
    sessions.untilAnswered({
      method: "POST",
      path: "/api/v1/stock/FEW/reservations",
      bearer: key,
      idempotencyKey: `greedy-${i}`,
      body: { buyer: "greedy", quantity: 1, ttl_seconds: 3_600 },
    }),
  );
  const answers = await Promise.all(asked);
  await sessions.close();
  const held = answers.filter((it) => it.status === 201).length;
  const violations = held === LIMIT ? [] : [`a buyer who may have ${LIMIT} was given ${held}`];
  const others = answers.filter((it) => it.status !== 201 && it.body.code !== "limit_reached");
  if (others.length > 0) violations.push(`${others.length} presses were answered ${others[0]?.body.code}`);
  return { goal: "T20 limit", n: PRESSES, violations, samples: answers.map((it) => it.ms) };
}

function greedy(holds: readonly StoredHold[]): string[] {
  const units = holds.filter((it) => it.buyer === "greedy").reduce((sum, it) => sum + it.quantity, 0);
  return units === LIMIT ? [] : [`${units} units of a limit of ${LIMIT} are stored for one buyer`];
}
