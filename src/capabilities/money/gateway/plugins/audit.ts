import { z } from "@hono/zod-openapi";
import { noteCall } from "../actions/note-calls.ts";
import { definePlugin } from "./plugin.ts";
import { callerOf } from "./rate-limit.ts";

const metadata = z.strictObject({
  calls: z.enum(["writes", "refused", "all"]).default("writes").describe("writes: all methods but GET."),
  keep_days: z.int().min(1).max(400).default(30),
});

/** Who called what and how it was answered; never what was sent. */
export const audit1 = definePlugin({
  name: "audit",
  version: 1,
  summary: "Keeps who called what and how it was answered, to be read at /gateway/audit",
  metadata,
  before: async () => undefined,
  after(ctx, { calls, keep_days }, { line }, { status }) {
    const isWanted = calls === "all" || (calls === "writes" ? line.method !== "get" : status >= 400);
    if (!isWanted) return;
    const call = { operation: line.id, caller: callerOf(ctx), status, requestId: ctx.requestId };
    noteCall(ctx, call, keep_days);
  },
});
