import { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { isSessionLive, sessionEndsAt } from "../../../../platform/identity/sessions.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import type { session } from "../contract.ts";
import { SESSION_LIFE, sessionOnWire } from "../rules.ts";
import { deleteDeadRegistrations } from "../store/registrations.ts";
import { deleteEndedSessions, deleteSession, deleteSessionById, readSessions } from "../store/sessions.ts";
import { deleteDeadTokens } from "../store/tokens.ts";
import { signedIn } from "./signed-in.ts";

type Listed = { data: z.infer<typeof session>[]; next_cursor: string | null };

export async function listSessions(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Result<Listed, "unauthenticated" | "invalid_request">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const list = `${ctx.tenant.id} sessions ${me.value.account.id}`;
  const place = cursor === undefined ? undefined : readCursor(list, z.tuple([z.string()]), cursor);
  if (cursor !== undefined && !place) return foreignCursor;
  const rows = await readSessions(ctx.env, me.value.account, limit + 1, place?.[0]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return ok({
    data: page
      .filter((it) => isSessionLive(it, SESSION_LIFE, ctx.now()))
      .map((it) => sessionOnWire(it, sessionEndsAt(it, SESSION_LIFE), it.id === me.value.session.id)),
    next_cursor: rows.length > limit && last ? writeCursor(list, [last.id]) : null,
  });
}

/** It is refused from the next call on, wherever it is used. */
export async function endSession(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<void, "unauthenticated" | "unknown_session">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const { account, session } = me.value;
  if (id === "current") {
    await commit(ctx, [deleteSession(ctx.env, ctx.tenant.id, session.hash)]);
    return ok(undefined);
  }
  const isGone = await deleteSessionById(ctx.env, { tenantId: ctx.tenant.id, accountId: account.id, id });
  return isGone ? ok(undefined) : refused("unknown_session", "There is no such session.");
}

/** Every hour: sessions that ended by themselves are forgotten, and links of mails that have run out. */
export const forgetEndedSessions = (ctx: Ctx): Promise<void> =>
  commit(ctx, [
    deleteEndedSessions(ctx.env, ctx.tenant.id, {
      beganBefore: ctx.now() - SESSION_LIFE.absoluteMs,
      seenBefore: ctx.now() - SESSION_LIFE.idleMs,
    }),
    deleteDeadTokens(ctx.env, ctx.tenant.id, ctx.now()),
    deleteDeadRegistrations(ctx.env, ctx.tenant.id, ctx.now()),
  ]);
