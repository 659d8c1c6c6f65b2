import type { Outcome } from "../src/capabilities/insight/webhooks/actions/send-message.ts";
import type { deliveryStates, Failure } from "../src/capabilities/insight/webhooks/contract.ts";
import { type Breaker, CLOSED } from "../src/capabilities/insight/webhooks/rules/breaker.ts";
import { type Message, TEST_TYPE } from "../src/capabilities/insight/webhooks/rules/message.ts";

/** Deliveries are kept so long, and at most so many: older ones leave, whatever their state. */
const KEPT_MS = 30 * 86_400_000;
const DELIVERIES_MAX = 100_000;
/** Tries that are kept of one delivery. */
const ATTEMPTS_KEPT = 50;

const TABLES = `
  CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')), attempts INTEGER NOT NULL DEFAULT 0,
    tried INTEGER NOT NULL DEFAULT 0, next_at INTEGER, CHECK ((state = 'waiting') = (next_at IS NOT NULL)));
  CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (next_at) WHERE next_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS deliveries_by_state ON deliveries (state, seq);
  CREATE INDEX IF NOT EXISTS deliveries_by_time ON deliveries (at);
  CREATE TABLE IF NOT EXISTS attempts (
    delivery INTEGER NOT NULL REFERENCES deliveries (seq) ON DELETE CASCADE, number INTEGER NOT NULL, at INTEGER NOT NULL,
    status INTEGER, ms INTEGER NOT NULL, failure TEXT, answer TEXT NOT NULL, PRIMARY KEY (delivery, number)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS breaker (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL);`;

export type DeliveryState = (typeof deliveryStates)[number];

export type KeptDelivery = {
  seq: number;
  id: string;
  type: string;
  at: number;
  body: string;
  state: DeliveryState;
  /** All tries, and those since it was taken or replayed. */
  attempts: number;
  tried: number;
  next_at: number | null;
};

export type KeptAttempt = {
  number: number;
  at: number;
  status: number | null;
  ms: number;
  failure: Failure | null;
  answer: string;
};

export type LoggedDelivery = KeptDelivery & { log: KeptAttempt[] };

/** One endpoint's deliveries with their tries, and its breaker, in the object's SQLite. */
export class DeliveryBook {
  constructor(private readonly sql: SqlStorage) {
    this.open();
  }

  open(): void {
    this.sql.exec(TABLES);
  }

  /** Keeps a message once, due at once. */
  take({ id, type, at, body }: Message, now: number): void {
    this.sql.exec(
      "INSERT OR IGNORE INTO deliveries (id, type, at, body, state, next_at) VALUES (?, ?, ?, ?, 'waiting', ?)",
      ...[id, type, at, body, now],
    );
  }

  /** What is to be sent now, the longest due first. */
  due(now: number, limit: number): KeptDelivery[] {
    return this.rows("WHERE next_at <= ? ORDER BY next_at, seq LIMIT ?", now, limit);
  }

  nextAt(): number | null {
    return this.sql
      .exec<{ at: number | null }>("SELECT min(next_at) AS at FROM deliveries WHERE next_at IS NOT NULL")
      .one().at;
  }

  /** Writes a try down. `nextAt`: when it is tried again. */
  tried(
    { seq, attempts }: KeptDelivery,
    { status, ms, failure, answer }: Outcome,
    now: number,
    nextAt: number | undefined,
  ): void {
    const number = attempts + 1;
    this.sql.exec(
      "INSERT INTO attempts VALUES (?, ?, ?, ?, ?, ?, ?)",
      ...[seq, number, now, status, ms, failure, answer],
    );
    this.sql.exec("DELETE FROM attempts WHERE delivery = ? AND number <= ?", seq, number - ATTEMPTS_KEPT);
    const state = failure === null ? "delivered" : nextAt === undefined ? "dead" : "waiting";
    this.sql.exec(
      "UPDATE deliveries SET state = ?, attempts = ?, tried = tried + 1, next_at = ? WHERE seq = ?",
      ...[state, number, state === "waiting" ? (nextAt ?? null) : null, seq],
    );
  }

  /** What waits is tried no more. */
  bury(): void {
    this.sql.exec("UPDATE deliveries SET state = 'dead', next_at = NULL WHERE state = 'waiting'");
  }

  replay(id: string, now: number): void {
    this.sql.exec("UPDATE deliveries SET state = 'waiting', tried = 0, next_at = ? WHERE id = ?", now, id);
  }

  /** Answers how many there were. */
  replayRange(range: { from: number; to: number; states: readonly DeliveryState[] }, now: number): number {
    return this.sql
      .exec(
        `UPDATE deliveries SET state = 'waiting', tried = 0, next_at = ?
         WHERE at >= ? AND at < ? AND state IN (SELECT value FROM json_each(?)) AND type <> ? RETURNING seq`,
        ...[now, range.from, range.to, JSON.stringify(range.states), TEST_TYPE],
      )
      .toArray().length;
  }

  read(id: string): LoggedDelivery | undefined {
    const [row] = this.rows("WHERE id = ?", id);
    return row && { ...row, log: this.logOf(row.seq, ATTEMPTS_KEPT) };
  }

  /** Newest first, from before `before`, each with its latest try. */
  list({ state, before, limit }: { state?: DeliveryState; before?: number; limit: number }): LoggedDelivery[] {
    const upTo = before ?? Number.MAX_SAFE_INTEGER;
    const rows = state
      ? this.rows("WHERE state = ? AND seq < ? ORDER BY seq DESC LIMIT ?", state, upTo, limit)
      : this.rows("WHERE seq < ? ORDER BY seq DESC LIMIT ?", upTo, limit);
    return rows.map((row) => ({ ...row, log: this.logOf(row.seq, 1) }));
  }

  count(state: DeliveryState): number {
    return this.sql.exec<{ count: number }>("SELECT count(*) AS count FROM deliveries WHERE state = ?", state).one()
      .count;
  }

  get breaker(): Breaker {
    const [row] = this.sql.exec<{ state: string }>("SELECT state FROM breaker").toArray();
    return row ? JSON.parse(row.state) : CLOSED;
  }

  set breaker(breaker: Breaker) {
    this.sql.exec("INSERT OR REPLACE INTO breaker VALUES (1, ?)", JSON.stringify(breaker));
  }

  forgetOld(now: number): void {
    this.sql.exec("DELETE FROM deliveries WHERE at < ? AND state <> 'waiting'", now - KEPT_MS);
    this.sql.exec("DELETE FROM deliveries WHERE seq <= (SELECT max(seq) FROM deliveries) - ?", DELIVERIES_MAX);
  }

  private rows(where: string, ...bindings: (string | number)[]): KeptDelivery[] {
    return this.sql.exec<KeptDelivery>(`SELECT * FROM deliveries ${where}`, ...bindings).toArray();
  }

  private logOf(seq: number, limit: number): KeptAttempt[] {
    return this.sql
      .exec<KeptAttempt>(
        "SELECT number, at, status, ms, failure, answer FROM attempts WHERE delivery = ? ORDER BY number DESC LIMIT ?",
        seq,
        limit,
      )
      .toArray();
  }
}
