import { and, desc, eq, lt, lte } from "drizzle-orm";
import { database, type Statement } from "../../../platform/db.ts";
import { mails } from "./schema.ts";

export type MailRow = typeof mails.$inferSelect;

/** Nothing happens where a mail of this key is written already. */
export const insertMail = (env: Env, mail: MailRow): Statement =>
  database(env).insert(mails).values(mail).onConflictDoNothing();

/** The mail of this key for one attempt, if it waits and is due: of many that ask at once, one gets it until `nextAt`. */
export async function claimMail(
  env: Env,
  { tenantId, key, attempts }: Pick<MailRow, "tenantId" | "key" | "attempts">,
  { now, nextAt }: { now: number; nextAt: number },
): Promise<MailRow | undefined> {
  const [row] = await database(env)
    .update(mails)
    .set({ attempts: attempts + 1, dueAt: nextAt })
    .where(
      and(
        eq(mails.tenantId, tenantId),
        eq(mails.key, key),
        eq(mails.state, "waiting"),
        eq(mails.attempts, attempts),
        lte(mails.dueAt, now),
      ),
    )
    .returning();
  return row;
}

export const updateMail = (
  env: Env,
  { tenantId, id }: Pick<MailRow, "tenantId" | "id">,
  change: Partial<Pick<MailRow, "state" | "body" | "sentAt" | "failure">>,
): Statement =>
  database(env)
    .update(mails)
    .set(change)
    .where(and(eq(mails.tenantId, tenantId), eq(mails.id, id)));

/** Which mails are due, the longest waiting first. */
export const readDueMails = (
  env: Env,
  tenantId: string,
  now: number,
  limit: number,
): Promise<Pick<MailRow, "key" | "attempts">[]> =>
  database(env)
    .select({ key: mails.key, attempts: mails.attempts })
    .from(mails)
    .where(and(eq(mails.tenantId, tenantId), eq(mails.state, "waiting"), lte(mails.dueAt, now)))
    .orderBy(mails.dueAt)
    .limit(limit);

/** Mails newest first, from after the id `after`. */
export const readMails = (
  env: Env,
  tenantId: string,
  { limit, after, state }: { limit: number; after: string | undefined; state: MailRow["state"] | undefined },
): Promise<MailRow[]> =>
  database(env)
    .select()
    .from(mails)
    .where(
      and(
        eq(mails.tenantId, tenantId),
        after === undefined ? undefined : lt(mails.id, after),
        state && eq(mails.state, state),
      ),
    )
    .orderBy(desc(mails.id))
    .limit(limit);

export async function readMail(env: Env, tenantId: string, id: string): Promise<MailRow | undefined> {
  const [row] = await database(env)
    .select()
    .from(mails)
    .where(and(eq(mails.tenantId, tenantId), eq(mails.id, id)));
  return row;
}

export const deleteMailsBefore = (env: Env, tenantId: string, before: number): Statement =>
  database(env)
    .delete(mails)
    .where(and(eq(mails.tenantId, tenantId), lt(mails.createdAt, before)));
