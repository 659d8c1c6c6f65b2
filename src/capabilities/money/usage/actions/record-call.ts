import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { newId } from "../../../../platform/ids.ts";
import { describe, log } from "../../../../platform/log.ts";
import { asAmount } from "../../../../platform/money.ts";
import { callObject } from "../../../../platform/objects.ts";
import type { UsageEvent } from "../rules.ts";
import { usageMeter } from "./admit-call.ts";

/** Events are told to the meter this long after the first of them at the latest, or when so many wait. */
const TELL_AFTER_MS = 200;
const TELL_AT = 500;
/** Events that may wait while the meter cannot be reached; then the oldest are given up, in the caller's favour. */
const WAITING_MAX = 20_000;

/** What this isolate has not told yet, by shop. It holds values only: each request tells with its own call. */
const waiting = new Map<string, UsageEvent[]>();

/** Shops whose events some request has promised to tell. */
const promised = new Set<string>();

/** A call that was served just now; with the `id` of the charge that was held for it. */
export type Call = Omit<UsageEvent, "id" | "at" | "arm"> & { id?: string };

/** Books a call without keeping its answer waiting. */
export function recordCall(ctx: Ctx, call: Call): void {
  const event = { ...call, id: call.id ?? newId("use"), at: ctx.now(), arm: ctx.arm };
  const tenantId = ctx.tenant.id;
  const events = waiting.get(tenantId) ?? [];
  events.push(event);
  waiting.set(tenantId, events);
  if (events.length === TELL_AT) ctx.waitUntil(tell(ctx));
  if (promised.has(tenantId)) return;
  promised.add(tenantId);
  ctx.waitUntil(new Promise((resume) => setTimeout(resume, TELL_AFTER_MS)).then(() => tell(ctx)));
}

/** A meter that was not reached is told with the next call: each event has a name of its own, so telling twice counts once. */
async function tell(ctx: Ctx): Promise<void> {
  const { env, tenant } = ctx;
  promised.delete(tenant.id);
  const events = waiting.get(tenant.id);
  if (!events) return;
  waiting.delete(tenant.id);
  try {
    const notices = await callObject(
      () => usageMeter(env, tenant.id),
      async (meter) => await meter.report(events),
    );
    for (const notice of notices) {
      const { client, month, level, capMicros, spentMicros } = notice;
      const payload = { key_id: client, month, level, cap_micros: capMicros, spent_micros: spentMicros };
      await commit(ctx, [], [{ type: "usage.cap_reached", payload }]);
      await usageMeter(env, tenant.id).told(notice);
    }
  } catch (error) {
    log("warn", "usage_delayed", { tenantId: tenant.id, events: events.length, error: describe(error) });
    waiting.set(tenant.id, [...events, ...(waiting.get(tenant.id) ?? [])].slice(-WAITING_MAX));
  }
}

/** What a call's answer says about its price: an amount of the shop's currency, and the calls that the month still allows. */
export const writeReceipt = (
  { tenant }: Ctx,
  { meter, units, micros, remaining }: { meter: string; units: number; micros: number; remaining: number },
): string =>
  `meter=${meter}, units=${units}, cost=${asAmount(micros)}, currency=${tenant.currency}, remaining=${remaining}`;
