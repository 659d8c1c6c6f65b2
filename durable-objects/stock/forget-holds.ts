import type { Alarms } from "../kit/alarms.ts";

/**
 * Settled holds, and how units moved, are kept for so long. Until then a repeated request is answered as before, which is promised
 * for seven days.
 */
export const KEPT_MS = 90 * 86_400_000;
/** Rows of each table that one transaction looks at, and when the next one does. */
const ROWS_MAX = 1_000;
const FORGET_AGAIN_MS = 1_000;
const LOOK_AGAIN_MS = 3_600_000;

/** What buyers bought with holds that are forgotten: their limit counts it for good. */
export const BOUGHT = `
  CREATE TABLE IF NOT EXISTS bought (buyer TEXT PRIMARY KEY, slot INTEGER NOT NULL, units INTEGER NOT NULL) WITHOUT ROWID;`;

/**
 * Forgets what is old, so that a counter never fills up. Sums stay: units by buyer, and one movement of each kind under a negative
 * number. The newest hold stays too, since numbers go on from it.
 */
export class OldHolds {
  private lookAt = 0;

  constructor(
    private readonly storage: DurableObjectStorage,
    private readonly alarms: Alarms,
  ) {}

  /** Run it by alarm, when everything is written. */
  forget(now: number): void {
    if (now < this.lookAt) return;
    const before = now - KEPT_MS;
    const most = this.storage.transactionSync(() => Math.max(this.forgetHolds(before), this.sumMovements(before)));
    const isMore = most >= ROWS_MAX / 2;
    this.lookAt = now + (isMore ? FORGET_AGAIN_MS : LOOK_AGAIN_MS);
    if (isMore) this.alarms.armBy(this.lookAt);
  }

  private forgetHolds(before: number): number {
    const { sql } = this.storage;
    const old = list(
      sql.exec<{ seq: number }>(
        `SELECT seq FROM (SELECT * FROM holds ORDER BY seq LIMIT ?)
         WHERE status <> 'held' AND expires_at < ? AND seq < (SELECT max(seq) FROM holds)`,
        ROWS_MAX,
        before,
      ),
    );
    if (old.length === 0) return 0;
    const seqs = JSON.stringify(old);
    sql.exec(
      `INSERT INTO bought SELECT buyer, slot, sum(quantity) FROM holds
       WHERE seq IN (SELECT value FROM json_each(?)) AND status = 'confirmed' GROUP BY buyer
       ON CONFLICT (buyer) DO UPDATE SET units = units + excluded.units`,
      seqs,
    );
    for (const table of this.has("extensions") ? ["extensions", "holds"] : ["holds"])
      sql.exec(`DELETE FROM ${table} WHERE seq IN (SELECT value FROM json_each(?))`, seqs);
    return old.length;
  }

  /** What came from and went to other counters stays as it is: each is looked up by name. */
  private sumMovements(before: number): number {
    const { sql } = this.storage;
    const old = list(
      sql.exec<{ seq: number }>(
        `SELECT seq FROM (SELECT * FROM movements WHERE seq >= 0 ORDER BY seq LIMIT ?)
         WHERE at < ? AND kind IN ('set', 'adjust', 'confirm', 'slots')`,
        ROWS_MAX,
        before,
      ),
    );
    if (old.length === 0) return 0;
    const seqs = JSON.stringify(old);
    sql.exec(
      `INSERT INTO movements (seq, kind, delta, reason, at)
       SELECT CASE kind WHEN 'set' THEN -1 WHEN 'adjust' THEN -2 WHEN 'confirm' THEN -3 ELSE -4 END, kind, sum(delta), 'older', max(at)
       FROM movements WHERE seq IN (SELECT value FROM json_each(?)) GROUP BY kind
       ON CONFLICT (seq) DO UPDATE SET delta = delta + excluded.delta, at = excluded.at`,
      seqs,
    );
    sql.exec("DELETE FROM movements WHERE seq IN (SELECT value FROM json_each(?))", seqs);
    return old.length;
  }

  private has = (table: string): boolean =>
    this.storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = ?", table).toArray().length > 0;
}

const list = (rows: Iterable<{ seq: number }>): number[] => Array.from(rows, (row) => row.seq);
