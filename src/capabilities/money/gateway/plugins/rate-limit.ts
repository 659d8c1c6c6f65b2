import { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../../platform/context.ts";
import { addressKey } from "../../../../platform/identity/address-key.ts";
import { refused } from "../../../../platform/result.ts";
import { takeCalls } from "../../usage/actions/take-calls.ts";
import { definePlugin } from "./plugin.ts";

const LIMIT_MAX = 1_000_000;
const OPERATIONS_MAX = 100;

const metadata = z.strictObject({
  limit: z.int().min(1).max(LIMIT_MAX).describe("Calls in a window."),
  seconds: z.union([z.literal(1), z.literal(10), z.literal(60), z.literal(3_600)]).describe("The window's length."),
  by: z.enum(["caller", "shop"]).default("caller").describe("caller: each key, token or address by itself."),
  operations: z
    .array(z.string().max(64))
    .max(OPERATIONS_MAX)
    .default([])
    .describe("Their ids, counted together; none: all."),
});

/** Limits of the shop's own beside those of plans: exact, wherever calls arrive. The plug-ins' own operations stay open. */
export const rateLimit1 = definePlugin({
  name: "rate-limit",
  version: 1,
  summary: "So many calls in a window, by caller or for the whole shop",
  metadata,
  async before(ctx, { limit, seconds, by, operations }, { line }) {
    const isCounted = operations.length === 0 || operations.includes(line.id);
    if (!isCounted || line.billing.meter === "gateway" || ctx.actor.kind === "operator") return undefined;
    const pool = `plug-in ${by === "shop" ? "shop" : callerOf({ actor: ctx.actor, address: addressKey(ctx.address) })}`;
    const { granted, forMs } = await ctx.timing.measure("rate-limit", takeCalls(ctx, { pool, limit, seconds }));
    if (granted > 0) return undefined;
    return refused("rate_limited", `The shop allows ${limit} such calls in ${seconds} s.`, {
      retryAfterSeconds: Math.max(1, Math.ceil(forMs / 1_000)),
      facts: { violated_policies: ["plug-in"] },
    });
  },
});

/** By key or token where there is one, else by address. Before jwt-auth a token is not known yet: then its address counts. */
export function callerOf({ actor, address }: Pick<Ctx, "actor" | "address">): string {
  if (actor.kind === "staff") return actor.keyId;
  if (actor.kind === "licence") return actor.licenceId;
  return actor.kind === "visitor" ? (address ?? "visitor") : actor.kind;
}
