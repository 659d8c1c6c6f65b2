import { z } from "@hono/zod-openapi";
import { capabilities } from "../capabilities/index.ts";
import { offNow, switchCapabilities } from "../capabilities/money/tenants/actions/switch-capabilities.ts";
import type { Capability } from "../platform/capability.ts";
import type { Ctx } from "../platform/context.ts";
import { operation, type Served, serve } from "../platform/contract.ts";
import { ok, type Result } from "../platform/result.ts";
import { decideSwitch, isEssential, needersOf, type SwitchRefusal, type SwitchWish } from "./decide-switch.ts";

const billing = { meter: "platform", rateLimit: 50, quotaScope: "per-tenant", tier: "basic" } as const;

const plan = z.object({
  name: z.string(),
  calls_per_second: z.number(),
  calls_per_month: z.int().nullable(),
  /** Millionths of the invoice's currency for one unit. */
  micros_per_unit: z.number(),
  availability: z.string(),
});

const capability = z
  .object({
    name: z.string(),
    enabled: z.boolean(),
    /** No shop can do without it: it cannot be switched off. */
    essential: z.boolean(),
    needs: z.array(z.string()),
    /** What goes with it when it is switched off. */
    needed_by: z.array(z.string()),
    /** Null for what is not sold by itself. */
    sells: z.object({ unit: z.string(), plans: z.array(plan) }).nullable(),
  })
  .openapi("Capability");

const list = operation({
  id: "listCapabilities",
  method: "get",
  path: "/capabilities",
  summary: "Everything the platform can do, what of it is on in this shop, and what it costs",
  who: "visitor",
  answer: { status: 200, shape: z.object({ data: z.array(capability) }) },
  refusals: {},
  billing,
});

const change = operation({
  id: "switchCapability",
  method: "put",
  path: "/capabilities/{name}",
  summary: "Switch a capability of the shop on or off; live everywhere within seconds",
  description:
    "Calls of a capability that is off answer 403 capability_off, and the shop's pages leave it out. What it promised before goes " +
    "on: events, schedules, expiry of holds, payment notifications. With `together`, what hangs on it is switched along.",
  who: "staff",
  scope: "tenants:write",
  params: z.object({ name: z.string().max(64) }),
  body: z.strictObject({ enabled: z.boolean(), together: z.boolean().default(false) }),
  example: { enabled: false },
  answer: {
    status: 200,
    /** Everything that changed, the named one first; empty when it was so already. */
    shape: z.object({ changed: z.array(z.string()), capability }),
  },
  refusals: { unknown_capability: 404, capability_essential: 409, capability_needed: 409, needs_off: 409 },
  billing,
});

type OnWire = z.infer<typeof capability>;

async function switchOne(
  ctx: Ctx,
  wish: SwitchWish,
): Promise<Result<{ changed: string[]; capability: OnWire }, SwitchRefusal>> {
  const off = await offNow(ctx);
  const decided = decideSwitch(capabilities, off, wish);
  if (!decided.ok) return decided;
  const changed = decided.value;
  if (changed.length > 0) await switchCapabilities(ctx, changed, wish.enabled);
  const now = wish.enabled ? off.difference(new Set(changed)) : off.union(new Set(changed));
  const [named] = onWire(now).filter((it) => it.name === wish.name);
  if (!named) throw new Error(`${wish.name} was decided on and is not listed`);
  return ok({ changed, capability: named });
}

const onWire = (off: ReadonlySet<string>): OnWire[] =>
  capabilities.map(({ name, needs, sells }) => ({
    name,
    enabled: !off.has(name),
    essential: isEssential(capabilities, name),
    needs: [...needs],
    needed_by: needersOf(capabilities, name),
    sells: sells === "internal" ? null : { unit: sells.unit, plans: sells.plans.map(planOnWire) },
  }));

const planOnWire = (it: Exclude<Capability["sells"], "internal">["plans"][number]): z.infer<typeof plan> => ({
  name: it.name,
  calls_per_second: it.callsPerSecond,
  calls_per_month: it.callsPerMonth ?? null,
  micros_per_unit: it.microsPerUnit,
  availability: it.availability,
});

/** What a shop can do and what of it is on: about all capabilities, so the edge answers it. */
export const switchOperations: readonly Served[] = [
  serve(list, async (ctx) => ok({ data: onWire(ctx.tenant.off) })),
  serve(change, switchOne),
];
