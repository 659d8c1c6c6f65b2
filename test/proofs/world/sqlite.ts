import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { deserialize, serialize } from "node:v8";
import type { Life } from "./timeline.ts";

type Row = Record<string, unknown>;

/** A database on its own, with the statements that were asked of it before. */
export class Database {
  readonly raw = new DatabaseSync(":memory:");
  private readonly prepared = new Map<string, StatementSync>();
  private depth = 0;

  all(sql: string, params: readonly unknown[] = []): Row[] {
    if (params.length === 0 && /;\s*\S/.test(sql)) {
      this.raw.exec(sql);
      return [];
    }
    return this.statement(sql).all(...params.map(asInput)) as Row[];
  }

  /** Rows as arrays of their columns. */
  lists(sql: string, params: readonly unknown[]): unknown[][] {
    const statement = this.statement(`${sql} `);
    statement.setReturnArrays(true);
    return statement.all(...params.map(asInput)) as unknown as unknown[][];
  }

  columns = (sql: string): string[] =>
    this.statement(sql)
      .columns()
      .map((it) => it.name);

  /** All or nothing, nested as deep as needed. */
  transaction<Value>(work: () => Value): Value {
    const name = `level${this.depth++}`;
    this.raw.exec(`SAVEPOINT ${name}`);
    try {
      const value = work();
      this.raw.exec(`RELEASE ${name}`);
      return value;
    } catch (error) {
      this.raw.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
      throw error;
    } finally {
      this.depth -= 1;
    }
  }

  private statement(sql: string): StatementSync {
    const found = this.prepared.get(sql) ?? this.raw.prepare(sql);
    this.prepared.set(sql, found);
    return found;
  }
}

function asInput(value: unknown): SQLInputValue {
  if (value === undefined) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  return value as SQLInputValue;
}

/** The keys and values of an object (`state.storage.kv`), kept in a table as the platform does. */
export function kvStorage(database: Database, life: Life) {
  const { exec } = sqlStorage(database, life);
  const ask = (sql: string, ...params: unknown[]) => {
    exec("CREATE TABLE IF NOT EXISTS _cf_KV (key TEXT PRIMARY KEY, value BLOB)");
    return exec(sql, ...params).toArray();
  };
  return {
    get: (key: string): unknown => {
      const value = ask("SELECT value FROM _cf_KV WHERE key = ?", key)[0]?.["value"];
      return value instanceof Uint8Array ? deserialize(value) : undefined;
    },
    put: (key: string, value: unknown) =>
      void ask("INSERT OR REPLACE INTO _cf_KV VALUES (?, ?)", key, serialize(value)),
    delete: (key: string) => void ask("DELETE FROM _cf_KV WHERE key = ?", key),
  };
}

/** What an object sees of its database (`state.storage.sql`), as long as it lives. */
export const sqlStorage = (database: Database, life: Life) => ({
  exec(sql: string, ...params: unknown[]) {
    if (life.isDead) throw new Error(`${life.name} is dead and touched its storage`);
    const rows = database.all(sql, params).map((row) => ({ ...row }));
    return {
      get columnNames() {
        return database.columns(sql);
      },
      toArray: () => rows,
      one: () => {
        if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}: ${sql}`);
        return rows[0];
      },
      raw: () => rows.map((row) => Object.values(row))[Symbol.iterator](),
      [Symbol.iterator]: () => rows[Symbol.iterator](),
      rowsRead: rows.length,
      rowsWritten: 0,
    };
  },
});
