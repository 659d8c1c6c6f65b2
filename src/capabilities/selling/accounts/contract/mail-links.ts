import { z } from "@hono/zod-openapi";
import { operation } from "../../../../platform/contract.ts";
import { email, mailLocale, password, shopper } from "../contract.ts";

const visitor = { ...shopper, who: "visitor" } as const;
const token = z.string().max(64);
const accepted = { status: 202, shape: z.object({ accepted: z.literal(true) }) } as const;

export const askPasswordReset = operation({
  ...visitor,
  id: "askPasswordReset",
  method: "post",
  path: "/accounts/password-resets",
  summary: "Have a link to a new password sent to an account's e-mail address",
  description:
    "The answer and its time are the same whether the address has an account or not. Five times an hour for one address, twenty from " +
    "one caller. The link opens once, within 30 minutes.",
  body: z.strictObject({ email, locale: mailLocale }),
  example: { email: "ann@example.com", locale: "zh-CN" },
  answer: accepted,
  refusals: { too_many_attempts: 429 },
});

export const resetPassword = operation({
  ...visitor,
  id: "resetPassword",
  method: "post",
  path: "/accounts/password-resets/redemption",
  summary: "Set a new password with the token of a mail; every session ends, and a mail tells the owner",
  description:
    "A passkey that was added before anybody proved the address is taken away. The answer's `device_token` makes the next sign-in " +
    "count apart from wrong passwords before.",
  body: z.strictObject({ token, password, locale: mailLocale }),
  example: { token: "...", password: "another long sentence" },
  answer: { status: 200, shape: z.object({ email: z.string(), device_token: z.string() }) },
  refusals: { unknown_token: 404, weak_password: 422, too_many_attempts: 429 },
});
