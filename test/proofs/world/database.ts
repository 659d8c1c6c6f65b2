import type { Faults } from "./faults.ts";
import type { Database } from "./sqlite.ts";
import type { Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";

/** D1 as a Worker sees it: every call takes a while, may fail, or may be done and fail all the same. */
export class WorldD1 {
  constructor(
    private readonly database: Database,
    private readonly timeline: Timeline,
    private readonly faults: Faults,
    private readonly trace: Trace,
  ) {}

  prepare = (sql: string) => new WorldStatement(this, sql, []);

  batch = (statements: readonly WorldStatement[]): Promise<unknown[]> =>
    this.ask("batch", (database) => database.transaction(() => statements.map((it) => it.on(database))));

  /** Asks at a moment that faults decide; a dead asker never hears. */
  ask<Value>(what: string, work: (database: Database) => Value): Promise<Value> {
    const { timeline, faults, trace } = this;
    const caller = timeline.life;
    const fate = faults.database(caller?.name);
    return new Promise((resolve, reject) => {
      const answer = (settle: () => void) => timeline.after(fate.ms, settle, caller);
      timeline.after(fate.ms, () => {
        trace.note(`d1 ${what} ${fate.outcome}`);
        if (fate.outcome === "failed") return answer(() => reject(new Error("D1_ERROR: Network connection lost.")));
        try {
          const value = work(this.database);
          if (fate.outcome === "unsure")
            answer(() => reject(new Error("D1_ERROR: internal error; the outcome is unknown.")));
          else answer(() => resolve(value));
        } catch (error) {
          answer(() => reject(new Error(`D1_ERROR: ${error instanceof Error ? error.message : error}`)));
        }
      });
    });
  }
}

class WorldStatement {
  constructor(
    private readonly d1: WorldD1,
    private readonly sql: string,
    private readonly params: readonly unknown[],
  ) {}

  bind = (...params: unknown[]) => new WorldStatement(this.d1, this.sql, params);

  on = (database: Database) => ({ success: true, results: plain(database.all(this.sql, this.params)), meta: {} });

  all = () => this.d1.ask("all", this.on);
  run = () => this.d1.ask("run", this.on);
  raw = () => this.d1.ask("raw", (database) => database.lists(this.sql, this.params));
  first = async (column?: string) => {
    const { results } = await this.d1.ask("first", this.on);
    const row = results[0] ?? null;
    return column === undefined ? row : (row?.[column] ?? null);
  };
}

const plain = (rows: Record<string, unknown>[]): Record<string, unknown>[] => rows.map((row) => ({ ...row }));
