import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { newSessionToken, sessionHash } from "../../../../platform/identity/sessions.ts";
import { newId } from "../../../../platform/ids.ts";
import { deviceOf, type SessionStage } from "../rules.ts";
import { insertAudit } from "../store/audit.ts";
import { markSeen } from "../store/members.ts";
import { deleteSession, deleteSessionByHash, deleteSessions, insertSession } from "../store/sessions.ts";
import { auditRow } from "./audit.ts";
import { forgetSessions, TOKEN_PREFIX } from "./find-session.ts";

/** What the browser brings besides what was typed. */
export interface Browser {
  userAgent: string;
  /** Its `staff-device` cookie (known-device.ts). */
  device?: string | undefined;
  /** The token of the session that it was signed in with. */
  token?: string | undefined;
}

/** A new session of a member, as its token and the statements that store it and end the one that the browser brought (rotation). */
export function makeSession(ctx: Ctx, memberId: string, stage: SessionStage, { userAgent, token: brought }: Browser) {
  const { token, hash } = newSessionToken(TOKEN_PREFIX);
  const now = ctx.now();
  const session = { tenantId: ctx.tenant.id, id: newId("ses"), memberId, stage, device: deviceOf(userAgent) };
  return {
    token,
    statements: [
      ...(brought ? [deleteSessionByHash(ctx.env, ctx.tenant.id, sessionHash(brought))] : []),
      insertSession(ctx.env, { ...session, hash, beganAt: now, seenAt: now }),
      ...(stage === "full" ? [markSeen(ctx.env, { tenantId: ctx.tenant.id, id: memberId }, now)] : []),
    ],
  };
}

/** Ends one of the member's own sessions; of somebody else's id nothing happens. */
export async function endSession(ctx: Ctx, memberId: string, id: string): Promise<void> {
  const audit = auditRow(ctx, { who: memberId, action: "sign_out", subject: memberId, facts: { session: id } });
  await commit(ctx, [deleteSession(ctx.env, ctx.tenant.id, memberId, id), insertAudit(ctx.env, audit)]);
  forgetSessions();
}

/** Ends all of the member's own sessions, also the one that asks. */
export async function endOwnSessions(ctx: Ctx, memberId: string): Promise<void> {
  const audit = auditRow(ctx, { who: memberId, action: "sign_out_everywhere", subject: memberId });
  await commit(ctx, [deleteSessions(ctx.env, ctx.tenant.id, memberId), insertAudit(ctx.env, audit)]);
  forgetSessions();
}
