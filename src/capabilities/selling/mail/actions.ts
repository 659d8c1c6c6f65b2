import { z } from "@hono/zod-openapi";
import { commit } from "../../../platform/commit.ts";
import type { Ctx } from "../../../platform/context.ts";
import type { Statement } from "../../../platform/db.ts";
import { seal, unseal } from "../../../platform/identity/sealed-text.ts";
import { newId } from "../../../platform/ids.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { holdsScope } from "../../../platform/scopes.ts";
import { placeOf, SEALED_FOR, sendLater } from "./actions/send-mail.ts";
import type { Letter, Mail, mailStates, mailWithText } from "./contract.ts";
import { hideLinks } from "./rules/hide-links.ts";
import { renderLetter } from "./rules/render-letter.ts";
import { insertMail, type MailRow, readMails, readMail as readRow } from "./store.ts";

/** A letter to be sent. */
export interface Post {
  /** Names what it is about: a second one of the same key is not written. An event's id, or an order's. */
  key: string;
  kind: string;
  to: string;
  letter: Letter;
  /** Milliseconds since 1970, after which it would be of no use. */
  sendBefore?: number;
  /** Its link is of no use without something that only its receiver knows, so staff may read it where no provider sends it. */
  opensNothingAlone?: boolean;
}

/**
 * Writes a mail, with `alongWith` in one transaction, and sends it behind the caller's back; what fails is tried again for about a
 * day. Call it where something follows from an event, so that the same event twice is one mail; only staff may wait for one to be
 * written, since the time would tell others who is known here.
 */
export async function postLetter(ctx: Ctx, post: Post, alongWith: readonly Statement[] = []): Promise<void> {
  const { tenant, env } = ctx;
  const { subject, text, html } = renderLetter(post.letter, shopName(ctx, post.letter.locale));
  const id = newId("mail");
  const now = ctx.now();
  const mail: MailRow = {
    tenantId: tenant.id,
    id,
    key: post.key,
    kind: post.kind,
    recipient: post.to,
    subject,
    body: seal(
      env.SOUK_SECRET,
      SEALED_FOR,
      placeOf(tenant.id, id),
      JSON.stringify({ text, html, isOpen: post.opensNothingAlone === true }),
    ),
    state: "waiting",
    attempts: 0,
    createdAt: now,
    dueAt: now,
    sendBefore: post.sendBefore ?? null,
    sentAt: null,
    failure: null,
  };
  await commit(ctx, [...alongWith, insertMail(env, mail)]);
  sendLater(ctx, post.key);
}

/** Whether mails of this platform reach anybody. */
export const sendsMail = ({ MAIL_PROVIDER: provider = "" }: Pick<Env, "MAIL_PROVIDER">): boolean => provider !== "";

/** What the shop is called in this language. */
export const shopName = ({ tenant }: Pick<Ctx, "tenant">, locale: Letter["locale"]): string =>
  tenant.settings.names?.[locale] ?? tenant.name;

const mailPlace = z.tuple([z.string()]);

export async function listMails(
  ctx: Ctx,
  { limit, cursor, state }: { limit: number; cursor?: string; state?: (typeof mailStates)[number] },
): Promise<Result<{ data: Mail[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} mails`;
  const place = cursor === undefined ? undefined : readCursor(list, mailPlace, cursor);
  if (cursor !== undefined && !place) return foreignCursor;
  const rows = await readMails(ctx.env, ctx.tenant.id, { limit: limit + 1, after: place?.[0], state });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map(onWire), next_cursor: last ? writeCursor(list, [last.id]) : null });
}

const readable = z.object({ text: z.string() });
const STAFF_LETTERS = "staff_";

/**
 * Letters to the staff make an owner of their reader, so only who may appoint owners reads them. The links of letters to shoppers
 * open an account or an order: who may not appoint anybody reads those letters without.
 */
const mayAppointStaff = ({ actor }: Ctx): boolean => actor.kind === "staff" && holdsScope(actor.scopes, "staff:write");

export async function readMail(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<z.infer<typeof mailWithText>, "unknown_mail">> {
  const { env, tenant } = ctx;
  const found = await readRow(env, tenant.id, id);
  if (!found) return refused("unknown_mail", "There is no such mail; they are kept for 14 days.");
  // Of a mail that nobody sends only what opens nothing alone is kept (send-mail.ts).
  const isKept = found.body !== null && (env.MAIL_PROVIDER === "console" || found.state === "unsent");
  const isTrusted = mayAppointStaff(ctx);
  if (!isKept || (found.kind.startsWith(STAFF_LETTERS) && !isTrusted)) return ok({ mail: onWire(found), text: null });
  const body = unseal(env.SOUK_SECRET, SEALED_FOR, placeOf(tenant.id, id), found.body ?? "");
  const { text } = readable.parse(JSON.parse(body));
  return ok({ mail: onWire(found), text: isTrusted ? text : hideLinks(text) });
}

const onWire = (it: MailRow): Mail => ({
  id: it.id,
  kind: it.kind,
  to: it.recipient,
  subject: it.subject,
  state: it.state,
  attempts: it.attempts,
  created_at: new Date(it.createdAt).toISOString(),
  sent_at: it.sentAt === null ? null : new Date(it.sentAt).toISOString(),
  failure: it.failure,
});
