import type { Flow, Pace } from "../src/capabilities/marketing/waiting-room/rules/admit.ts";

/** What the sale asks of its room; `version` grows with each change of it. */
export interface RoomTerms extends Pace {
  version: number;
  startsAt: number;
  endsAt: number;
}

export interface Entry {
  id: string;
  buyer: string;
  /** Fingerprint of the key of the request that made it. */
  key: string;
  lot: string;
  enteredAt: number;
  /** 1 is let in first; null until the draw. */
  place: number | null;
  /** Grows when an entrant whose pass expired lines up again. */
  turn: number;
  admittedAt: number | null;
  expiresAt: number | null;
  usedAt: number | null;
}

export interface Room {
  terms: RoomTerms;
  seed: string;
  drawnAt: number | null;
  drawn: number;
  entered: number;
  lastPlace: number;
  /** Everybody up to this place was let in. */
  admitted: number;
  used: number;
  isPaused: boolean;
  flow: Flow;
}

type EntryRow = {
  id: string;
  buyer: string;
  key: string;
  lot: string;
  entered_at: number;
  place: number | null;
  turn: number;
  admitted_at: number | null;
  expires_at: number | null;
  used_at: number | null;
};

const TABLES = `
  CREATE TABLE IF NOT EXISTS room (id INTEGER PRIMARY KEY CHECK (id = 1), doc TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS entries (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, buyer TEXT NOT NULL UNIQUE, key TEXT NOT NULL UNIQUE, lot TEXT NOT NULL,
    entered_at INTEGER NOT NULL, place INTEGER UNIQUE, turn INTEGER NOT NULL, admitted_at INTEGER, expires_at INTEGER,
    used_at INTEGER, drawn INTEGER UNIQUE);`;

/**
 * A waiting room's memory over its SQLite tables: the room itself and its live passes are held, entries are read by those who ask.
 * `write` puts what changed in a turn into storage with at most three statements.
 */
export class WaitingBook {
  room: Room | undefined;
  /** When each pass that is neither used nor expired will expire, by place: the order of places is that of expiry. */
  readonly live = new Map<number, number>();
  private written = "";
  /** What the callers of this turn named or made, and nothing else. */
  private readonly byId = new Map<string, Entry>();
  private readonly byBuyer = new Map<string, Entry>();
  private readonly byKey = new Map<string, Entry>();
  private readonly byPlace = new Map<number, Entry>();
  private readonly fresh = new Set<Entry>();
  private changed = new Set<Entry>();
  private admissions: [place: number, at: number, expiresAt: number][] = [];

