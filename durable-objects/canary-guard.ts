import { DurableObject } from "cloudflare:workers";
import {
  addCalls,
  type Calls,
  findBreach,
  NO_CALLS,
  WINDOW_SECONDS,
} from "../src/capabilities/marketing/canary/rules/guard.ts";
import type { Guard } from "../src/capabilities/marketing/canary/rules/rule.ts";

const SECOND_MS = 1_000;

const TABLES = `
  CREATE TABLE IF NOT EXISTS verdict (
    id INTEGER PRIMARY KEY CHECK (id = 1), breach TEXT NOT NULL, at INTEGER NOT NULL);`;

export interface Judgement {
  /** Why the arm is off; null while it keeps its promise. */
  breach: string | null;
}

/**
 * The one judge of a canary rule: it adds up what the isolates report and decides once, for all of them, that the arm is off. The
 * counts live in memory (an eviction forgets at most half a minute of them), the verdict is durable until the rule is enabled anew.
 */
export class CanaryGuard extends DurableObject<Env> {
  private readonly sql = this.ctx.storage.sql;
  private bySecond = new Map<number, Calls>();
  private breach: string | null;
  private now = () => Date.now();

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.sql.exec(TABLES);
    this.breach = this.sql.exec<{ breach: string }>("SELECT breach FROM verdict").toArray()[0]?.breach ?? null;
  }

  report(calls: Calls, guard: Guard): Judgement {
    const second = Math.floor(this.now() / SECOND_MS);
    this.bySecond.set(second, addCalls(this.bySecond.get(second) ?? NO_CALLS, calls));
    if (this.breach !== null) return { breach: this.breach };
    const breach = findBreach(this.lately(), guard);
    if (breach === undefined) return { breach: null };
    this.sql.exec("INSERT INTO verdict VALUES (1, ?, ?)", breach, this.now());
    this.breach = breach;
    return { breach };
  }

  /** The calls of the last half minute. */
  lately(): Calls {
    const oldest = Math.floor(this.now() / SECOND_MS) - WINDOW_SECONDS;
    for (const second of this.bySecond.keys()) if (second <= oldest) this.bySecond.delete(second);
    return [...this.bySecond.values()].reduce(addCalls, NO_CALLS);
  }

  startAnew(): void {
    this.sql.exec("DELETE FROM verdict");
    this.breach = null;
    this.bySecond.clear();
  }
}
