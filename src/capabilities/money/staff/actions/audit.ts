import { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../../platform/context.ts";
import { newId } from "../../../../platform/ids.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../../platform/page-cursor.ts";
import { ok, type Result } from "../../../../platform/result.ts";
import type * as contract from "../contract.ts";
import { type AuditRow, readAudit } from "../store/audit.ts";

/** Who acts: a member, or an API key. */
const whoOf = ({ actor }: Ctx): string => (actor.kind === "staff" ? actor.keyId : actor.kind);

/** A row of the audit trail, made now. `who` is for those who are not signed in yet. */
export const auditRow = (
  ctx: Ctx,
  it: Pick<AuditRow, "action" | "subject"> & Partial<Pick<AuditRow, "who" | "result" | "facts">>,
): AuditRow => ({
  tenantId: ctx.tenant.id,
  id: newId("aud"),
  at: ctx.now(),
  who: whoOf(ctx),
  result: "done",
  facts: {},
  ...it,
});

const auditPlace = z.tuple([z.string()]);

export async function listAudit(
  ctx: Ctx,
  { limit, cursor, subject }: { limit: number; cursor?: string; subject?: string },
): Promise<Result<{ data: z.infer<typeof contract.entry>[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} staff audit ${subject ?? ""}`;
  const [after] = (cursor !== undefined && readCursor(list, auditPlace, cursor)) || [];
  if (cursor !== undefined && after === undefined) return foreignCursor;
  const found = await readAudit(ctx.env, ctx.tenant.id, { limit: limit + 1, after, subject });
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  const data = rows.map(({ tenantId: _, at, ...row }) => ({ ...row, at: new Date(at).toISOString() }));
  return ok({ data, next_cursor: last ? writeCursor(list, [last.id]) : null });
}
