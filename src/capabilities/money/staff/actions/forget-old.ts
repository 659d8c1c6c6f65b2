import type { Ctx } from "../../../../platform/context.ts";
import { transact } from "../../../../platform/db.ts";
import { forgetAudit } from "../store/audit.ts";
import { deleteDeadResets } from "../store/resets.ts";
import { forgetSessions } from "../store/sessions.ts";
import { SESSION_LIFE } from "./find-session.ts";

/** MLPS 2.0 (GB/T 22239-2019, 8.1.4.3) asks for six months. */
const AUDIT_MS = 400 * 86_400_000;

/** Forgets sessions that have ended, links that have run out and audit rows that were kept long enough. */
export const forgetOld = (ctx: Ctx): Promise<void> =>
  transact(ctx.env, [
    forgetSessions(ctx.env, ctx.tenant.id, ctx.now() - SESSION_LIFE.absoluteMs),
    deleteDeadResets(ctx.env, ctx.tenant.id, ctx.now()),
    forgetAudit(ctx.env, ctx.tenant.id, ctx.now() - AUDIT_MS),
  ]);
