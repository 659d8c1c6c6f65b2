import { drizzle } from "drizzle-orm/d1";

/** The shops' database. Every query on it names the tenant (test/architecture holds that). */
export const database = (env: Pick<Env, "DB">) => drizzle(env.DB);

export type Database = ReturnType<typeof database>;

/** A statement that a store returns and `commit` runs. */
export type Statement = Parameters<Database["batch"]>[0][number];
