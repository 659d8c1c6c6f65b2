import type { Ctx } from "../../../../platform/context.ts";
import type { AnyLine } from "../../../../platform/contract.ts";
import { newId } from "../../../../platform/ids.ts";
import { callObject } from "../../../../platform/objects.ts";
import { rateLimitField, rateLimitFields } from "../../../../platform/rate-limit-fields.ts";
import { ok, type Refused, refused } from "../../../../platform/result.ts";
import { monthOf, secondsUntil } from "../../../../platform/time.ts";
import { costOf, opensTier, planNamed, type SoldPlan, smallestFor } from "../rules/price-list.ts";
import { type Charge, type Grant, type Policy, type Verdict, wishFor } from "../rules.ts";
import { takeShared } from "./take-calls.ts";

/** The caller of a metered call: an API key on a sold plan. */
export interface Client {
  keyId: string;
  plan: SoldPlan;
  spendCapMicros: number | null;
}

/** Calls that this isolate may still let through without asking; they were counted when they were given. */
interface Bundle {
  calls: number;
  until: number;
  leftInSecond: number;
  leftInMonth: number;
  /** Header fields at the end of the bundle: the policy is the same for each of its calls, and so are the seconds of the month. */
  fields: Record<string, string>;
  monthResets: number;
}

export interface Admission {
  result: { ok: true; value: true } | Refused<Refusal>;
  headers: Record<string, string>;
  /** Calls that the month still allows after this one. */
  leftInMonth: number;
  /** Of the price that was held before the call: the name of the usage event that settles it. */
  chargeId?: string;
}

type Refusal = "plan_too_small" | Exclude<Verdict, "granted">;

const POOLS_MAX = 10_000;
const bundles = new Map<string, Bundle>();

/** Who pays for this call; undefined when it is free: visitors, the shop's own keys, test keys. */
export function payerOf({ actor }: Ctx): Client | undefined {
  if (actor.kind !== "staff" || actor.isTest || !actor.sold) return undefined;
  const plan = planNamed(actor.sold.plan);
  return plan && { keyId: actor.keyId, plan, spendCapMicros: actor.sold.spendCapMicros };
}

/** What a good call of so many bytes costs, in millionths of the shop's currency unit. */
export const costOfCall = ({ plan }: Client, bytes: number): number => costOf(plan, bytes);

export const usageMeter = (env: Env, tenantId: string) => env.USAGE.getByName(tenantId);

/**
 * Whether one more call may be made, by the contract line's own rate, tier and quota scope. Calls are allowed in bundles, so most
 * ask nobody; the shop's usage meter never gives more than the limit, wherever the calls arrive.
 */
export async function admitCall(ctx: Ctx, client: Client, line: AnyLine): Promise<Admission> {
  const { plan } = client;
  if (!opensTier(plan, line.billing.tier)) {
    const needed = smallestFor(line.billing.tier);
    const detail = `The plan ${plan.name} does not open ${line.billing.tier} calls; ${needed} does.`;
    return {
      result: refused("plan_too_small", detail, { facts: { plan: plan.name, needed } }),
      headers: {},
      leftInMonth: 0,
    };
  }
  const policy = policyOf(client, line);
  if (line.billing.hook === "pre-charge") return chargeFirst(ctx, policy, plan.name);
  const name = `${ctx.tenant.id} ${policy.pool}`;
  return takeFrom(name) ?? askMeter(ctx, policy, name, plan.name);
}

/** One call of what was given here; undefined where nothing is left of it. */
function takeFrom(name: string): Admission | undefined {
  const bundle = bundles.get(name);
  if (!bundle || bundle.calls < 1 || bundle.until <= Date.now()) return undefined;
  bundle.calls--;
  return admitted(bundle);
}

/** Before the call: its price is held, or it is refused. Exact, since each call asks. */
async function chargeFirst(ctx: Ctx, policy: Policy, planName: string): Promise<Admission> {
  const charge = { id: newId("use"), micros: policy.microsPerCall };
  const grant = await ctx.timing.measure("charge", ask(ctx, policy, 1, charge));
  const { verdict } = grant;
  if (verdict !== "granted") return refusedBy(ctx, policy, { ...grant, verdict }, planName);
  return { ...admitted(bundleOf(policy, grant, 0)), chargeId: charge.id };
}

