import { z } from "@hono/zod-openapi";
import { operation } from "../../../../platform/contract.ts";

const billing = { meter: "staff", rateLimit: 10, quotaScope: "per-tenant", tier: "basic" } as const;
const locale = z.enum(["en", "zh-CN"]).optional();

export const askStaffReset = operation({
  id: "askStaffPasswordReset",
  method: "post",
  path: "/staff/password-resets",
  summary: "Have a link to a new password sent to a member's e-mail address",
  description:
    "The answer and its time are the same whether the address is a member's or not. The link opens once, within 30 minutes.",
  who: "visitor",
  billing,
  body: z.strictObject({ email: z.email().max(254), locale }),
  example: { email: "sam@example.com" },
  answer: { status: 202, shape: z.object({ accepted: z.literal(true) }) },
  refusals: { too_many_attempts: 429 },
});

export const resetStaffPassword = operation({
  id: "resetStaffPassword",
  method: "post",
  path: "/staff/password-resets/redemption",
  summary: "Set a member's new password with the token of a mail; every session ends, the second factor stays",
  who: "visitor",
  billing,
  body: z.strictObject({ token: z.string().max(64), password: z.string().min(1).max(1_000), locale }),
  example: { token: "...", password: "a long sentence of one's own" },
  answer: { status: 200, shape: z.object({ email: z.string(), device_token: z.string() }) },
  refusals: { unknown_token: 404, weak_password: 422, too_many_attempts: 429 },
});
