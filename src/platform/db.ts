import type { Query } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";

/** The shops' database. Every query on it names the tenant (test/architecture holds that). */
export const database = (env: Pick<Env, "DB">) => drizzle(env.DB);

export type Database = ReturnType<typeof database>;

/** A statement that a store returns and `commit` runs: a drizzle query, or raw SQL from `db.run`. */
export type Statement = { toSQL(): Omit<Query, "typings"> } | { getQuery(): Query };

/**
 * Runs the statements as one D1 transaction: all or none. (Drizzle's own `batch` cannot bind the parameters of raw SQL, seen with
 * 0.45.4: `Cannot read properties of undefined (reading 'bind')`; so the statements are bound here.)
 */
export async function transact(env: Pick<Env, "DB">, statements: readonly Statement[]): Promise<void> {
  if (statements.length === 0) return;
  const bound = statements.map((statement) => {
    const { sql, params } = "toSQL" in statement ? statement.toSQL() : statement.getQuery();
    return env.DB.prepare(sql).bind(...params);
  });
  await env.DB.batch(bound);
}
