import { and, count, desc, eq, isNull, lt } from "drizzle-orm";
import { database, type Statement } from "../../../platform/db.ts";
import { webhookEndpoints } from "./schema.ts";

export type Endpoint = typeof webhookEndpoints.$inferSelect;
type Name = Pick<Endpoint, "tenantId" | "id">;

export async function readEndpoint(env: Pick<Env, "DB">, { tenantId, id }: Name): Promise<Endpoint | undefined> {
  const [row] = await database(env)
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.tenantId, tenantId), eq(webhookEndpoints.id, id)));
  return row;
}

/** Endpoints newest first, from after the id `after`. */
export const readEndpoints = (env: Env, tenantId: string, limit: number, after?: string): Promise<Endpoint[]> =>
  database(env)
    .select()
    .from(webhookEndpoints)
    .where(
      and(eq(webhookEndpoints.tenantId, tenantId), after === undefined ? undefined : lt(webhookEndpoints.id, after)),
    )
    .orderBy(desc(webhookEndpoints.id))
    .limit(limit);

/** What each endpoint that is switched on asks for. */
export const readWishes = (env: Env, tenantId: string): Promise<Pick<Endpoint, "id" | "events">[]> =>
  database(env)
    .select({ id: webhookEndpoints.id, events: webhookEndpoints.events })
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.tenantId, tenantId), isNull(webhookEndpoints.disabledAt)));

export async function countEndpoints(env: Env, tenantId: string): Promise<number> {
  const [row] = await database(env)
    .select({ endpoints: count() })
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.tenantId, tenantId));
  return row?.endpoints ?? 0;
}

export const insertEndpoint = (env: Env, endpoint: Endpoint): Statement =>
  database(env).insert(webhookEndpoints).values(endpoint);

export const updateEndpoint = (
  env: Pick<Env, "DB">,
  { tenantId, id }: Name,
  change: Partial<Pick<Endpoint, "url" | "description" | "events" | "salts" | "disabledAt" | "disabledReason">>,
): Statement =>
  database(env)
    .update(webhookEndpoints)
    .set(change)
    .where(and(eq(webhookEndpoints.tenantId, tenantId), eq(webhookEndpoints.id, id)));

/** Only while the salts are still the ones that were read. */
export const replaceSalts = (env: Env, { tenantId, id, salts }: Endpoint, by: Endpoint["salts"]): Statement =>
  database(env)
    .update(webhookEndpoints)
    .set({ salts: by })
    .where(
      and(eq(webhookEndpoints.tenantId, tenantId), eq(webhookEndpoints.id, id), eq(webhookEndpoints.salts, salts)),
    );

export const deleteEndpoint = (env: Env, { tenantId, id }: Name): Statement =>
  database(env)
    .delete(webhookEndpoints)
    .where(and(eq(webhookEndpoints.tenantId, tenantId), eq(webhookEndpoints.id, id)));
