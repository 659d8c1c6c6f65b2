import { and, asc, eq, isNull } from "drizzle-orm";
import { database, type Statement } from "../../../platform/db.ts";
import type { Rule } from "./rules/rule.ts";
import { canaryRules } from "./schema.ts";

type Key = Pick<Rule, "tenantId" | "id">;
const ofRule = (tenantId: string, id: string) => and(eq(canaryRules.tenantId, tenantId), eq(canaryRules.id, id));

/** All rules of a shop, in the order in which they are asked. */
export const readRules = (env: Env, tenantId: string): Promise<Rule[]> =>
  database(env)
    .select()
    .from(canaryRules)
    .where(eq(canaryRules.tenantId, tenantId))
    .orderBy(asc(canaryRules.position), asc(canaryRules.id));

export async function readRule(env: Env, tenantId: string, id: string): Promise<Rule | undefined> {
  const [row] = await database(env).select().from(canaryRules).where(ofRule(tenantId, id));
  return row;
}

export const insertRule = (env: Env, rule: Rule): Statement => database(env).insert(canaryRules).values(rule);

export const updateRule = (env: Env, { tenantId, id, ...change }: Rule): Statement =>
  database(env).update(canaryRules).set(change).where(ofRule(tenantId, id));

export const removeRule = (env: Env, { tenantId, id }: Key): Statement =>
  database(env).delete(canaryRules).where(ofRule(tenantId, id));

/** The first reason stays. */
export const switchOff = (env: Env, { tenantId, id }: Key, off: { offAt: number; offWhy: string }): Statement =>
  database(env)
    .update(canaryRules)
    .set(off)
    .where(and(ofRule(tenantId, id), isNull(canaryRules.offAt)));
