import { unitsToReturn } from "../../src/capabilities/selling/stock/rules/shards.ts";
import { available } from "../../src/capabilities/selling/stock/rules.ts";
import type { StockBook } from "../stock-book.ts";
import type { CounterParts } from "./counter-parts.ts";
import type { CallIn, Exchange, ShardReport, SharedSettings, Transfer } from "./shard-words.ts";

/** A shard that sold within this time keeps half of its units when they are called in. */
const SELLING_MS = 1_000;

const TABLE = `
  CREATE TABLE IF NOT EXISTS shard (
    id INTEGER PRIMARY KEY CHECK (id = 1), taken INTEGER NOT NULL, sent INTEGER NOT NULL, units INTEGER NOT NULL,
    settings INTEGER NOT NULL);
  INSERT OR IGNORE INTO shard VALUES (1, 0, 0, 0, 0);`;

/** A shard's side of its exchange with the parent: blocks taken, units given back, settings followed. Run inside a transaction. */
export class ShardLink {
  private sent: Transfer = { seq: 0, units: 0 };
  private taken = 0;
  private settings = 0;
  private isOpen = false;
  private soldAt = 0;

  private readonly sql: SqlStorage;
  private readonly book: StockBook;

  constructor(private readonly parts: Pick<CounterParts, "sql" | "book" | "level" | "now" | "followSale">) {
    const { sql, book } = parts;
    this.sql = sql;
    this.book = book;
    if (sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'shard'").toArray().length > 0) this.open();
  }

  sold(): void {
    this.soldAt = this.parts.now();
  }

  report(): ShardReport {
    return { level: this.parts.level(), sent: this.sent, taken: this.taken };
  }

  /** Takes the parent's last block if it is new. */
  take({ sent }: Pick<Exchange, "sent">): void {
    this.open();
    if (sent.seq !== this.taken + 1) return;
    this.taken = sent.seq;
    this.shift(sent.units, `block ${sent.seq}`);
  }

  /** Gives units back, unless the parent has yet to take the last ones; buyers may be waiting for some of them. */
  giveBack({ taken, everything }: CallIn, isAwaited: boolean): void {
    this.open();
    if (this.sent.seq > taken) return;
    const isSelling = !everything && (isAwaited || this.parts.now() - this.soldAt < SELLING_MS);
    const units = unitsToReturn(available(this.book.levels), isSelling);
    if (units === 0) return;
    this.sent = { seq: this.sent.seq + 1, units };
    this.shift(-units, `returned ${this.sent.seq}`);
  }

  follow({ version, perBuyerLimit, sale }: SharedSettings): void {
    this.open();
    if (version <= this.settings) return;
    this.settings = version;
    this.book.levels = { ...this.book.levels, perBuyerLimit };
    if (sale) this.parts.followSale(sale);
    this.book.write();
    this.save();
  }

  private shift(units: number, reason: string): void {
    this.book.levels = { ...this.book.levels, onHand: this.book.levels.onHand + units };
    this.book.move("block", units, reason, this.parts.now());
    this.book.write();
    this.save();
  }

  private save(): void {
    const { taken, sent, settings } = this;
    this.sql.exec(
      "UPDATE shard SET taken = ?, sent = ?, units = ?, settings = ?",
      taken,
      sent.seq,
      sent.units,
      settings,
    );
  }

  private open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.book.open();
    this.sql.exec(TABLE);
    const row = this.sql.exec<Record<string, number>>("SELECT * FROM shard").one();
    this.taken = row.taken ?? 0;
    this.sent = { seq: row.sent ?? 0, units: row.units ?? 0 };
    this.settings = row.settings ?? 0;
  }
}
