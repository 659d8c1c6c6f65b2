import type { Ctx } from "../../../../platform/context.ts";
import { describe, log } from "../../../../platform/log.ts";
import { jtiOf } from "../rules/pass.ts";
import type { Sale } from "../rules/sale.ts";

/**
 * Tells the waiting room that a pass was taken, so that its room goes to the next at once. Nobody waits for it: without this word
 * the room frees itself when the pass expires.
 */
export function reportPass(ctx: Ctx, sale: Sale, pass: string | undefined): void {
  if (!sale.waitingRoom || pass === undefined) return;
  const [entryId, turn] = jtiOf(pass).split(".");
  if (!entryId || !turn) return;
  const told = ctx.env.WAITING_ROOM.getByName(`${ctx.tenant.id}:${sale.id}`).passUsed(entryId, Number(turn));
  ctx.waitUntil(told.catch((error) => log("warn", "pass_not_reported", { saleId: sale.id, error: describe(error) })));
}
