import { z } from "@hono/zod-openapi";
import type { EventHandler } from "../../../../platform/capability.ts";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { TryLimit } from "../../../../platform/identity/count-tries.ts";
import { guardAccount, guardAddress } from "../../../../platform/identity/guard-sign-in.ts";
import { newDevice } from "../../../../platform/identity/known-device.ts";
import { passwordFlaw } from "../../../../platform/identity/password-flaw.ts";
import { hashPassword } from "../../../../platform/identity/passwords.ts";
import { isSessionToken, newSessionToken, sessionHash } from "../../../../platform/identity/sessions.ts";
import { publicOrigin } from "../../../../platform/public-origin.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { postLetter, shopName } from "../../../selling/mail/actions.ts";
import { changedLetter, type Locale, resetLetter } from "../rules/letters.ts";
import { asEmail } from "../rules.ts";
import { insertAudit } from "../store/audit.ts";
import { changePasswordRow, memberByEmail } from "../store/members.ts";
import { deleteResets, insertReset, memberOfReset, spendReset } from "../store/resets.ts";
import { deleteSessions } from "../store/sessions.ts";
import { auditRow } from "./audit.ts";
import { forgetSessions } from "./find-session.ts";
import { weakPassword } from "./invitations.ts";

const HOUR_MS = 3_600_000;
const LINK_MS = 30 * 60_000;
const TOKEN_PREFIX = "srt_";
const ASKED_OF_MEMBER: TryLimit = { tries: 5, windowMs: HOUR_MS, waitMaxMs: HOUR_MS };
const ASKED_BY_ADDRESS: TryLimit = { tries: 20, windowMs: HOUR_MS, waitMaxMs: 24 * HOUR_MS };
const REDEEMED: TryLimit = { tries: 30, windowMs: HOUR_MS, waitMaxMs: 24 * HOUR_MS };

const wanted = z.object({ email: z.string(), locale: z.enum(["en", "zh-CN"]), host: z.string() });

const wish = (ctx: Ctx, email: string, locale: Locale = ctx.tenant.locale) => ({
  email,
  locale,
  host: new URL(ctx.origin).hostname,
});

/** Looks nothing up: whether somebody has the address is found out by the event's handler. */
export async function askStaffReset(
  ctx: Ctx,
  asked: { email: string; locale?: Locale | undefined },
): Promise<Result<{ accepted: true }, "too_many_attempts">> {
  const email = asEmail(asked.email);
  const byAddress = await guardAddress(ctx, "staff-reset", ASKED_BY_ADDRESS);
  if (!byAddress.ok) return byAddress;
  const ofMember = await guardAccount(ctx, "staff-reset", email, ASKED_OF_MEMBER);
  if (!ofMember.ok) return ofMember;
  await commit(ctx, [], [{ type: "staff.reset_asked", payload: wish(ctx, email, asked.locale) }]);
  return ok({ accepted: true });
}

/** On `staff.reset_asked`: one link an event, whose token is in the mail alone. */
export const sendStaffReset: EventHandler = async (ctx, event) => {
  const { email, locale, host } = wanted.parse(event.payload);
  const member = await memberByEmail(ctx.env, ctx.tenant.id, email);
  if (!member || member.deactivatedAt !== null) return;
  const { token, hash } = newSessionToken(TOKEN_PREFIX);
  const href = `${publicOrigin(ctx.env, host)}/studio/reset?token=${token}`;
  const expiresAt = event.at + LINK_MS;
  await postLetter(
    ctx,
    {
      key: event.id,
      kind: "staff_password_reset",
      to: member.email,
      letter: resetLetter(locale, { shop: shopName(ctx, locale), href }),
      sendBefore: expiresAt,
    },
    [insertReset(ctx.env, { tenantId: ctx.tenant.id, hash, eventId: event.id, memberId: member.id, expiresAt })],
  );
};

/** On `staff.password_reset`. */
export const tellStaffReset: EventHandler = async (ctx, event) => {
  const { email, locale, host } = wanted.parse(event.payload);
  const href = `${publicOrigin(ctx.env, host)}/studio/forgotten`;
  await postLetter(ctx, {
    key: event.id,
    kind: "staff_password_changed",
    to: email,
    letter: changedLetter(locale, { shop: shopName(ctx, locale), href }),
  });
};

/** The member whose password a link may set. */
export const memberOfLink = async (ctx: Ctx, token: string) =>
  isSessionToken(TOKEN_PREFIX, token) ? memberOfReset(ctx.env, linkOf(ctx, token), ctx.now()) : undefined;

/** Whoever has it still needs the second factor, which no mail replaces. */
export async function resetStaffPassword(
  ctx: Ctx,
  { token, password, locale }: { token: string; password: string; locale?: Locale | undefined },
): Promise<Result<{ email: string; device_token: string }, "unknown_token" | "weak_password" | "too_many_attempts">> {
  const admitted = await guardAddress(ctx, "staff-redeem", REDEEMED);
  if (!admitted.ok) return admitted;
  const member = await memberOfLink(ctx, token);
  if (!member) return unknownToken;
  const { id, email, name } = member;
  const flaw = passwordFlaw(password, [email, name, ctx.tenant.name]);
  if (flaw) return weakPassword(flaw);
  const passwordHash = await hashPassword(password);
  if (!(await spendReset(ctx.env, linkOf(ctx, token)))) return unknownToken;
  const audit = auditRow(ctx, { who: id, action: "reset_password", subject: id });
  await commit(
    ctx,
    [
      changePasswordRow(ctx.env, { tenantId: ctx.tenant.id, id }, { passwordHash, lastChange: audit.id }),
      deleteSessions(ctx.env, ctx.tenant.id, id),
      deleteResets(ctx.env, ctx.tenant.id, id),
      insertAudit(ctx.env, audit),
    ],
    [{ type: "staff.password_reset", payload: wish(ctx, email, locale) }],
  );
  forgetSessions();
  return ok({ email, device_token: newDevice(ctx, "staff", email) });
}

const linkOf = ({ tenant }: Ctx, token: string) => ({ tenantId: tenant.id, hash: sessionHash(token) });
const unknownToken = refused("unknown_token", "This link was used or has run out. Ask for another one.");
