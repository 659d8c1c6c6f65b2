const WINDOWS_MAX = 10_000;
/** Windows that are over are looked for at most once in this time. */
const SWEEP_MS = 1_000;
/** Windows of this length and more are kept in storage too: an object that rested, or died, goes on counting where it was. */
const KEPT_FROM_MS = 60_000;
/** More than these are not kept; where more are open, the least used are forgotten first. */
const KEPT_MAX = 100_000;
/** Kept windows that are over, or too many, are deleted at most once in this time. */
const DELETE_MS = 60_000;

const TABLE = `CREATE TABLE IF NOT EXISTS rate_windows (
  name TEXT PRIMARY KEY, used INTEGER NOT NULL, begins_at INTEGER NOT NULL, ends_at INTEGER NOT NULL) WITHOUT ROWID`;

export interface RateWindow {
  used: number;
  readonly beginsAt: number;
  readonly endsAt: number;
}

/**
 * How much of its rate each pool has used in the window that is open: short ones in memory, of which the oldest is forgotten where
 * there are too many; those of a minute and more in storage as well.
 */
export class RateWindows {
  /** In the order in which they were opened. */
  private readonly open = new Map<string, RateWindow>();
  private sweptIn = 0;
  private deletedIn = 0;

  constructor(private readonly sql: SqlStorage) {
    sql.exec(TABLE);
  }

  of(pool: string, lengthMs: number, now: number): RateWindow {
    const name = nameOf(pool, lengthMs);
    const beginsAt = now - (now % lengthMs);
    const known = this.open.get(name);
    if (known?.beginsAt === beginsAt) return known;
    this.open.delete(name);
    if (this.open.size >= WINDOWS_MAX) this.makeRoom(now);
    const used = lengthMs < KEPT_FROM_MS ? 0 : this.usedBefore(name, beginsAt);
    const window = { used, beginsAt, endsAt: beginsAt + lengthMs };
    this.open.set(name, window);
    return window;
  }

  /** Counts calls in the window that is open; durable before the object answers where the window is a long one. */
  use(pool: string, lengthMs: number, now: number, calls: number): void {
    const window = this.of(pool, lengthMs, now);
    window.used += calls;
    if (lengthMs < KEPT_FROM_MS || calls === 0) return;
    this.sql.exec(
      "INSERT OR REPLACE INTO rate_windows VALUES (?, ?, ?, ?)",
      ...[nameOf(pool, lengthMs), window.used, window.beginsAt, window.endsAt],
    );
    this.deleteOld(now);
  }

  private usedBefore(name: string, beginsAt: number): number {
    const [row] = this.sql.exec<{ used: number }>(
      "SELECT used FROM rate_windows WHERE name = ? AND begins_at = ?",
      ...[name, beginsAt],
    );
    return row?.used ?? 0;
  }

  private deleteOld(now: number): void {
    const round = Math.floor(now / DELETE_MS);
    if (round === this.deletedIn) return;
    this.deletedIn = round;
    this.sql.exec("DELETE FROM rate_windows WHERE ends_at <= ?", now);
    this.sql.exec(
      `DELETE FROM rate_windows WHERE name IN
         (SELECT name FROM rate_windows ORDER BY used LIMIT MAX(0, (SELECT COUNT(*) FROM rate_windows) - ?))`,
      KEPT_MAX,
    );
  }

  private makeRoom(now: number): void {
    const sweep = Math.floor(now / SWEEP_MS);
    if (sweep !== this.sweptIn) for (const [name, { endsAt }] of this.open) if (endsAt <= now) this.open.delete(name);
    this.sweptIn = sweep;
    const [oldest] = this.open.keys();
    if (this.open.size >= WINDOWS_MAX && oldest !== undefined) this.open.delete(oldest);
  }
}

const nameOf = (pool: string, lengthMs: number): string => `${lengthMs} ${pool}`;
