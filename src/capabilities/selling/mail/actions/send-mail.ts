import { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../../platform/context.ts";
import { transact } from "../../../../platform/db.ts";
import { unseal } from "../../../../platform/identity/sealed-text.ts";
import { describe, log } from "../../../../platform/log.ts";
import { providerOf } from "../providers/choose.ts";
import type { Sending } from "../providers/port.ts";
import { ATTEMPTS_MAX, waitAfter } from "../rules/retry.ts";
import { claimMail, deleteMailsBefore, type MailRow, readDueMails, updateMail } from "../store.ts";

/** What mails are sealed for in the database, and the place of each. */
export const SEALED_FOR = "mail";
export const placeOf = (tenantId: string, id: string): string => `${tenantId}:${id}`;

const KEPT_MS = 14 * 86_400_000;
/** Mails of one shop that are tried again in a minute. */
const SWEEP_MAX = 50;

const body = z.object({ text: z.string(), html: z.string(), isOpen: z.boolean().default(false) });

/** Makes the first attempt at the mail of this key, behind the caller's back. One that is lost is made by `sendDue`. */
export function sendLater(ctx: Ctx, key: string): void {
  const sending = sendMail(ctx, { key, attempts: 0 });
  ctx.waitUntil(sending.catch((error) => log("warn", "mail_delayed", { error: describe(error) })));
}

/** Every minute: what waits and is due is tried again. */
export async function sendDue(ctx: Ctx): Promise<void> {
  const due = await readDueMails(ctx.env, ctx.tenant.id, ctx.now(), SWEEP_MAX);
  await Promise.all(due.map((it) => sendMail(ctx, it)));
}

/** Every hour: mails that are old are forgotten, sent or not. */
export const forgetOldMails = (ctx: Ctx): Promise<void> =>
  transact(ctx.env, [deleteMailsBefore(ctx.env, ctx.tenant.id, ctx.now() - KEPT_MS)]);

type Attempt = Exclude<Sending, { outcome: "unsent" }> | { outcome: "unsent"; isReadable: boolean };

/** One attempt, unless somebody else makes it. Its next time is written first, so that a crash in between only delays it. */
async function sendMail(ctx: Ctx, { key, attempts }: Pick<MailRow, "key" | "attempts">): Promise<void> {
  const { env, tenant } = ctx;
  const now = ctx.now();
  const claim = { tenantId: tenant.id, key, attempts };
  const mail = await claimMail(env, claim, { now, nextAt: now + waitAfter(attempts) });
  if (!mail) return;
  const sending = await attempt(ctx, mail, now);
  if (sending.outcome === "failed")
    log("warn", "mail_not_sent", { id: mail.id, kind: mail.kind, reason: sending.reason, attempts: mail.attempts });
  await transact(env, [updateMail(env, mail, after(mail, sending, now))]);
}

async function attempt({ env, tenant }: Ctx, mail: MailRow, now: number): Promise<Attempt> {
  const { id, recipient, subject, sendBefore } = mail;
  if (mail.body === null || (sendBefore !== null && now > sendBefore))
    return { outcome: "failed", reason: "too late", isFinal: true };
  const { text, html, isOpen } = body.parse(
    JSON.parse(unseal(env.SOUK_SECRET, SEALED_FOR, placeOf(tenant.id, id), mail.body)),
  );
  const sending = await providerOf(env)(env, { id, to: recipient, fromName: tenant.name, subject, text, html });
  return sending.outcome === "unsent" ? { ...sending, isReadable: isOpen } : sending;
}

/** Text that a provider has, or that nobody will get, is not kept; but for links that are of use to their receiver alone. */
function after({ attempts }: MailRow, sending: Attempt, now: number): Parameters<typeof updateMail>[2] {
  switch (sending.outcome) {
    case "sent":
      return { state: "sent", sentAt: now, failure: null, ...(!sending.isReadable && { body: null }) };
    case "unsent":
      return { state: "unsent", ...(!sending.isReadable && { body: null }) };
    case "failed":
      return sending.isFinal || attempts >= ATTEMPTS_MAX
        ? { state: "failed", failure: sending.reason, body: null }
        : { failure: sending.reason };
  }
}
