import type { BusinessMeter, EventHandler } from "../../../../platform/capability.ts";
import { callObject } from "../../../../platform/objects.ts";
import { priceOfUnit } from "../rules/price-list.ts";
import { BUSINESS, SHOP, type UsageEvent } from "../rules.ts";
import { usageMeter } from "./admit-call.ts";

/** Units beyond calls, with a name of their own: told twice, they count once. */
export interface Units {
  /** What happened, for example an event's id. */
  id: string;
  at: number;
  meter: string;
  /** Where they come from: an event's type or an operation's id. */
  source: string;
  units: number;
  /** The key that pays; the shop itself where it is left out. */
  client?: string;
  arm?: string;
}

/** Books units durably before it answers, so whoever counts them may try again until it does. */
export async function bookUnits(env: Env, tenantId: string, given: Units): Promise<void> {
  if (given.units < 1) return;
  await callObject(
    () => usageMeter(env, tenantId),
    async (stub) => await stub.report([unitsEvent(given)]),
  );
}

/** Units as the books have them: of the plan `business`, and no call. */
export const unitsEvent = ({ id, at, meter, source, units, client = SHOP, arm = "control" }: Units): UsageEvent => ({
  ...{ id: `${meter} ${id}`, at, client, plan: BUSINESS, meter, route: source, arm },
  ...{ status: 200, bytes: 0, late: false, units, micros: units * priceOfUnit(meter) },
});

/** Counts the units of one type of event, each event once by its id: queues may bring it twice. */
export const countUnits =
  ({ meter, event: source, unitsOf = () => 1 }: BusinessMeter): EventHandler =>
  (ctx, { id, at, arm, payload }) =>
    bookUnits(ctx.env, ctx.tenant.id, { id, at, meter, source, arm, units: unitsOf(payload) });
