import { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../platform/context.ts";
import { callObject } from "../../../platform/objects.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { monthOf } from "../../../platform/time.ts";
import { payerOf, usageMeter } from "./actions/admit-call.ts";
import type * as contract from "./contract.ts";
import { priceList, unitPrices } from "./rules/price-list.ts";
import type { UsageHour } from "./rules.ts";

type OnWire = z.infer<typeof contract.usageHour>;
type Question = { from?: string; until?: string; client?: string; limit: number; cursor?: string };
type Page = { currency: string; data: OnWire[]; next_cursor: string | null };

const hourPlace = z.tuple([z.int(), z.string(), z.string(), z.string(), z.string(), z.string()]);

/** The running month where no time is asked for. */
export async function readUsage(
  ctx: Ctx,
  { limit, cursor, ...asked }: Question,
): Promise<Result<Page, "invalid_request" | "forbidden">> {
  const own = payerOf(ctx)?.keyId;
  if (own !== undefined && asked.client !== undefined && asked.client !== own)
    return refused("forbidden", "This key sees its own use only.");
  const month = monthOf(ctx.now());
  const from = asked.from === undefined ? month.from : Date.parse(asked.from);
  const until = asked.until === undefined ? Math.max(from, month.until) : Date.parse(asked.until);
  if (until < from)
    return refused("invalid_request", "until: It lies before from.", {
      errors: [{ field: "until", code: "before_from", detail: "It lies before from." }],
    });
  const client = own ?? asked.client;
  const list = `${ctx.tenant.id} usage ${from} ${until} ${client ?? ""}`;
  const after = cursor === undefined ? undefined : readCursor(list, hourPlace, cursor);
  if (cursor !== undefined && !after) return foreignCursor;
  const rows = await callObject(
    () => usageMeter(ctx.env, ctx.tenant.id),
    async (meter) => await meter.hours({ from, until, client, limit: limit + 1, after }),
  );
  const data = rows.slice(0, limit);
  const last = rows.length > limit ? data.at(-1) : undefined;
  return ok({
    currency: ctx.tenant.currency,
    data: data.map(onWire),
    next_cursor: last ? writeCursor(list, placeOf(last)) : null,
  });
}

const placeOf = ({ hour, client, plan, meter, route, statusClass }: UsageHour) =>
  [hour, client, plan, meter, route, statusClass] as const;

const onWire = (it: UsageHour): OnWire => ({
  hour: new Date(it.hour).toISOString(),
  client: it.client,
  plan: it.plan,
  meter: it.meter,
  operation: it.route,
  status_class: it.statusClass,
  calls: it.calls,
  units: it.units,
  bytes: it.bytes,
  late_calls: it.lateCalls,
  cost_micros: it.micros,
});

type Prices = z.infer<NonNullable<typeof contract.readPriceList.answer.shape>>;

export const readPriceList = async (ctx: Ctx): Promise<Result<Prices>> =>
  ok({ currency: ctx.tenant.currency, ...prices() });

/** What keys' plans allow and cost, and units beyond calls: the same in every shop. */
export function prices(): Omit<Prices, "currency"> {
  const plans = priceList.map((it) => ({
    name: it.name,
    rate_factor: it.rateFactor,
    calls_per_month: it.callsPerMonth,
    micros_per_call: it.microsPerCall,
    micros_per_kilobyte: it.microsPerKilobyte,
    late_after_ms: it.lateAfterMs,
    tier: it.tier,
  }));
  const business_meters = unitPrices.map(({ meter, unit, microsPerUnit }) => ({
    meter,
    unit,
    micros_per_unit: microsPerUnit,
  }));
  return { plans, business_meters };
}