async function askMeter(ctx: Ctx, policy: Policy, name: string, planName: string): Promise<Admission> {
  const grant = await ctx.timing.measure("quota", ask(ctx, policy, wishFor(policy.callsPerSecond)));
  const { verdict } = grant;
  // Of many that ask at once the first may have been given all that there was: enough for the others too.
  if (verdict !== "granted") return takeFrom(name) ?? refusedBy(ctx, policy, { ...grant, verdict }, planName);
  const old = bundles.get(name);
  const kept = old && old.until > Date.now() ? old.calls : 0;
  const bundle = bundleOf(policy, grant, kept + grant.granted - 1);
  if (bundles.size >= POOLS_MAX) bundles.clear();
  bundles.set(name, bundle);
  return admitted(bundle);
}

function bundleOf(policy: Policy, { forMs, leftInSecond, leftInMonth }: Grant, calls: number): Bundle {
  const now = Date.now();
  const fields = limitFields(policy, leftInSecond, leftInMonth);
  const monthResets = secondsUntil(monthOf(now).until, now);
  return { calls, until: now + forMs, leftInSecond, leftInMonth, fields, monthResets };
}

function refusedBy(
  ctx: Ctx,
  policy: Policy,
  grant: Grant & { verdict: Exclude<Verdict, "granted"> },
  planName: string,
): Admission {
  const { verdict, leftInSecond, leftInMonth } = grant;
  const headers = limitFields(policy, leftInSecond, leftInMonth);
  switch (verdict) {
    case "rate_limited": {
      const detail = `The plan ${planName} allows ${policy.callsPerSecond} such calls a second.`;
      const facts = { plan: planName, violated_policies: ["second"] };
      return {
        result: refused("rate_limited", detail, { retryAfterSeconds: 1, facts }),
        headers,
        leftInMonth,
      };
    }
    default: {
      const resets = monthOf(ctx.now()).until;
      const detail =
        verdict === "quota_exhausted"
          ? `The plan ${planName} allows ${policy.callsPerMonth} calls a month.`
          : "The key has cost what its spend cap allows this month.";
      const facts = {
        plan: planName,
        violated_policies: [verdict === "quota_exhausted" ? "month" : "spend"],
        resets_at: new Date(resets).toISOString(),
      };
      const retryAfterSeconds = secondsUntil(resets, ctx.now());
      return { result: refused(verdict, detail, { retryAfterSeconds, facts }), headers, leftInMonth };
    }
  }
}

/** The second's calls are taken from Redis where it is configured, then the month's from the meter; else both in one call. */
async function ask(ctx: Ctx, policy: Policy, wish: number, charge?: Charge): Promise<Grant> {
  const { pool, callsPerSecond } = policy;
  const taken = await takeShared(ctx, { pool, limit: callsPerSecond, seconds: 1 }, wish);
  const grant = (asked: Policy, want: number) =>
    callObject(
      () => usageMeter(ctx.env, ctx.tenant.id),
      async (meter) => (charge ? await meter.charge(asked, charge) : await meter.grant(asked, want)),
    );
  if (!taken) return grant(policy, wish);
  const { granted, left: leftInSecond, forMs } = taken;
  if (granted === 0) return { verdict: "rate_limited", granted, forMs, leftInSecond, leftInMonth: 0 };
  const given = await grant({ ...policy, callsPerSecond: Number.POSITIVE_INFINITY }, granted);
  return { ...given, forMs, leftInSecond };
}

function policyOf({ keyId, plan, spendCapMicros }: Client, { billing }: AnyLine): Policy {
  const holder = billing.quotaScope === "per-tenant" ? "shop" : keyId;
  return {
    pool: `${holder} ${billing.meter}`,
    client: keyId,
    callsPerSecond: billing.rateLimit * plan.rateFactor,
    callsPerMonth: plan.callsPerMonth,
    microsPerCall: plan.microsPerCall,
    spendCapMicros,
  };
}

function admitted({ calls, leftInSecond, leftInMonth, fields, monthResets }: Bundle): Admission {
  const left = leftInMonth + calls;
  const ratelimit = rateLimitField([
    { name: "second", left: leftInSecond + calls, resets: 1 },
    { name: "month", left, resets: monthResets },
  ]);
  return { result: ok(true), headers: { ...fields, ratelimit }, leftInMonth: left };
}

function limitFields(policy: Policy, inSecond: number, inMonth: number): Record<string, string> {
  const now = Date.now();
  const { from, until } = monthOf(now);
  return rateLimitFields([
    { name: "second", limit: policy.callsPerSecond, seconds: 1, left: inSecond, resets: 1 },
    {
      name: "month",
      limit: policy.callsPerMonth,
      seconds: (until - from) / 1000,
      left: inMonth,
      resets: secondsUntil(until, now),
    },
  ]);
}
