import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { newId } from "../../../../platform/ids.ts";
import { describe, log } from "../../../../platform/log.ts";
import { asAmount } from "../../../../platform/money.ts";
import { callObject } from "../../../../platform/objects.ts";
import { type CallGroup, hourOf, type UsageEvent } from "../rules.ts";
import { usageMeter } from "./admit-call.ts";
import { type Units, unitsEvent } from "./count-units.ts";

/** Calls are told to the meter this long after the first of them at the latest, or when so many wait. */
const TELL_AFTER_MS = 200;
const TELL_AT = 2_000;
/** Calls that may wait while the meter cannot be reached; then the oldest are given up, in the caller's favour. */
const WAITING_MAX = 20_000;

/** What is told at once. What may have been told already is told again as it was: each name in it counts once. */
interface Batch {
  calls: number;
  /** With names of their own: calls whose price was held before, by the name of the hold, and units beyond calls. */
  named: UsageEvent[];
  groups: Map<string, CallGroup>;
}

/** What this isolate has not told yet, by shop. It holds values only: each request tells with its own call. */
const open = new Map<string, Batch>();
const untold = new Map<string, Batch[]>();

/** Shops whose calls some request has promised to tell. */
const promised = new Set<string>();

/** A call that was served just now; with the `id` of the charge that was held for it. */
export type Call = Omit<UsageEvent, "id" | "at" | "arm"> & { id?: string };

/** Books a call without keeping its answer waiting. */
export function recordCall(ctx: Ctx, call: Call): void {
  const batch = openBatch(ctx.tenant.id);
  const at = ctx.now();
  if (call.id) batch.named.push({ ...call, id: call.id, at, arm: ctx.arm });
  else groupOf(batch, call, { at, arm: ctx.arm }).calls.push([at, call.bytes, call.micros]);
  tellSoon(ctx, batch);
}

/**
 * Books one unit beyond calls with whatever is told next, so that a hot action waits for nothing. The same `id` counts once: note it
 * for a repeated request as well, since a killed isolate forgets what it has not told.
 */
export function noteUnit(ctx: Ctx, unit: Pick<Units, "id" | "meter" | "source">): void {
  const batch = openBatch(ctx.tenant.id);
  batch.named.push(unitsEvent({ ...unit, units: 1, at: ctx.now(), arm: ctx.arm }));
  tellSoon(ctx, batch);
}

function tellSoon(ctx: Ctx, batch: Batch): void {
  const tenantId = ctx.tenant.id;
  if (++batch.calls === TELL_AT) ctx.waitUntil(tell(ctx));
  if (promised.has(tenantId)) return;
  promised.add(tenantId);
  ctx.waitUntil(new Promise((resume) => setTimeout(resume, TELL_AFTER_MS)).then(() => tell(ctx)));
}

function openBatch(tenantId: string): Batch {
  const known = open.get(tenantId);
  if (known) return known;
  const batch = { calls: 0, named: [], groups: new Map() };
  open.set(tenantId, batch);
  return batch;
}

/** A name for each group and not for each call: making one costs more than all else that is booked here. */
function groupOf({ groups }: Batch, call: Call, { at, arm }: { at: number; arm: string }): CallGroup {
  const { client, plan, meter, route, status, units, late } = call;
  const kind = `${client} ${plan} ${route} ${status} ${late} ${arm} ${hourOf(at)}`;
  const known = groups.get(kind);
  if (known) return known;
  const group = { id: newId("use"), client, plan, meter, route, status, units, late, arm, calls: [] };
  groups.set(kind, group);
  return group;
}

/** A meter that was not reached is told with the next call. */
async function tell(ctx: Ctx): Promise<void> {
  const { env, tenant } = ctx;
  promised.delete(tenant.id);
  const batches = takeBatches(tenant.id);
  if (batches.length === 0) return;
  try {
    const notices = await callObject(
      () => usageMeter(env, tenant.id),
      async (meter) =>
        await meter.report(
          batches.flatMap((it) => it.named),
          batches.flatMap((it) => [...it.groups.values()]),
        ),
    );
    for (const notice of notices) {
      const { client, month, level, capMicros, spentMicros } = notice;
      const payload = { key_id: client, month, level, cap_micros: capMicros, spent_micros: spentMicros };
      await commit(ctx, [], [{ type: "usage.cap_reached", payload }]);
      await usageMeter(env, tenant.id).told(notice);
    }
  } catch (error) {
    const calls = batches.reduce((sum, it) => sum + it.calls, 0);
    log("warn", "usage_delayed", { tenantId: tenant.id, events: calls, error: describe(error) });
    untold.set(tenant.id, youngest([...batches, ...(untold.get(tenant.id) ?? [])]));
  }
}

/** All that waits, taken away. */
function takeBatches(tenantId: string): Batch[] {
  const now = open.get(tenantId);
  const batches = [...(untold.get(tenantId) ?? []), ...(now ? [now] : [])];
  open.delete(tenantId);
  untold.delete(tenantId);
  return batches;
}

/** The youngest batches that together are not too many calls. */
function youngest(batches: readonly Batch[]): Batch[] {
  const kept: Batch[] = [];
  let calls = 0;
  for (const batch of batches.toReversed()) {
    calls += batch.calls;
    if (calls > WAITING_MAX) break;
    kept.unshift(batch);
  }
  return kept;
}

/** What a call's answer says about its price: an amount of the shop's currency, and the calls that the month still allows. */
export const writeReceipt = (
  { tenant }: Ctx,
  { meter, units, micros, remaining }: { meter: string; units: number; micros: number; remaining: number },
): string =>
  `meter=${meter}, units=${units}, cost=${asAmount(micros)}, currency=${tenant.currency}, remaining=${remaining}`;
