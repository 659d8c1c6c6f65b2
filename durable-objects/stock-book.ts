import { nextNumber, slotOf } from "../src/capabilities/selling/stock/rules/shards.ts";
import { brokenLevels, type HoldStatus, type Levels, NO_STOCK } from "../src/capabilities/selling/stock/rules.ts";
import { BOUGHT } from "./stock/forget-holds.ts";
import { type KeptChange, readKept, writeKept } from "./stock/kept-change.ts";
import { HOLDS, upgradeHolds } from "./stock/upgrade-holds.ts";

export interface Hold {
  /** Grows by one with each hold of the counter: the table and its index stay append-only. */
  seq: number;
  key: string;
  buyer: string;
  quantity: number;
  status: HoldStatus;
  createdAt: number;
  expiresAt: number;
}

type HoldRow = {
  seq: number;
  key: string;
  buyer: string;
  quantity: number;
  status: HoldStatus;
  created_at: number;
  expires_at: number;
  slot: number;
};
type Movement = [kind: string, delta: number, reason: string, at: number, key: string | null, asked: string | null];

const TABLES = `
  CREATE TABLE IF NOT EXISTS counter (
    id INTEGER PRIMARY KEY CHECK (id = 1), on_hand INTEGER NOT NULL CHECK (on_hand >= reserved),
    reserved INTEGER NOT NULL CHECK (reserved >= 0), sold INTEGER NOT NULL CHECK (sold >= 0),
    per_buyer_limit INTEGER, stocked INTEGER NOT NULL, version INTEGER NOT NULL, mirrored INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS holds (${HOLDS});
  CREATE TABLE IF NOT EXISTS movements (
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, delta INTEGER NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
    key TEXT UNIQUE, asked TEXT);
  ${BOUGHT}
  INSERT OR IGNORE INTO counter VALUES (1, 0, 0, 0, NULL, 0, 0, 0);`;

/**
 * A counter's memory over its SQLite tables. Decisions change the memory; `write` puts all that changed in the turn into
 * storage with at most four statements. Reads after a restart load levels and open holds only.
 */
export class StockBook {
  levels: Levels = NO_STOCK;
  version = 0;
  isStocked = false;
  exists: boolean;
  /** While the SKU is in several pieces, numbers tell the buyer's slot, so that no two pieces make the same one. */
  isDivided = false;
  private isOpen = false;
  /** The number of the newest hold. */
  lastSeq = 0;
  private mirroredVersion = 0;
  private readonly held = new Map<number, Hold>();
  private readonly units = new Map<string, number>();
  private unitsCounted = false;
  private earliest: number | undefined;
  /** Holds and changes named by the keys of this turn, known or made in it. */
  private byKey = new Map<string, Hold[]>();
  private changes = new Map<string, KeptChange>();
  private fresh: Hold[] = [];
  /** Holds settled in this turn: until they are written, storage still has them as held. */
  private settled = new Map<number, Hold>();
  private moved: Movement[] = [];
  private written: Levels = NO_STOCK;

