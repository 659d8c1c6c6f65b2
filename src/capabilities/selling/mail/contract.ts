import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";

const PAGE_MAX = 100;
const billing = { meter: "mail", rateLimit: 20, quotaScope: "per-tenant", tier: "basic" } as const;
const reading = { who: "staff", scope: "mail:read", billing } as const;

/** Stands where the rest of a link was, for readers who may not follow it. */
export const HIDDEN = "[hidden]";

/** What a mail says, before it is text and HTML. Paragraphs are plain text of one line each. */
export interface Letter {
  locale: "en" | "zh-CN";
  subject: string;
  paragraphs: readonly string[];
  /** Shown as a button, and as an address below it. */
  link?: { words: string; href: string };
  /** What stands below the link, smaller. */
  notes?: readonly string[];
}

/** `unsent`: the platform has no mail provider, so nobody will get it. */
export const mailStates = ["waiting", "sent", "failed", "unsent"] as const;

export const mail = z
  .object({
    id: z.string(),
    kind: z.string().describe("What it is about: `order_confirmation`, `password_reset` and so on."),
    to: z.string(),
    subject: z.string(),
    state: z.enum(mailStates),
    attempts: z.int(),
    created_at: z.string(),
    sent_at: z.string().nullable(),
    failure: z.string().nullable().describe("Why the last attempt failed."),
  })
  .openapi("Mail");

export type Mail = z.infer<typeof mail>;

export const mailWithText = z
  .object({
    mail,
    text: z
      .string()
      .nullable()
      .describe(
        "Where mail goes to the console, and of an unsent confirmation of an account, which takes its password too. Elsewhere null. Who may not write `staff` reads nothing that was written to a member, and other mails without what makes their links open something: `[hidden]` stands in its place.",
      ),
  })
  .openapi("MailWithText");

export const listMails = operation({
  ...reading,
  id: "listMails",
  method: "get",
  path: "/mails",
  summary: "Mails that the shop wrote to its shoppers and staff, newest first; kept for 14 days",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(25),
    cursor: z.string().max(300).optional(),
    state: z.enum(mailStates).optional(),
  }),
  answer: { status: 200, shape: z.object({ data: z.array(mail), next_cursor: z.string().nullable() }) },
  refusals: { invalid_request: 422 },
});

export const readMail = operation({
  ...reading,
  id: "readMail",
  method: "get",
  path: "/mails/{id}",
  summary: "A mail; with its text where the platform writes mail to the console instead of sending it",
  params: z.object({ id: z.string().max(64) }),
  answer: { status: 200, shape: mailWithText },
  refusals: { unknown_mail: 404 },
});
