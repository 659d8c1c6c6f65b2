import { and, eq, gt, inArray, lt, or, sql } from "drizzle-orm";
import { type Database, database, type Statement } from "./db.ts";
import { newId } from "./ids.ts";
import { outbox } from "./schema.ts";

/** Something that happened in a shop. `payload` is what handlers need, in wire form. */
export interface SoukEvent {
  id: string;
  tenantId: string;
  type: string;
  /** Milliseconds since 1970. */
  at: number;
  arm: string;
  payload: Record<string, unknown>;
}

/** Messages a queue takes in one call (Cloudflare Queues limit). */
const SEND_MAX = 100;
/** An event this old that is still in the outbox was lost on the way and is sent again. */
const LOST_AFTER_MS = 30_000;
/** Events sent again in one sweep, and how many of them are read at a time. */
const SWEEP_MAX = 20_000;
const SWEEP_PAGE = 500;

export const newEvent = (
  tenantId: string,
  type: string,
  at: number,
  arm: string,
  payload: Record<string, unknown>,
): SoukEvent => ({ id: newId("evt"), tenantId, type, at, arm, payload });

/** The outbox row of each event, as one statement whatever their number. Run it in the transaction of what happened. */
export function outboxRows(db: Database, events: readonly SoukEvent[]): Statement {
  const rows = JSON.stringify(events.map((event) => [event.id, event.tenantId, event.type, event.at, event]));
  return db.run(sql`
    INSERT INTO outbox (id, tenant_id, type, created_at, event)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value -> 4 FROM json_each(${rows}) WHERE true
    ON CONFLICT (id) DO NOTHING`);
}

/** Hands events to the queue. They stay in the outbox until handled, so a failure here only delays them. */
export async function sendEvents(env: Env, events: readonly SoukEvent[]): Promise<void> {
  for (let i = 0; i < events.length; i += SEND_MAX)
    await env.EVENTS.sendBatch(events.slice(i, i + SEND_MAX).map((body) => ({ body })));
}

export async function forgetHandled(env: Env, ids: readonly string[]): Promise<void> {
  const list = JSON.stringify(ids);
  await database(env)
    .delete(outbox)
    .where(inArray(outbox.id, sql`(SELECT value FROM json_each(${list}))`));
}

/** Sends again what the queue lost, oldest first; answers how many. */
export async function sweepOutbox(env: Env, now: number): Promise<number> {
  let after = { createdAt: 0, id: "" };
  for (let sent = 0; ; ) {
    const lost = await database(env)
      .select({ id: outbox.id, createdAt: outbox.createdAt, event: outbox.event })
      .from(outbox)
      .where(
        and(
          lt(outbox.createdAt, now - LOST_AFTER_MS),
          or(
            gt(outbox.createdAt, after.createdAt),
            and(eq(outbox.createdAt, after.createdAt), gt(outbox.id, after.id)),
          ),
        ),
      )
      .orderBy(outbox.createdAt, outbox.id)
      .limit(SWEEP_PAGE);
    await sendEvents(
      env,
      lost.map((row) => row.event),
    );
    sent += lost.length;
    const last = lost.at(-1);
    if (!last || lost.length < SWEEP_PAGE || sent >= SWEEP_MAX) return sent;
    after = last;
  }
}
