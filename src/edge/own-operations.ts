import { z } from "@hono/zod-openapi";
import { operation, type Served, serve } from "../platform/contract.ts";
import { ok } from "../platform/result.ts";
import { checkInvariants } from "./check-invariants.ts";
import { switchOperations } from "./switch-capabilities.ts";

const billing = { meter: "platform", rateLimit: 100, quotaScope: "per-tenant", tier: "basic" } as const;

const health = operation({
  id: "health",
  method: "get",
  path: "/health",
  summary: "Whether the platform answers for this shop",
  who: "visitor",
  keepsPromise: true,
  answer: { status: 200, shape: z.object({ status: z.literal("ok"), shop: z.string(), version: z.string() }) },
  refusals: {},
  // Callers watch by it, and the benchmark of what metering adds asks for it as often as it can.
  billing: { ...billing, rateLimit: 1_000 },
});

const invariants = operation({
  id: "checkInvariants",
  method: "get",
  path: "/invariants",
  summary: "Check every invariant over the shop's stored state",
  who: "staff",
  scope: "invariants:read",
  answer: {
    status: 200,
    shape: z.object({
      holds: z.boolean(),
      data: z.array(z.object({ name: z.string(), capability: z.string(), violations: z.array(z.string()) })),
    }),
  },
  refusals: {},
  billing,
});

/** The operations that the edge itself answers: they are about the platform, not about one capability. */
export const ownOperations: readonly Served[] = [
  serve(health, async (ctx) => ok({ status: "ok", shop: ctx.tenant.id, version: ctx.env.VERSION?.id ?? "local" })),
  serve(invariants, async (ctx) => {
    const data = await checkInvariants(ctx);
    return ok({ holds: data.every((it) => it.violations.length === 0), data });
  }),
  ...switchOperations,
];
