import { DurableObject } from "cloudflare:workers";
import { type CallVerdict, judgeCall, type Limits, type Used } from "../src/capabilities/selling/reservations/rules.ts";
import { monthOf } from "../src/platform/time.ts";
import { GroupCommit } from "./kit/group-commit.ts";

const SECOND_MS = 1_000;

const TABLES = `
  CREATE TABLE IF NOT EXISTS usage (
    id INTEGER PRIMARY KEY CHECK (id = 1), month INTEGER NOT NULL, used INTEGER NOT NULL CHECK (used >= 0),
    revoked INTEGER NOT NULL);
  INSERT OR IGNORE INTO usage VALUES (1, 0, 0, 0);`;

export interface Taken {
  verdict: CallVerdict | "revoked";
  /** After this call, at `now`. */
  used: Used;
  now: number;
}

/**
 * The single counter of one licence's calls, so its limits are exact wherever the calls arrive. The month's count is durable
 * before a call is admitted, with one write for all calls of a turn; the last second is kept in memory and forgotten in a crash.
 */
export class LicenceMeter extends DurableObject<Env> {
  private readonly sql = this.ctx.storage.sql;
  private readonly turn = new GroupCommit<Limits, Taken>(this.ctx, (calls) => this.decide(calls));
  private readonly lately = new Map<number, number>();
  private thisSecond = 0;
  private month = 0;
  private thisMonth = 0;
  private isRevoked = false;
  private now = () => Date.now();

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.sql.exec(TABLES);
    const row = this.sql.exec<{ month: number; used: number; revoked: number }>("SELECT * FROM usage").one();
    this.month = row.month;
    this.thisMonth = row.used;
    this.isRevoked = row.revoked === 1;
  }

  /** Counts a call if the limits allow it. */
  take(limits: Limits): Promise<Taken> {
    return this.turn.submit(limits);
  }

  used(): Used {
    this.forgetThePast(this.now());
    return { thisSecond: this.thisSecond, thisMonth: this.thisMonth };
  }

  revoke(): void {
    this.isRevoked = true;
    this.sql.exec("UPDATE usage SET revoked = 1");
  }

  private decide(calls: readonly Limits[]): Taken[] {
    const now = this.now();
    this.forgetThePast(now);
    const before = this.thisMonth;
    const answers = calls.map((limits) => this.decideOne(limits, now));
    if (this.thisMonth !== before) this.sql.exec("UPDATE usage SET month = ?, used = ?", this.month, this.thisMonth);
    return answers;
  }

  private decideOne(limits: Limits, now: number): Taken {
    const verdict = this.isRevoked
      ? "revoked"
      : judgeCall({ thisSecond: this.thisSecond, thisMonth: this.thisMonth }, limits);
    if (verdict === "admitted") {
      this.lately.set(now, (this.lately.get(now) ?? 0) + 1);
      this.thisSecond++;
      this.thisMonth++;
    }
    return { verdict, used: { thisSecond: this.thisSecond, thisMonth: this.thisMonth }, now };
  }

  /** Calls are counted by the millisecond, so at most a thousand numbers describe any second. */
  private forgetThePast(now: number): void {
    for (const [at, calls] of this.lately) {
      if (at > now - SECOND_MS && at <= now) continue;
      this.lately.delete(at);
      this.thisSecond -= calls;
    }
    const { from } = monthOf(now);
    if (from <= this.month) return;
    this.month = from;
    this.thisMonth = 0;
  }
}
