import type { Ctx } from "./context.ts";
import { database, type Statement, transact } from "./db.ts";
import { newEvent, outboxRows, sendEvents } from "./events.ts";
import { describe, log } from "./log.ts";
import { onlyWanted } from "./wanted-events.ts";

/** An event about to be committed: its type and payload; tenant, time and arm come from the context. */
export interface Happening {
  type: string;
  payload: Record<string, unknown>;
}

/**
 * Runs the statements and the outbox rows of the happenings as one D1 transaction, then hands the events to the queue.
 * An UPDATE of 0 rows is no error to D1: put what must hold into CHECK and UNIQUE.
 */
export async function commit(
  ctx: Ctx,
  statements: readonly Statement[],
  happenings: readonly Happening[] = [],
): Promise<void> {
  const events = (await onlyWanted(ctx.env, ctx.tenant.id, happenings)).map((it) =>
    newEvent(ctx.tenant.id, it.type, ctx.now(), ctx.arm, it.payload),
  );
  const outbox = events.length > 0 ? [outboxRows(database(ctx.env), events)] : [];
  await ctx.timing.measure("d1", transact(ctx.env, [...statements, ...outbox]));
  if (events.length > 0)
    ctx.waitUntil(
      sendEvents(ctx.env, events).catch((error) => log("warn", "events_delayed", { error: describe(error) })),
    );
}
