import type { Ctx } from "../../../../platform/context.ts";
import { transact } from "../../../../platform/db.ts";
import { newId } from "../../../../platform/ids.ts";
import { describe, log } from "../../../../platform/log.ts";
import type { AuditedRow } from "../schema.ts";
import { insertAudited } from "../store.ts";

/** Calls are written down this long after the first of them, together. */
const WRITE_AFTER_MS = 200;
/** Calls that may wait while the database is away; then the oldest are lost. */
const WAITING_MAX = 5_000;
const DAY_MS = 86_400_000;

const waiting = new Map<string, AuditedRow[]>();

/** Writes a call down without keeping its answer waiting. */
export function noteCall(
  ctx: Ctx,
  call: Pick<AuditedRow, "operation" | "caller" | "status" | "requestId">,
  keepDays: number,
): void {
  const at = ctx.now();
  const row = { tenantId: ctx.tenant.id, id: newId("aud"), at, goneAt: at + keepDays * DAY_MS, arm: ctx.arm, ...call };
  const rows = waiting.get(ctx.tenant.id);
  waiting.set(ctx.tenant.id, [...(rows ?? []), row].slice(-WAITING_MAX));
  // Each request promises to write what is there by then: one that is cut off loses nothing of the others.
  ctx.waitUntil(new Promise((resume) => setTimeout(resume, rows ? 0 : WRITE_AFTER_MS)).then(() => write(ctx)));
}

async function write({ env, tenant }: Ctx): Promise<void> {
  const rows = waiting.get(tenant.id);
  waiting.delete(tenant.id);
  if (!rows) return;
  try {
    await transact(env, [insertAudited(env, rows)]);
  } catch (error) {
    log("warn", "audit_delayed", { tenant: tenant.id, calls: rows.length, error: describe(error) });
    waiting.set(tenant.id, [...rows, ...(waiting.get(tenant.id) ?? [])].slice(-WAITING_MAX));
  }
}
