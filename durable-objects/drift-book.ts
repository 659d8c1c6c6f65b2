import type { Check, Drift } from "../src/capabilities/insight/consistency/actions/check-skus.ts";
import type { Level, Said } from "../src/capabilities/insight/consistency/rules.ts";

/** Stands for the whole SKU where a shard's number could stand. */
const WHOLE = -1;
/** Drifts and checks that are kept; older ones only count in the totals. */
const DRIFTS_MAX = 1_000;
const CHECKS_MAX = 60;

const TABLES = `
  CREATE TABLE IF NOT EXISTS watched (
    sku TEXT NOT NULL, shard INTEGER NOT NULL, state TEXT NOT NULL, PRIMARY KEY (sku, shard)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS watched_by_state ON watched (state, shard);
  CREATE TABLE IF NOT EXISTS drifts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sku TEXT NOT NULL, shard INTEGER NOT NULL, copy TEXT NOT NULL,
    reason TEXT NOT NULL, seen TEXT, expected TEXT, found_at INTEGER NOT NULL, repaired_at INTEGER);
  CREATE TABLE IF NOT EXISTS totals (copy TEXT, reason TEXT, total INTEGER NOT NULL, PRIMARY KEY (copy, reason)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS checks (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, skus INTEGER NOT NULL, drifted INTEGER NOT NULL);`;

export interface KeptDrift {
  id: number;
  sku: string;
  shard: number | null;
  copy: string;
  reason: string;
  seen: Said | null;
  expected: Level | null;
  foundAt: number;
  repairedAt: number | null;
}

type DriftRow = {
  id: number;
  sku: string;
  shard: number;
  copy: string;
  reason: string;
  seen: string | null;
  expected: string | null;
  found_at: number;
  repaired_at: number | null;
};

/** What a monitor remembers: the SKUs it watches with their latest state, the drifts it found, and its last minute. */
export class DriftBook {
  constructor(private readonly sql: SqlStorage) {
    sql.exec(TABLES);
  }

  /** SKUs that are new are watched from now on, as consistent until they are checked. */
  watch(skus: readonly string[]): void {
    this.sql.exec(
      "INSERT OR IGNORE INTO watched SELECT value, ?, 'consistent' FROM json_each(?)",
      WHOLE,
      JSON.stringify(skus),
    );
  }

  /** SKUs in order, from after `after`. */
  next(after: string, limit: number): string[] {
    return this.column("SELECT sku FROM watched WHERE sku > ? AND shard = ? ORDER BY sku LIMIT ?", after, WHOLE, limit);
  }

  /** SKUs whose latest check was not clean. */
  unsettled(limit: number): string[] {
    return this.column("SELECT DISTINCT sku FROM watched WHERE state IN ('drifted', 'lagging') LIMIT ?", limit);
  }

  /** Writes down a check; run it in one transaction. A drift that is still open is not counted again. */
  keep({ checked, drifts, gone }: Check, now: number): void {
    for (const it of checked) this.keepState(it);
    for (const sku of gone) this.sql.exec("DELETE FROM watched WHERE sku = ?", sku);
    for (const drift of drifts) this.keepDrift(drift);
    this.sql.exec("INSERT INTO checks (at, skus, drifted) VALUES (?, ?, ?)", now, checked.length, drifts.length);
    this.sql.exec("DELETE FROM checks WHERE id <= (SELECT max(id) FROM checks) - ?", CHECKS_MAX);
    this.sql.exec("DELETE FROM drifts WHERE id <= (SELECT max(id) FROM drifts) - ?", DRIFTS_MAX);
  }

  private keepState({ sku, state, shards }: Check["checked"][number]): void {
    const numbers = JSON.stringify([WHOLE, ...shards.map((it) => it.shard)]);
    this.sql.exec("DELETE FROM watched WHERE sku = ? AND shard NOT IN (SELECT value FROM json_each(?))", sku, numbers);
    for (const it of [{ shard: WHOLE, state }, ...shards])
      this.sql.exec(
        "INSERT INTO watched VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET state = ?3 WHERE state <> ?3",
        sku,
        it.shard,
        it.state,
      );
  }

  private keepDrift({ sku, shard = WHOLE, copy, reason, seen, expected, foundAt, repairedAt }: Drift): void {
    const { rowsWritten } = this.sql.exec(
      "UPDATE drifts SET repaired_at = ? WHERE sku = ? AND shard = ? AND copy = ? AND reason = ? AND repaired_at IS NULL",
      repairedAt ?? null,
      sku,
      shard,
      copy,
      reason,
    );
    if (rowsWritten > 0) return;
    this.sql.exec(
      "INSERT INTO drifts (sku, shard, copy, reason, seen, expected, found_at, repaired_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      sku,
      shard,
      copy,
      reason,
      seen ? JSON.stringify(seen) : null,
      expected ? JSON.stringify(expected) : null,
      foundAt,
      repairedAt ?? null,
    );
    this.sql.exec(
      "INSERT INTO totals VALUES (?, ?, 1) ON CONFLICT (copy, reason) DO UPDATE SET total = total + 1",
      copy,
      reason,
    );
  }

  drifts(limit: number): KeptDrift[] {
    return this.sql
      .exec<DriftRow>("SELECT * FROM drifts ORDER BY id DESC LIMIT ?", limit)
      .toArray()
      .map(({ found_at: foundAt, repaired_at: repairedAt, seen, expected, shard, ...row }) => ({
        ...row,
        shard: shardOf(shard),
        seen: seen === null ? null : JSON.parse(seen),
        expected: expected === null ? null : JSON.parse(expected),
        foundAt,
        repairedAt,
      }));
  }

  totals(): { copy: string; reason: string; total: number }[] {
    return this.sql.exec<{ copy: string; reason: string; total: number }>("SELECT * FROM totals").toArray();
  }

  /** How many SKUs of each shard are watched, and in which state their latest check found them. */
  shards(): { shard: number | null; skus: number; lagging: number; drifted: number }[] {
    return this.sql
      .exec<{ shard: number; skus: number; lagging: number; drifted: number }>(
        `SELECT shard, count(*) AS skus, sum(state = 'lagging') AS lagging, sum(state = 'drifted') AS drifted
         FROM watched GROUP BY shard ORDER BY shard`,
      )
      .toArray()
      .map((row) => ({ ...row, shard: shardOf(row.shard) }));
  }

  /** The last minute, oldest first, and how many checks there were ever. */
  checks(): { ever: number; recent: { at: number; skus: number; drifted: number }[] } {
    const recent = this.sql
      .exec<{ id: number; at: number; skus: number; drifted: number }>("SELECT * FROM checks ORDER BY id")
      .toArray();
    return { ever: recent.at(-1)?.id ?? 0, recent: recent.map(({ at, skus, drifted }) => ({ at, skus, drifted })) };
  }

  private column(query: string, ...bindings: (string | number)[]): string[] {
    return this.sql
      .exec<{ sku: string }>(query, ...bindings)
      .toArray()
      .map((row) => row.sku);
  }
}

const shardOf = (kept: number): number | null => (kept === WHOLE ? null : kept);
