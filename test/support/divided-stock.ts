import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { askBuyersCounter, askHoldsCounter } from "../../src/capabilities/selling/stock/actions/ask-counter.ts";
import { countersKeepTheirBooks } from "../../src/capabilities/selling/stock/invariants.ts";
import { slotOf } from "../../src/capabilities/selling/stock/rules/shards.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { Timing } from "../../src/platform/timing.ts";
import { eventually } from "./settled.ts";

const HOUR = 3_600_000;
const TENANT = "demo";

const ctx: Ctx = {
  env,
  tenant: {
    id: TENANT,
    name: "Ten Lamps",
    currency: "USD",
    locale: "en",
    theme: {},
    settings: { paymentWindowMinutes: 30, orderShards: 1 },
    state: "active" as const,
    trialEndsAt: null,
    off: new Set<string>(),
  },
  actor: { kind: "system" },
  requestId: "test",
  origin: "http://demo.localhost",
  now: () => Date.now(),
  arm: "",
  timing: new Timing(),
  waitUntil: () => undefined,
};

export const parentOf = (sku: string) => env.STOCK.getByName(`${TENANT}:${sku}`);

/** Buys as the Worker would: whichever counter decides about the buyer. */
export const reserve = (sku: string, buyer: string, key: string, quantity = 1, ttlMs = HOUR) =>
  askBuyersCounter(ctx, sku, buyer, async (stub) => await stub.reserve({ key, buyer, quantity, ttlMs }));

export const settle = (sku: string, buyer: string, kind: "confirm" | "release", seq: number) => {
  const slot = slotOf(buyer);
  return askHoldsCounter(
    ctx,
    { sku, slot },
    async (stub) => await stub.settle(kind, seq, undefined, slot),
    () => true,
  );
};

/** Asks for a number of shards and waits until the slots are where they belong. */
export async function divide(sku: string, shards: number): Promise<void> {
  await parentOf(sku).reshard(shards);
  await settledAt(sku, shards);
}

export const settledAt = (sku: string, shards: number): Promise<void> =>
  eventually(async () => expect(await parentOf(sku).shape()).toMatchObject({ shards, isSettled: true }));

/** Counts every unit of a SKU in all of its counters and on the way; fails when books do not add up. Answers the sums. */
export async function recount(sku: string) {
  const audit = await parentOf(sku).audit();
  if (!audit) throw new Error(`${sku} has no stock`);
  const { levels, put } = audit;
  expect(put, "units put in").toBe(levels.onHand + levels.sold);
  for (const { name, audit: one } of audit.counters) {
    expect([one.moved, one.held, one.confirmed, one.sold], `the books of ${name}`).toEqual([
      one.levels.onHand,
      one.levels.reserved,
      one.levels.sold,
      one.levels.sold,
    ]);
    expect(one.levels.onHand - one.levels.reserved, `units free at ${name}`).toBeGreaterThanOrEqual(0);
  }
  expect(await countersKeepTheirBooks(ctx)).toEqual([]);
  return { ...levels, available: levels.onHand - levels.reserved, counters: audit.counters.length };
}

/** Names of buyers whose slots belong to these shards of 8: `buyersOf([0, 3], 20)`. */
export async function buyersOf(sku: string, shards: readonly number[], count: number): Promise<string[]> {
  const names: string[] = [];
  const layout = await layoutOf(sku);
  for (let i = 0; names.length < count; i++)
    if (shards.includes(layout[slotOf(`buyer-${i}`)] ?? -1)) names.push(`buyer-${i}`);
  return names;
}

async function layoutOf(sku: string): Promise<readonly number[]> {
  const shape = await parentOf(sku).shape();
  return shape?.owners ?? [];
}

/** Asks again, with the same key, while objects crash: an error is an unknown outcome. */
export async function stubbornly<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resume) => setTimeout(resume, 10 + tries));
    }
  }
}
