import { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { guardAddress } from "../../../../platform/identity/guard-sign-in.ts";
import { passwordFlaw } from "../../../../platform/identity/password-flaw.ts";
import { hashPassword } from "../../../../platform/identity/passwords.ts";
import { isSessionToken, newSessionToken, sessionHash } from "../../../../platform/identity/sessions.ts";
import { newId } from "../../../../platform/ids.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../../platform/page-cursor.ts";
import { publicOrigin } from "../../../../platform/public-origin.ts";
import { ok, type Refused, type Result, refused } from "../../../../platform/result.ts";
import { type Post, postLetter, shopName } from "../../../selling/mail/actions.ts";
import { asTime, type MemberOnWire, memberOnWire, scopeExceeded, scopesOfCaller } from "../actions.ts";
import type * as contract from "../contract.ts";
import type { Role } from "../contract.ts";
import { invitationLetter, type Locale } from "../rules/letters.ts";
import { asEmail, mayGive, stateOfInvitation } from "../rules.ts";
import { insertAudit, insertAuditOfChange } from "../store/audit.ts";
import {
  type Invitation,
  insertInvitation,
  invitationByHash,
  readInvitation,
  readInvitations,
  revokeInvitationRow,
  takeInvitation,
} from "../store/invitations.ts";
import { insertInvited, memberByEmail, readMember } from "../store/members.ts";
import { auditRow } from "./audit.ts";

const INVITATION_MS = 72 * 3_600_000;
const TOKEN_PREFIX = "inv_";
/** Passwords are dear to hash; who has an invitation needs few tries. */
const ACCEPTANCES = { tries: 20, windowMs: 15 * 60_000, waitMaxMs: 3_600_000 };

type OnWire = z.infer<typeof contract.invitation>;

/** A new invitation ends the older ones of its address. Its mail is written with it or not at all. */
export async function inviteMember(
  ctx: Ctx,
  input: { email: string; role: Role; locale?: Locale | undefined },
): Promise<Result<{ invitation: OnWire; token: string; link: string }, "member_exists" | "scope_exceeded">> {
  if (!mayGive(scopesOfCaller(ctx), input.role)) return scopeExceeded(input.role);
  const email = asEmail(input.email);
  if (await memberByEmail(ctx.env, ctx.tenant.id, email)) return memberExists;
  const { token, hash } = newSessionToken(TOKEN_PREFIX);
  const audit = auditRow(ctx, { action: "invite", subject: newId("inv"), facts: { email, role: input.role } });
  const invitation: Invitation = {
    tenantId: ctx.tenant.id,
    id: audit.subject,
    hash,
    email,
    role: input.role,
    invitedBy: audit.who,
    createdAt: ctx.now(),
    expiresAt: ctx.now() + INVITATION_MS,
    acceptedAt: null,
    memberId: null,
    revokedAt: null,
  };
  const link = `${publicOrigin(ctx.env, new URL(ctx.origin).hostname)}/studio/join?token=${token}`;
  await postLetter(ctx, letterOf(ctx, invitation, link, input.locale), [
    ...insertInvitation(ctx.env, invitation),
    insertAudit(ctx.env, audit),
  ]);
  return ok({ invitation: onWire(ctx, invitation), token, link });
}

const letterOf = (
  { tenant }: Ctx,
  { id, email, expiresAt }: Invitation,
  href: string,
  locale: Locale = tenant.locale,
): Post => ({
  key: `staff_invitation:${id}`,
  kind: "staff_invitation",
  to: email,
  letter: invitationLetter(locale, { shop: shopName({ tenant }, locale), href }),
  sendBefore: expiresAt,
});

const listPlace = z.tuple([z.string()]);

export async function listInvitations(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Result<{ data: OnWire[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} staff invitations`;
  const [after] = (cursor !== undefined && readCursor(list, listPlace, cursor)) || [];
  if (cursor !== undefined && after === undefined) return foreignCursor;
  const found = await readInvitations(ctx.env, ctx.tenant.id, limit + 1, after);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map((it) => onWire(ctx, it)), next_cursor: last ? writeCursor(list, [last.id]) : null });
}

/** Revoking twice answers the same. */
export async function revokeInvitation(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<OnWire, "unknown_invitation" | "invitation_spent">> {
  const found = await readInvitation(ctx.env, ctx.tenant.id, id);
  if (!found) return unknownInvitation;
  const state = stateOfInvitation(found, ctx.now());
  if (state === "accepted") return spent(state);
  if (state !== "revoked") {
    const audit = auditRow(ctx, { action: "revoke_invitation", subject: id, facts: { email: found.email } });
    await commit(ctx, [revokeInvitationRow(ctx.env, ctx.tenant.id, id, ctx.now()), insertAudit(ctx.env, audit)]);
  }
  return ok(onWire(ctx, (await readInvitation(ctx.env, ctx.tenant.id, id)) ?? found));
}

/** The open invitation of a link, for who wants to see what it is about before they join. */
export async function openInvitation(
  ctx: Ctx,
  token: string,
): Promise<Result<Invitation, "unknown_invitation" | "invitation_spent">> {
  const isOurs = isSessionToken(TOKEN_PREFIX, token);
  const found = isOurs ? await invitationByHash(ctx.env, ctx.tenant.id, sessionHash(token)) : undefined;
  if (!found) return unknownInvitation;
  const state = stateOfInvitation(found, ctx.now());
  return state === "open" ? ok(found) : spent(state);
}

type AcceptRefusal =
  | "unknown_invitation"
  | "invitation_spent"
  | "member_exists"
  | "weak_password"
  | "too_many_attempts";

/** An invitation makes one member, however many try it at once. */
export async function acceptInvitation(
  ctx: Ctx,
  { token, name, password }: { token: string; name: string; password: string },
): Promise<Result<MemberOnWire, AcceptRefusal>> {
  const opened = await openInvitation(ctx, token);
  if (!opened.ok) return opened;
  const { email, role, id: invitationId } = opened.value;
  const flaw = passwordFlaw(password, [email, name, ctx.tenant.name]);
  if (flaw) return weakPassword(flaw);
  const admitted = await guardAddress(ctx, "staff-join", ACCEPTANCES);
  if (!admitted.ok) return admitted;
  const id = newId("mem");
  const audit = auditRow(ctx, {
    who: id,
    action: "join",
    subject: id,
    facts: { email, role, invitation: invitationId },
  });
  const passwordHash = await hashPassword(password);
  const place = { tenantId: ctx.tenant.id, id };
  await commit(ctx, [
    takeInvitation(ctx.env, ctx.tenant.id, invitationId, id, ctx.now()),
    insertInvited(ctx.env, { ...place, name, passwordHash, now: ctx.now(), lastChange: audit.id }),
    insertAuditOfChange(ctx.env, audit),
  ]);
  const made = await readMember(ctx.env, ctx.tenant.id, id);
  if (made) return ok(memberOnWire(made));
  const after = await readInvitation(ctx.env, ctx.tenant.id, invitationId);
  return after?.memberId === id ? memberExists : spent("accepted");
}

/** Why a password is refused, as the member `flaw` of the problem says too. */
export const weakPassword = (flaw: NonNullable<ReturnType<typeof passwordFlaw>>): Refused<"weak_password"> =>
  refused("weak_password", WEAK[flaw], { facts: { flaw } });

const WEAK = {
  too_short: "A password needs at least 10 characters.",
  too_long: "A password has at most 128 characters.",
  too_common: "This password is one of the first that everybody thinks of.",
  too_personal: "A password must not hold your name, your address or the shop's name.",
};

const unknownInvitation = refused("unknown_invitation", "There is no such invitation in this shop.");
const memberExists = refused("member_exists", "Somebody with this e-mail address is a member already.");
const spent = (state: string): Refused<"invitation_spent"> =>
  refused("invitation_spent", `This invitation is ${state}. Ask for another one.`, { facts: { state } });

const onWire = (ctx: Ctx, it: Invitation): OnWire => ({
  id: it.id,
  email: it.email,
  role: it.role,
  state: stateOfInvitation(it, ctx.now()),
  invited_by: it.invitedBy,
  created_at: asTime(it.createdAt),
  expires_at: asTime(it.expiresAt),
  member_id: it.memberId,
});
