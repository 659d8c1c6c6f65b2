import { Caller } from "../kit/caller.ts";
import type { Goal } from "../kit/goal.ts";
import { openShop, putOnSale } from "../kit/shop.ts";
import { World } from "../kit/world.ts";

const CALLS = { short: 120, long: 2_000 };
const CONNECTIONS = 32;
const KILLS = 3;
/** Each call is sent this often with its key, some before a kill and some after the last. */
const TWINS = 3;
const UNITS = 1_000;

/** T10: calls whose process dies under them, sent again with their keys: each has one effect, and a hold is the same hold for good. */
export const sameKey: Goal = {
  name: "T10",
  async run({ mould, isLong }) {
    const calls = isLong ? CALLS.long : CALLS.short;
    const world = await World.open("same-key", mould);
    const caller = new Caller(world.origin, CONNECTIONS);
    const key = await openShop(caller, world.operatorKey);
    await putOnSale(caller, key, ["KEYED"], UNITS);
    const send = (i: number) =>
      caller.untilAnswered({
        method: "POST",
        bearer: key,
        idempotencyKey: `call-${i}`,
        ...(i % 2 === 0
          ? { path: "/api/v1/stock/KEYED/adjustments", body: { delta: 1, reason: `Found, ${i}` } }
          : { path: "/api/v1/stock/KEYED/reservations", body: { buyer: `b-${i}`, quantity: 1, ttl_seconds: 3_600 } }),
      });
    const all = () => Promise.all(Array.from({ length: calls }, (_, i) => send(i)));
    const violations: string[] = [];
    const answered = new Map<number, string>();
    const samples: number[] = [];
    for (let round = 0; round < TWINS; round++) {
      const sending = all();
      for (let kill = 0; kill < KILLS; kill++) {
        await new Promise((resolve) => setTimeout(resolve, 15 * (kill + 1)));
        await world.kill();
        await world.start();
      }
      for (const [i, { status, body, ms }] of (await sending).entries()) {
        samples.push(ms);
        // A level that was adjusted is told as it is now; a hold is what it was.
        const { id, expires_at } = body;
        const effect = JSON.stringify({ id, expires_at });
        const first = answered.get(i) ?? effect;
        answered.set(i, first);
        if (status !== 201) violations.push(`call ${i} was answered ${status} ${body?.code}`);
        else if (effect !== first) violations.push(`call ${i} was answered ${first}, and then ${effect}`);
      }
    }
    const { on_hand, reserved } = (await caller.untilAnswered({ path: "/api/v1/stock/KEYED" })).body;
    const expected = [UNITS + calls / 2, calls / 2];
    if (on_hand !== expected[0] || reserved !== expected[1])
      violations.push(`${calls} calls left ${on_hand} units, ${reserved} of them held, and not ${expected}`);
    const lost = caller.seen.get("lost") ?? 0;
    if (lost === 0) violations.push("no connection was lost: this run proves nothing");
    await caller.close();
    await world.close();
    return [{ goal: "T10", n: calls * TWINS, violations, samples, facts: { lost, kills: KILLS * TWINS } }];
  },
};