  constructor(private readonly sql: SqlStorage) {
    if (sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'room'").toArray().length > 0) this.load();
  }

  open(room: Room): void {
    this.sql.exec(TABLES);
    this.room = room;
  }

  private load(): void {
    const [row] = this.sql.exec<{ doc: string }>("SELECT doc FROM room").toArray();
    if (!row) return;
    const room: Room = JSON.parse(row.doc);
    this.room = room;
    this.written = row.doc;
    for (const it of this.sql.exec<{ place: number; expires_at: number }>(
      "SELECT place, expires_at FROM entries WHERE place <= ? AND expires_at > ? AND used_at IS NULL ORDER BY place",
      room.admitted,
      room.flow.at,
    ))
      this.live.set(it.place, it.expires_at);
  }

  /** Everybody who is in gets a place in the order of their lots: one statement, whatever their number. */
  draw(room: Room, at: number): void {
    this.sql.exec(
      `UPDATE entries SET place = line.place, drawn = line.place
       FROM (SELECT seq, row_number() OVER (ORDER BY lot, id) AS place FROM entries) AS line WHERE line.seq = entries.seq`,
    );
    room.drawnAt = at;
    room.drawn = room.entered;
    room.lastPlace = room.entered;
  }

  /** Loads the entries that this turn's callers name, with one read whatever their number. */
  recall(ids: readonly string[], buyers: readonly string[], keys: readonly string[]): void {
    if (ids.length + buyers.length === 0) return;
    const rows = this.sql.exec<EntryRow>(
      `SELECT id, buyer, key, lot, entered_at, place, turn, admitted_at, expires_at, used_at FROM entries
       WHERE id IN (SELECT value FROM json_each(?)) OR buyer IN (SELECT value FROM json_each(?))
         OR key IN (SELECT value FROM json_each(?))`,
      JSON.stringify(ids),
      JSON.stringify(buyers),
      JSON.stringify(keys),
    );
    for (const row of rows) this.remember(asEntry(row));
  }

  entryById = (id: string): Entry | undefined => this.byId.get(id);
  entryOf = (buyer: string): Entry | undefined => this.byBuyer.get(buyer);
  entryByKey = (key: string): Entry | undefined => this.byKey.get(key);

  private remember(entry: Entry): void {
    this.byId.set(entry.id, entry);
    this.byBuyer.set(entry.buyer, entry);
    this.byKey.set(entry.key, entry);
    if (entry.place !== null) this.byPlace.set(entry.place, entry);
  }

  add(room: Room, entry: Entry): void {
    room.entered++;
    this.fresh.add(entry);
    this.remember(entry);
  }

  /** Gives the entry the place behind everybody. */
  lineUp(room: Room, entry: Entry): void {
    entry.place = ++room.lastPlace;
    this.byPlace.set(entry.place, entry);
    this.touch(entry);
  }

  touch(entry: Entry): void {
    if (!this.fresh.has(entry)) this.changed.add(entry);
  }

  /** The next in line is let in. Who that is only storage knows, unless they ask in this turn. */
  admit(room: Room, at: number, expiresAt: number): void {
    const place = ++room.admitted;
    const entry = this.byPlace.get(place);
    if (entry) this.touch(Object.assign(entry, { admittedAt: at, expiresAt }));
    else this.admissions.push([place, at, expiresAt]);
    this.live.set(place, expiresAt);
  }

  /** Passes that expired by `at` give their room back. */
  expire(at: number): void {
    for (const [place, expiresAt] of this.live) {
      if (expiresAt > at) return;
      this.live.delete(place);
    }
  }

  /** Writes admissions that no asker of the turn has in hand, so that reads of the turn find them. */
  writeAdmissions(): void {
    if (this.admissions.length === 0) return;
    this.sql.exec(
      `UPDATE entries SET admitted_at = it.value ->> 1, expires_at = it.value ->> 2
       FROM json_each(?) AS it WHERE entries.place = it.value ->> 0`,
      JSON.stringify(this.admissions),
    );
    this.admissions = [];
  }

  /** Writes the turn. Run it inside the turn's transaction. */
  write(): void {
    this.writeAdmissions();
    if (this.fresh.size > 0)
      this.sql.exec(
        `INSERT INTO entries (id, buyer, key, lot, entered_at, place, turn, admitted_at, expires_at)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8
         FROM json_each(?)`,
        JSON.stringify(
          [...this.fresh].map((it) => [
            it.id,
            it.buyer,
            it.key,
            it.lot,
            it.enteredAt,
            it.place,
            it.turn,
            it.admittedAt,
            it.expiresAt,
          ]),
        ),
      );
    if (this.changed.size > 0)
      this.sql.exec(
        `UPDATE entries SET place = it.value ->> 1, turn = it.value ->> 2, admitted_at = it.value ->> 3,
           expires_at = it.value ->> 4, used_at = it.value ->> 5
         FROM json_each(?) AS it WHERE entries.id = it.value ->> 0`,
        JSON.stringify(
          [...this.changed].map((it) => [it.id, it.place, it.turn, it.admittedAt, it.expiresAt, it.usedAt]),
        ),
      );
    for (const turn of [this.fresh, this.changed, this.byId, this.byBuyer, this.byKey, this.byPlace]) turn.clear();
    const doc = JSON.stringify(this.room);
    if (doc === this.written) return;
    this.sql.exec("INSERT OR REPLACE INTO room VALUES (1, ?)", doc);
    this.written = doc;
  }

  /** Ids of those who were drawn, from after `after` in the order of the draw. */
  drawnAfter(after: number, limit: number): string[] {
    return this.sql
      .exec<{ id: string }>("SELECT id FROM entries WHERE drawn > ? ORDER BY drawn LIMIT ?", after, limit)
      .toArray()
      .map((row) => row.id);
  }
}

const asEntry = (row: EntryRow): Entry => ({
  id: row.id,
  buyer: row.buyer,
  key: row.key,
  lot: row.lot,
  enteredAt: row.entered_at,
  place: row.place,
  turn: row.turn,
  admittedAt: row.admitted_at,
  expiresAt: row.expires_at,
  usedAt: row.used_at,
});
