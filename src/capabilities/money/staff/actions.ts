import { z } from "@hono/zod-openapi";
import { commit } from "../../../platform/commit.ts";
import type { Ctx } from "../../../platform/context.ts";
import type { Statement } from "../../../platform/db.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { ok, type Refused, type Result, refused } from "../../../platform/result.ts";
import { auditRow } from "./actions/audit.ts";
import { forgetSessions, listSessions, type SessionOnWire } from "./actions/find-session.ts";
import type * as contract from "./contract.ts";
import type { Role } from "./contract.ts";
import { mayGive } from "./rules.ts";
import { hasAudit, insertAudit, insertAuditOfChange } from "./store/audit.ts";
import { revokeInvitationsOf } from "./store/invitations.ts";
import { changeMemberRow, type Member, readMembers, readMember as readRow } from "./store/members.ts";
import { setSecondFactor, writeRecoveryCodes } from "./store/second-factor.ts";
import { deleteSessions, deleteSessionsOfGone } from "./store/sessions.ts";

export type MemberOnWire = z.infer<typeof contract.member>;

const memberPlace = z.tuple([z.string()]);

export async function listMembers(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Result<{ data: MemberOnWire[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} staff`;
  const [after] = (cursor !== undefined && readCursor(list, memberPlace, cursor)) || [];
  if (cursor !== undefined && after === undefined) return foreignCursor;
  const found = await readMembers(ctx.env, ctx.tenant.id, limit + 1, after);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map(memberOnWire), next_cursor: last ? writeCursor(list, [last.id]) : null });
}

export async function readMember(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<{ member: MemberOnWire; sessions: SessionOnWire[] }, "unknown_member">> {
  const found = await readRow(ctx.env, ctx.tenant.id, id);
  if (!found) return unknownMember;
  return ok({ member: memberOnWire(found), sessions: await listSessions(ctx, id) });
}

/** A change of nothing answers the member as it is and is no row of the audit trail. */
export async function changeMember(
  ctx: Ctx,
  { id, name, role, active }: { id: string; name?: string; role?: Role; active?: boolean },
): Promise<Result<MemberOnWire, "unknown_member" | "last_owner" | "scope_exceeded">> {
  const old = await readRow(ctx.env, ctx.tenant.id, id);
  if (!old) return unknownMember;
  const beyond = [old.role, role ?? old.role].find((it) => !mayGive(scopesOfCaller(ctx), it));
  if (beyond) return scopeExceeded(beyond);
  const facts = {
    ...(name !== undefined && name !== old.name && { name }),
    ...(role !== undefined && role !== old.role && { role, old_role: old.role }),
    ...(active !== undefined && active !== (old.deactivatedAt === null) && { active: String(active) }),
  };
  if (Object.keys(facts).length === 0) return ok(memberOnWire(old));
  const audit = auditRow(ctx, { action: "change_member", subject: id, facts });
  const change = {
    ...(facts.name && { name: facts.name }),
    ...(facts.role && { role: facts.role }),
    ...(facts.active && { deactivatedAt: active ? null : ctx.now() }),
    lastChange: audit.id,
  };
  await commit(ctx, [
    changeMemberRow(ctx.env, old, change),
    insertAuditOfChange(ctx.env, audit),
    deleteSessionsOfGone(ctx.env, ctx.tenant.id, id),
    ...(facts.role || active === false ? [revokeInvitationsOf(ctx.env, ctx.tenant.id, id, audit.id, ctx.now())] : []),
  ]);
  forgetSessions();
  if (await hasAudit(ctx.env, ctx.tenant.id, audit.id)) return readChanged(ctx, id);
  await commit(ctx, [insertAudit(ctx.env, { ...audit, result: "refused" })]);
  return refused("last_owner", "This is the last owner who may sign in. Make another member an owner first.");
}

export async function endMemberSessions(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<MemberOnWire, "unknown_member" | "scope_exceeded">> {
  return takeAway(ctx, id, "sign_out_everywhere", () => []);
}

/** Recovery codes go with the second factor, and so do all sessions. */
export async function resetSecondFactor(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<MemberOnWire, "unknown_member" | "scope_exceeded">> {
  return takeAway(ctx, id, "reset_second_factor", (place, lastChange) => [
    setSecondFactor(ctx.env, place, null, lastChange),
    ...writeRecoveryCodes(ctx.env, ctx.tenant.id, id, []),
  ]);
}

async function takeAway(
  ctx: Ctx,
  id: string,
  action: string,
  more: (place: Member, lastChange: string) => Statement[],
): Promise<Result<MemberOnWire, "unknown_member" | "scope_exceeded">> {
  const found = await readRow(ctx.env, ctx.tenant.id, id);
  if (!found) return unknownMember;
  if (!mayGive(scopesOfCaller(ctx), found.role)) return scopeExceeded(found.role);
  const audit = auditRow(ctx, { action, subject: id });
  await commit(ctx, [
    ...more(found, audit.id),
    deleteSessions(ctx.env, ctx.tenant.id, id),
    insertAudit(ctx.env, audit),
  ]);
  forgetSessions();
  return readChanged(ctx, id);
}

async function readChanged(ctx: Ctx, id: string): Promise<Result<MemberOnWire, "unknown_member">> {
  const changed = await readRow(ctx.env, ctx.tenant.id, id);
  return changed ? ok(memberOnWire(changed)) : unknownMember;
}

export const scopesOfCaller = ({ actor }: Ctx): readonly string[] => (actor.kind === "staff" ? actor.scopes : []);

export const scopeExceeded = (role: Role): Refused<"scope_exceeded"> =>
  refused("scope_exceeded", `You hold less than the role ${role} does.`, { facts: { role } });

const unknownMember = refused("unknown_member", "There is no such member of this shop's staff.");

export const asTime = (at: number): string => new Date(at).toISOString();

export const memberOnWire = (it: Member): MemberOnWire => ({
  id: it.id,
  email: it.email,
  name: it.name,
  role: it.role,
  second_factor: it.codesSince !== null,
  created_at: asTime(it.createdAt),
  last_seen_at: it.lastSeenAt === null ? null : asTime(it.lastSeenAt),
  deactivated_at: it.deactivatedAt === null ? null : asTime(it.deactivatedAt),
});
