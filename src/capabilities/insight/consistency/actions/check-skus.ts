import type { Ctx } from "../../../../platform/context.ts";
import { describe, log } from "../../../../platform/log.ts";
import { hearShards, readCounters } from "../../../selling/stock/actions/mirror.ts";
import { copies, parent } from "../copies.ts";
import { type CopyName, type Duty, judgeCopy, type Level, type Reason, type Said } from "../rules.ts";

/** Since when a copy has stood at one version while its counter was ahead; kept from check to check. */
export type Behind = Map<string, { version: number; since: number }>;

export type State = "consistent" | "lagging" | "drifted";

export interface Drift {
  sku: string;
  /** Undefined: the SKU as a whole. */
  shard: number | undefined;
  copy: CopyName;
  reason: Reason;
  seen: Said | undefined;
  expected: Level | undefined;
  foundAt: number;
  /** Undefined: the repair failed. */
  repairedAt: number | undefined;
}

/** How a SKU stands: as a whole with all copies of it, and each of its shards with what their parent heard. */
export interface Checked {
  sku: string;
  state: State;
  shards: { shard: number; state: State }[];
}

export interface Check {
  checked: Checked[];
  drifts: Drift[];
  /** SKUs that no counter and no copy knows any more. */
  gone: string[];
}

/** One copy beside what it is a copy of. */
interface Pair {
  sku: string;
  shard?: number;
  copy: CopyName;
  duty: Duty;
  seen: Said | undefined;
  expected: Level | undefined;
  repair: (expected: Level | undefined) => Promise<unknown>;
}

/** Compares every copy of these SKUs with their counters and repairs what drifted. */
export async function checkSkus(ctx: Ctx, skus: readonly string[], behind: Behind): Promise<Check> {
  // Copies first: a counter only moves on, so a copy that is ahead of it then is really ahead.
  const said = await Promise.all(copies.map(async (it) => ({ ...it, look: await it.read(ctx, skus) })));
  const counters = await readCounters(ctx, skus);
  const check: Check = { checked: [], drifts: [], gone: [] };
  const judge = async (pair: Pair) => judgePair(ctx, behind, check, pair);
  for (const sku of skus) {
    const standing = counters.get(sku);
    const states: State[] = [];
    for (const { name, duty, look } of said)
      states.push(await judge({ sku, copy: name, duty, ...look(sku), expected: standing?.whole }));
    const shards = [];
    for (const { shard, heard: seen, own: expected } of standing?.shards ?? []) {
      const pair = { sku, shard, copy: parent.name, duty: parent.duty, seen, expected };
      shards.push({ shard, state: await judge({ ...pair, repair: () => hearShards(ctx, sku) }) });
    }
    const state = worst(states);
    check.checked.push({ sku, state, shards });
    if (!standing && state === "consistent") check.gone.push(sku);
  }
  return check;
}

async function judgePair(ctx: Ctx, behind: Behind, check: Check, { repair, duty, ...pair }: Pair): Promise<State> {
  const { sku, shard, seen, expected } = pair;
  const verdict = judgeCopy(expected, seen, waitedFor(behind, pair, ctx.now()), duty);
  if (verdict.state !== "drifted") return verdict.state;
  const { reason } = verdict;
  const facts = { tenantId: ctx.tenant.id, sku, shard, copy: pair.copy, reason };
  const drift: Drift = { ...pair, shard, reason, foundAt: ctx.now(), repairedAt: undefined };
  try {
    await repair(expected);
    drift.repairedAt = ctx.now();
    log("warn", "stock_drift_repaired", facts);
  } catch (error) {
    log("error", "stock_drift_left", { ...facts, error: describe(error) });
  }
  check.drifts.push(drift);
  return "drifted";
}

const worst = (states: readonly State[]): State =>
  (["drifted", "lagging"] as const).find((it) => states.includes(it)) ?? "consistent";

/** A missing copy stands at version 0, which no counter with stock has. */
function waitedFor(
  behind: Behind,
  { sku, shard, copy, seen, expected }: Omit<Pair, "repair" | "duty">,
  now: number,
): number {
  const key = `${copy}:${sku}/${shard ?? ""}`;
  const version = seen?.version ?? 0;
  if (version >= (expected?.version ?? 0)) {
    behind.delete(key);
    return 0;
  }
  const known = behind.get(key);
  if (known?.version === version) return now - known.since;
  behind.set(key, { version, since: now });
  return 0;
}