  constructor(private readonly sql: SqlStorage) {
    this.exists = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'counter'").toArray().length > 0;
    if (this.exists) this.open();
  }

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.exists = true;
    this.sql.exec(TABLES);
    upgradeHolds(this.sql);
    const row = this.sql.exec<Record<string, number | null>>("SELECT * FROM counter").one();
    this.levels = {
      onHand: row.on_hand ?? 0,
      reserved: row.reserved ?? 0,
      sold: row.sold ?? 0,
      perBuyerLimit: row.per_buyer_limit ?? null,
    };
    this.written = this.levels;
    this.version = row.version ?? 0;
    this.mirroredVersion = row.mirrored ?? 0;
    this.isStocked = row.stocked === 1;
    this.lastSeq = this.sql.exec<{ seq: number }>("SELECT coalesce(max(seq), 0) AS seq FROM holds").one().seq;
    for (const held of this.sql.exec<HoldRow>("SELECT * FROM holds WHERE status = 'held'"))
      this.held.set(held.seq, asHold(held));
    this.findEarliest();
  }

  /** Loads what the keys of this turn name, with one read whatever their number. */
  recall(keys: readonly string[]): void {
    this.byKey = new Map();
    this.changes = new Map();
    if (keys.length === 0) return;
    const list = JSON.stringify(keys);
    for (const row of this.sql.exec<HoldRow>("SELECT * FROM holds WHERE key IN (SELECT value FROM json_each(?))", list))
      this.name(this.held.get(row.seq) ?? asHold(row));
    for (const row of this.sql.exec<{ key: string; asked: string }>(
      "SELECT key, asked FROM movements WHERE key IN (SELECT value FROM json_each(?))",
      list,
    ))
      this.changes.set(row.key, readKept(row.asked));
  }

  /** The buyer's hold of that key, else another buyer's: pieces of a SKU may each have used it. */
  holdByKey(key: string, buyer: string): Hold | undefined {
    const named = this.byKey.get(key);
    return named?.find((it) => it.buyer === buyer) ?? named?.[0];
  }

  changeByKey = (key: string): KeptChange | undefined => this.changes.get(key);

  holdBySeq(seq: number): Hold | undefined {
    const known = this.held.get(seq) ?? this.settled.get(seq);
    if (known) return known;
    const [row] = this.sql.exec<HoldRow>("SELECT * FROM holds WHERE seq = ?", seq).toArray();
    return row && asHold(row);
  }

  /** Units that a buyer holds or has bought; counted only while a limit is set. */
  unitsOf(buyer: string): number {
    if (this.levels.perBuyerLimit === null) return 0;
    if (!this.unitsCounted) this.countUnits();
    return this.units.get(buyer) ?? 0;
  }

  private addUnits(buyer: string, quantity: number): void {
    if (this.unitsCounted) this.units.set(buyer, (this.units.get(buyer) ?? 0) + quantity);
  }

  /** Everybody who holds or held units. */
  everyBuyer(): string[] {
    return this.sql
      .exec<{ buyer: string }>("SELECT DISTINCT buyer FROM holds")
      .toArray()
      .map((row) => row.buyer);
  }

  hold(wish: Omit<Hold, "seq" | "status">): Hold {
    this.lastSeq = this.isDivided ? nextNumber(this.lastSeq, slotOf(wish.buyer)) : this.lastSeq + 1;
    const hold: Hold = { ...wish, seq: this.lastSeq, status: "held" };
    this.held.set(hold.seq, hold);
    this.name(hold);
    this.fresh.push(hold);
    this.addUnits(hold.buyer, hold.quantity);
    if (this.earliest === undefined || hold.expiresAt < this.earliest) this.earliest = hold.expiresAt;
    return hold;
  }

  private name(hold: Hold): void {
    const others = this.byKey.get(hold.key);
    if (others) others.push(hold);
    else this.byKey.set(hold.key, [hold]);
  }

  settle(hold: Hold, status: HoldStatus): void {
    hold.status = status;
    this.held.delete(hold.seq);
    this.settled.set(hold.seq, hold);
    if (status !== "confirmed") this.addUnits(hold.buyer, -hold.quantity);
  }

  /** With a `key`, what was asked under it is kept, and the level that was answered. */
  move(kind: string, delta: number, reason: string, at: number, key?: string, kept?: KeptChange): void {
    this.isStocked = true;
    this.moved.push([kind, delta, reason, at, key ?? null, kept ? writeKept(kept) : null]);
    if (key !== undefined && kept !== undefined) this.changes.set(key, kept);
  }

  get nextExpiry(): number | undefined {
    return this.earliest;
  }

  due(now: number): Hold[] {
    const due = [...this.held.values()].filter((hold) => hold.expiresAt <= now);
    for (const hold of due) this.held.delete(hold.seq);
    this.findEarliest();
    return due;
  }

  /** Writes the turn. Run it inside the turn's transaction. */
  write(): void {
    if (this.levels === this.written && this.moved.length === 0) return;
    const broken = brokenLevels(this.levels);
    if (broken.length > 0) throw new Error(`a decision broke the counter: ${broken.join(", ")}`);
    if (this.fresh.length > 0)
      this.sql.exec(
        `INSERT INTO holds SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, 'held', value ->> 4, value ->> 5, value ->> 6 FROM json_each(?)`,
        JSON.stringify(this.fresh.map(asRow)),
      );
    if (this.settled.size > 0)
      this.sql.exec(
        "UPDATE holds SET status = s.value ->> 1 FROM json_each(?) AS s WHERE holds.seq = s.value ->> 0",
        JSON.stringify([...this.settled.values()].map((it) => [it.seq, it.status])),
      );
    if (this.moved.length > 0)
      this.sql.exec(
        `INSERT INTO movements (kind, delta, reason, at, key, asked)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?)`,
        JSON.stringify(this.moved),
      );
    this.version++;
    const { onHand, reserved, sold, perBuyerLimit } = this.levels;
    this.sql.exec(
      "UPDATE counter SET on_hand = ?, reserved = ?, sold = ?, per_buyer_limit = ?, stocked = ?, version = ? WHERE id = 1",
      onHand,
      reserved,
      sold,
      perBuyerLimit,
      this.isStocked ? 1 : 0,
      this.version,
    );
    this.fresh = [];
    this.settled = new Map();
    this.moved = [];
    this.written = this.levels;
  }

  /** The version that the counter has once this turn is written. */
  get nextVersion(): number {
    return this.levels === this.written && this.moved.length === 0 ? this.version : this.version + 1;
  }

  get unmirrored(): boolean {
    return this.version > this.mirroredVersion;
  }

  get lastNumber(): number {
    return this.lastSeq;
  }

  /** From now on holds get greater numbers than this. */
  raiseNumber(to: number): void {
    this.lastSeq = Math.max(this.lastSeq, to);
  }

  /** From now on the counter's versions are greater than this. */
  raiseVersion(to: number): void {
    this.version = Math.max(this.version, to);
    this.sql.exec("UPDATE counter SET version = ? WHERE id = 1", this.version);
  }

  /** Memory follows storage after holds of these slots came or left. */
  reread(slots: readonly number[]): void {
    for (const hold of this.held.values()) if (slots.includes(slotOf(hold.buyer))) this.held.delete(hold.seq);
    const rows = this.sql.exec<HoldRow>(
      "SELECT * FROM holds WHERE status = 'held' AND slot IN (SELECT value FROM json_each(?))",
      JSON.stringify(slots),
    );
    for (const row of rows) this.held.set(row.seq, asHold(row));
    this.findEarliest();
    this.units.clear();
    this.unitsCounted = false;
  }

  get mirroredAt(): number {
    return this.mirroredVersion;
  }

  mirrored(version: number): void {
    this.mirroredVersion = version;
    this.sql.exec("UPDATE counter SET mirrored = ? WHERE id = 1", version);
  }

  private countUnits(): void {
    this.write();
    this.unitsCounted = true;
    for (const row of this.sql.exec<{ buyer: string; units: number }>(
      `SELECT buyer, sum(units) AS units FROM (
         SELECT buyer, quantity AS units FROM holds WHERE status IN ('held', 'confirmed')
         UNION ALL SELECT buyer, units FROM bought) GROUP BY buyer`,
    ))
      this.units.set(row.buyer, row.units);
  }

  private findEarliest(): void {
    this.earliest = undefined;
    for (const { expiresAt } of this.held.values())
      if (this.earliest === undefined || expiresAt < this.earliest) this.earliest = expiresAt;
  }
}

const asRow = (it: Hold) => [it.seq, it.key, it.buyer, it.quantity, it.createdAt, it.expiresAt, slotOf(it.buyer)];

const asHold = ({ created_at, expires_at, slot: _, ...row }: HoldRow): Hold => ({
  ...row,
  createdAt: created_at,
  expiresAt: expires_at,
});
