import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { transact } from "../../../../platform/db.ts";
import { guardSignIn } from "../../../../platform/identity/guard-sign-in.ts";
import { newDevice } from "../../../../platform/identity/known-device.ts";
import { passwordFlaw } from "../../../../platform/identity/password-flaw.ts";
import { hashPassword, isPassword } from "../../../../platform/identity/passwords.ts";
import { ok, type Result } from "../../../../platform/result.ts";
import { needsSecondFactor } from "../contract.ts";
import { asEmail } from "../rules.ts";
import { insertAudit } from "../store/audit.ts";
import { changePasswordRow, memberByEmail } from "../store/members.ts";
import { deleteResets } from "../store/resets.ts";
import { deleteSessions } from "../store/sessions.ts";
import { auditRow } from "./audit.ts";
import { findSession, forgetSessions, type StaffSession } from "./find-session.ts";
import { weakPassword } from "./invitations.ts";
import { type Browser, makeSession } from "./keep-sessions.ts";
import { isCode } from "./second-factor.ts";

/** What the browser is to keep, and what comes next: nothing, the code of the second factor, or setting one up. */
export interface SignedIn {
  token: string;
  device: string;
  next: "nothing" | "code" | "enrol";
}

type SignInRefusal = "too_many_attempts" | "wrong_credentials";

/**
 * The first step: the password. Who has a second factor, or must have one, gets a session that opens nothing but the second step.
 * An unknown address, a wrong password and a deactivated member are refused alike and after the same work.
 */
export async function signIn(
  ctx: Ctx,
  typed: { email: string; password: string },
  browser: Browser,
): Promise<Result<SignedIn, SignInRefusal>> {
  const account = asEmail(typed.email);
  let found: Awaited<ReturnType<typeof memberByEmail>>;
  const checked = await guardSignIn(ctx, { realm: "staff", account, device: browser.device }, async () => {
    found = await memberByEmail(ctx.env, ctx.tenant.id, account);
    const isRight = await isPassword(typed.password, found?.passwordHash);
    return isRight && found && found.deactivatedAt === null ? found : undefined;
  });
  if (!checked.ok) {
    if (found) writeLater(ctx, found.id, { result: "refused", with: "password" });
    return checked;
  }
  const { id, role, codesSince } = checked.value;
  const next = codesSince !== null ? "code" : needsSecondFactor(role) ? "enrol" : "nothing";
  const device = newDevice(ctx, "staff", account);
  const stage = next === "nothing" ? "full" : "password";
  const { token, statements } = makeSession(ctx, id, stage, browser);
  const audit = auditRow(ctx, { who: id, action: "sign_in", subject: id, facts: { with: "password" } });
  await commit(ctx, [...statements, insertAudit(ctx.env, audit)]);
  forgetSessions();
  return ok({ token, device, next });
}

/** The second step: a code of the authenticator, or a recovery code, for a session of its own. */
export async function finishSignIn(
  ctx: Ctx,
  half: StaffSession,
  code: string,
  browser: Browser,
): Promise<Result<{ token: string }, SignInRefusal>> {
  const checked = await guardCode(ctx, half, code);
  if (!checked.ok) {
    if (checked.code === "wrong_credentials") writeLater(ctx, half.memberId, { result: "refused", with: "code" });
    return checked;
  }
  const { memberId } = half;
  const { token, statements } = makeSession(ctx, memberId, "full", browser);
  const facts = { with: checked.value };
  const audit = auditRow(ctx, { who: memberId, action: "sign_in", subject: memberId, facts });
  await commit(ctx, [...statements, insertAudit(ctx.env, audit)]);
  forgetSessions();
  return ok({ token });
}

/** Codes are guessed at a member, whose wrong ones are counted apart from wrong passwords. */
export const guardCode = (ctx: Ctx, { memberId }: Pick<StaffSession, "memberId">, code: string) =>
  guardSignIn(ctx, { realm: "staff", account: `code ${memberId}` }, () => isCode(ctx, memberId, code));

/** The session between the two steps. */
export const halfSession = (ctx: Ctx, token: string): Promise<StaffSession | undefined> =>
  findSession(ctx, token, "password");

/** A new password ends all other sessions of the member. */
export async function changePassword(
  ctx: Ctx,
  session: { memberId: string; email: string; name: string; id: string },
  typed: { old: string; new: string },
): Promise<Result<void, SignInRefusal | "weak_password">> {
  const { memberId, email, name } = session;
  const flaw = passwordFlaw(typed.new, [email, name, ctx.tenant.name]);
  if (flaw) return weakPassword(flaw);
  const checked = await guardSignIn(ctx, { realm: "staff", account: `change ${memberId}` }, async () => {
    const found = await memberByEmail(ctx.env, ctx.tenant.id, email);
    return (await isPassword(typed.old, found?.passwordHash)) ? found : undefined;
  });
  if (!checked.ok) return checked;
  const audit = auditRow(ctx, { who: memberId, action: "change_password", subject: memberId });
  const passwordHash = await hashPassword(typed.new);
  await commit(ctx, [
    changePasswordRow(ctx.env, { tenantId: ctx.tenant.id, id: memberId }, { passwordHash, lastChange: audit.id }),
    deleteSessions(ctx.env, ctx.tenant.id, memberId, session.id),
    deleteResets(ctx.env, ctx.tenant.id, memberId),
    insertAudit(ctx.env, audit),
  ]);
  forgetSessions();
  return ok(undefined);
}

/** Behind the answer, so that its time does not tell who is a member. */
function writeLater(ctx: Ctx, id: string, it: { result: "refused"; with: string }): void {
  const audit = auditRow(ctx, { who: id, action: "sign_in", subject: id, result: it.result, facts: { with: it.with } });
  ctx.waitUntil(transact(ctx.env, [insertAudit(ctx.env, audit)]));
}
