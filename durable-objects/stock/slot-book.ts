import { SLOTS } from "../../src/capabilities/selling/stock/rules/shards.ts";
import type { StockBook } from "../stock-book.ts";
import { dropParcel, packParcel, slotsOfParcels, storedParcel, unpackParcel } from "./parcels.ts";
import type { Parcel } from "./shard-words.ts";

const TABLES = `
  CREATE TABLE IF NOT EXISTS division (
    id INTEGER PRIMARY KEY CHECK (id = 1), divided INTEGER NOT NULL, last_number INTEGER NOT NULL, last_move INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS slots (slot INTEGER PRIMARY KEY);
  INSERT OR IGNORE INTO division VALUES (1, 0, 0, 0);`;

/**
 * Which slots of buyers one counter decides about, and the parcels of slots that left it and have not arrived yet. Leaving and
 * arriving each are one transaction; the number of the move makes both repeatable.
 */
export class SlotBook {
  private owned: Set<number> | undefined;
  private leaving = new Set<number>();
  private lastMove = 0;
  private isOpen = false;

  constructor(
    private readonly sql: SqlStorage,
    private readonly book: StockBook,
    private readonly isShard: boolean,
  ) {
    if (sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'division'").toArray().length > 0) this.open();
    else if (isShard) this.owned = new Set();
    this.book.isDivided = this.isDivided;
  }

  /** False for a counter that holds its whole SKU: it owns every slot and keeps no list. */
  get isDivided(): boolean {
    return this.owned !== undefined;
  }

  owns(slot: number): boolean {
    return this.owned === undefined || this.owned.has(slot);
  }

  isLeaving(slot: number): boolean {
    return this.leaving.has(slot);
  }

  get isEmpty(): boolean {
    return this.owned?.size === 0 && this.leaving.size === 0;
  }

  /** The parent of a SKU in one piece begins to keep a list: all slots. */
  divide(): void {
    this.open();
    this.sql.exec("UPDATE division SET divided = 1");
    for (let slot = 0; slot < SLOTS; slot++) this.sql.exec("INSERT INTO slots VALUES (?)", slot);
    this.read();
  }

  /** The parent has every slot again. */
  unite(): void {
    if (this.owned?.size !== SLOTS) throw new Error("a counter without all of its slots cannot be whole");
    this.sql.exec("UPDATE division SET divided = 0");
    this.sql.exec("DELETE FROM slots");
    this.read();
  }

  /** Packs slots up. The same parcel again for the same move; undefined when that move is over here. */
  leave(move: number, slots: number[], now: number): Parcel | undefined {
    this.open();
    const packed = storedParcel(this.sql, move);
    if (packed || move <= this.lastMove) return packed;
    const { held, sold } = packParcel(this.sql, { move, slots, lastNumber: this.book.lastNumber });
    this.sql.exec("DELETE FROM slots WHERE slot IN (SELECT value FROM json_each(?))", JSON.stringify(slots));
    this.shift(-held, -sold, slots, now);
    this.settleMove(move, slots);
    return storedParcel(this.sql, move);
  }

  /** Takes slots in, once. */
  arrive(parcel: Parcel, now: number): void {
    this.open();
    const { move, slots, parts, lastNumber } = parcel;
    if (move <= this.lastMove) return;
    const { held, sold } = unpackParcel(this.sql, parts);
    for (const slot of slots) this.sql.exec("INSERT INTO slots VALUES (?)", slot);
    this.book.raiseNumber(lastNumber);
    this.shift(held, sold, slots, now);
    this.settleMove(move, slots);
  }

  /** The parcel arrived: forget it. */
  drop(move: number): void {
    this.open();
    dropParcel(this.sql, move);
    this.read();
  }

  /** Held units leave or join the shelf and the promises, sold ones the sales; each counter's books keep adding up. */
  private shift(held: number, sold: number, slots: readonly number[], now: number): void {
    const { levels } = this.book;
    this.book.levels = {
      ...levels,
      onHand: levels.onHand + held,
      reserved: levels.reserved + held,
      sold: levels.sold + sold,
    };
    const reason = `slots ${slots.join()}`;
    this.book.move("slots", held + sold, reason, now);
    this.book.move("confirm", -sold, reason, now);
  }

  private settleMove(move: number, slots: readonly number[]): void {
    this.book.write();
    this.book.reread(slots);
    this.sql.exec("UPDATE division SET last_move = ?, last_number = ?", move, this.book.lastNumber);
    this.read();
  }

  private open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.book.open();
    this.sql.exec(TABLES);
    this.read();
  }

  private read(): void {
    const row = this.sql
      .exec<{ divided: number; last_number: number; last_move: number }>("SELECT * FROM division")
      .one();
    this.lastMove = row.last_move;
    this.book.raiseNumber(row.last_number);
    const slots = this.sql.exec<{ slot: number }>("SELECT slot FROM slots").toArray();
    this.owned = this.isShard || row.divided === 1 ? new Set(slots.map((it) => it.slot)) : undefined;
    this.leaving = new Set(slotsOfParcels(this.sql));
    this.book.isDivided = this.isDivided;
  }
}
