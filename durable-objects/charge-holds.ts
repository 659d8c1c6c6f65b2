/** A charge of which nothing was heard for so long is given back: its call was cut off. */
const HOLD_MS = 60_000;

const TABLE = `CREATE TABLE IF NOT EXISTS holds (
  id TEXT PRIMARY KEY, client TEXT NOT NULL, micros INTEGER NOT NULL CHECK (micros >= 0), at INTEGER NOT NULL) WITHOUT ROWID`;

interface Hold {
  id: string;
  client: string;
  micros: number;
  at: number;
}

/** What was charged before its call and is not booked yet: held durably, so that a restart cannot promise the same money twice. */
export class ChargeHolds {
  private readonly sql: SqlStorage;
  private readonly held = new Map<string, Map<string, Hold>>();

  constructor(storage: DurableObjectStorage) {
    this.sql = storage.sql;
    this.sql.exec(TABLE);
    for (const row of this.sql.exec<Record<keyof Hold, string | number>>("SELECT id, client, micros, at FROM holds"))
      this.remember({ id: `${row.id}`, client: `${row.client}`, micros: Number(row.micros), at: Number(row.at) });
  }

  hold(hold: Hold): void {
    this.sql.exec("INSERT INTO holds VALUES (?, ?, ?, ?)", hold.id, hold.client, hold.micros, hold.at);
    this.remember(hold);
  }

  /** Whether this is held already, and not for so long that it is given back. */
  has(client: string, id: string, now: number): boolean {
    const hold = this.held.get(client)?.get(id);
    return hold !== undefined && hold.at > now - HOLD_MS;
  }

  /** False when there is no such hold. */
  settle(client: string, id: string): boolean {
    if (!this.held.get(client)?.delete(id)) return false;
    this.sql.exec("DELETE FROM holds WHERE id = ?", id);
    return true;
  }

  /** What is held of a client's money, and for how many calls. */
  of(client: string, now: number): { calls: number; micros: number } {
    const sum = { calls: 0, micros: 0 };
    for (const { id, at, micros } of this.held.get(client)?.values() ?? []) {
      if (at <= now - HOLD_MS) {
        this.settle(client, id);
        continue;
      }
      sum.calls++;
      sum.micros += micros;
    }
    return sum;
  }

  private remember(hold: Hold): void {
    const own = this.held.get(hold.client) ?? new Map<string, Hold>();
    own.set(hold.id, hold);
    this.held.set(hold.client, own);
  }
}
