import { capabilities } from "../capabilities/index.ts";
import { standing } from "../capabilities/money/tenants/actions/run-life.ts";
import type { Plans } from "../platform/capability.ts";
import type { Ctx } from "../platform/context.ts";
import type { AnyLine } from "../platform/contract.ts";
import { type Refused, refused } from "../platform/result.ts";

/** Where a shop can get each capability and for how much, by its name. */
const sold = new Map(capabilities.map(({ name, sells }) => [name, sells]));

/**
 * Refuses a call while the shop is suspended or closed or has the capability switched off; undefined for an open shop, which costs
 * two comparisons. What keeps a promise made before (a payment's notification, a held unit) goes on.
 */
export function refuseShut(ctx: Ctx, line: AnyLine, capability: string): Refused | undefined {
  if (line.keepsPromise || line.who === "operator") return undefined;
  return refuseShutShop(ctx) ?? refuseOff(ctx, capability);
}

/** Refuses a call to a shop that is suspended, past its trial, or closed. */
export function refuseShutShop(ctx: Ctx): Refused<"shop_suspended" | "shop_closed"> | undefined {
  const { state, trialEndsAt } = ctx.tenant;
  if (state === "active") return undefined;
  const now = standing(ctx);
  if (now === "open") return undefined;
  if (now === "closed") return refused("shop_closed", "This shop is closed.", { facts: { state } });
  return state === "trial" && trialEndsAt !== null
    ? refused("shop_suspended", "This shop's trial is over. The platform's operator activates it.", {
        facts: { state, trial_ended_at: new Date(trialEndsAt).toISOString() },
      })
    : refused("shop_suspended", "This shop is suspended. The platform's operator can activate it again.", {
        facts: { state },
      });
}

/** Refuses what the shop has switched off, and says how to get it. */
export function refuseOff({ tenant }: Ctx, capability: string): Refused<"capability_off"> | undefined {
  if (!tenant.off.has(capability)) return undefined;
  const how = `PUT /api/v1/capabilities/${capability}`;
  const detail = `This shop has ${capability} switched off. A key with the scope tenants:write switches it on: ${how}`;
  return refused("capability_off", `${detail} {"enabled": true}. ${priceOf(sold.get(capability))}`, {
    facts: { capability, switch_on: how, plans: `/docs/capabilities#${capability}` },
  });
}

/** `From 0.0001 a search.`, from the cheapest plan. */
function priceOf(sells: Plans | "internal" | undefined): string {
  if (sells === undefined || sells === "internal") return "It costs nothing extra.";
  const least = Math.min(...sells.plans.map((it) => it.microsPerUnit));
  return `It costs from ${least / 1_000_000} for each ${sells.unit}.`;
}
