import type { Caller } from "../kit/caller.ts";
import { Crowd } from "../kit/crowd.ts";
import type { Finding } from "../kit/goal.ts";
import { ADDRESS, fillCart, putOnSale } from "../kit/shop.ts";
import { objectId, type StoredState } from "../kit/stored-state.ts";
import type { World } from "../kit/world.ts";

const LINES = 50;
const CONNECTIONS = 64;
const CARTS = { short: 100, long: 500 };
/** Fewer units of each SKU than carts, so that carts collide. */
const UNITS_PER_CART = 0.3;
const TRIES_MAX = 60;

interface Sale {
  world: World;
  caller: Caller;
  key: string;
  random: () => number;
  isLong: boolean;
}

/** Carts of 50 lines over the same 50 SKUs: each is held whole or not at all, and in the end every unit is sold. */
export async function sellCarts(sale: Sale): Promise<Finding & { recount(state: StoredState): string[] }> {
  const { caller, key, random, isLong } = sale;
  const count = isLong ? CARTS.long : CARTS.short;
  const units = Math.floor(count * UNITS_PER_CART);
  const skus = Array.from({ length: LINES }, (_, i) => `LINE-${i}`);
  await putOnSale(caller, key, skus, units);
  const orders = new Set<string>();
  const samples: number[] = [];
  const crowd = new Crowd(CONNECTIONS);
  const carts: string[] = [];
  await crowd.run(count, async () => {
    carts.push(
      await fillCart(
        caller,
        skus.toSorted(() => random() - 0.5),
      ),
    );
  });
  const open = new Set(carts);
  for (let tries = 0; tries < TRIES_MAX && orders.size < units; tries++) {
    const waiting = [...open];
    await crowd.run(waiting.length, async (i) => {
      const cart_id = waiting[i] ?? "";
      const answer = await caller.untilAnswered({
        method: "POST",
        path: "/api/v1/checkouts",
        idempotencyKey: `${cart_id}-${tries}`,
        body: { cart_id, email: `${cart_id}@example.com`, shipping_address: ADDRESS },
      });
      samples.push(answer.ms);
      if (answer.status !== 201) return;
      orders.add(answer.body.order.id);
      open.delete(cart_id);
    });
  }
  const violations: string[] = [];
  if (orders.size !== units) violations.push(`${orders.size} whole carts were ordered of ${units} that the shelf had`);
  return {
    goal: "T1 carts",
    n: count,
    violations,
    samples,
    facts: { lines: LINES, units },
    recount: (state) => recount(state, skus, orders, units),
  };
}

function recount(state: StoredState, skus: string[], acknowledged: Set<string>, units: number): string[] {
  const wrong: string[] = [];
  const counters = new Map(state.counters().map((it) => [it.id, it]));
  const journaled = new Map(state.journaled().map(({ id, order }) => [id, order]));
  for (const id of acknowledged) if (!journaled.has(id)) wrong.push(`${id} was acknowledged and is not in its journal`);
  if (journaled.size !== acknowledged.size)
    wrong.push(`${journaled.size} orders are stored, ${acknowledged.size} were acknowledged`);
  for (const sku of skus) {
    const counter = counters.get(objectId("souk-StockCounter", `demo:${sku}`));
    const held = counter?.holds.filter((it) => it.status === "held") ?? [];
    const orphans = held.filter((it) => !journaled.has(it.key.split(":")[0] ?? ""));
    if (orphans.length > 0) wrong.push(`${sku}: ${orphans.length} units are held for orders that do not exist`);
    if (held.length !== units) wrong.push(`${sku}: ${held.length} of ${units} are held by orders`);
  }
  return wrong;
}
