import { afterMove, available } from "../../src/capabilities/selling/stock/rules.ts";
import { describe, log } from "../../src/platform/log.ts";
import type { Alarms } from "../kit/alarms.ts";
import type { StockBook } from "../stock-book.ts";

/** A delivery that failed is tried again after this time. */
const RETRY_MS = 1_000;

/** Units that leave this counter for another one. `key` names the transfer; it contains a blank, which no caller's key does. */
export interface HandOver {
  kind: "hand_over";
  key: string;
  /** The other counter's full name. */
  to: string;
  units: number;
  /** `units` counts what has left for there before: only the rest leaves. */
  inAll?: true;
}

export interface TakeIn {
  kind: "take_in";
  key: string;
  from: string;
  units: number;
}

export type TransferAnswer =
  | { outcome: "moved" | "unknown_sku" }
  | { outcome: "not_enough"; available: number; missing: number };

type Row = { key: string; receiver: string; units: number };

const TABLE = `CREATE TABLE IF NOT EXISTS transfers (
  key TEXT PRIMARY KEY, receiver TEXT NOT NULL, units INTEGER NOT NULL CHECK (units > 0)) WITHOUT ROWID`;

/**
 * Moves units between counters: they leave one in a transaction that also notes the debt, arrive at the other once however often
 * they are delivered, and only then is the debt struck out. A crash between the two resumes by alarm.
 */
export class UnitTransfers {
  private isOpen = false;
  private delivering: Promise<void> | undefined;

  constructor(
    private readonly state: DurableObjectState,
    private readonly env: Pick<Env, "STOCK">,
    private readonly book: StockBook,
    private readonly alarms: Alarms,
  ) {}

  /** Run it inside the turn's transaction. */
  handOver(wish: Omit<HandOver, "kind">, now: number): TransferAnswer {
    const { book } = this;
    const { key, to } = wish;
    if (book.changeByKey(key) !== undefined) return { outcome: "moved" };
    if (!book.isStocked) return { outcome: "unknown_sku" };
    const units = wish.inAll ? wish.units - this.handedOver(to) : wish.units;
    if (units <= 0) return { outcome: "moved" };
    const left = available(book.levels);
    if (units > left) return { outcome: "not_enough", available: left, missing: units - left };
    book.levels = afterMove(book.levels, -units);
    book.move("hand_over", -units, `to ${to}`, now, key, { asked: String(units) });
    this.open();
    this.state.storage.sql.exec("INSERT INTO transfers VALUES (?, ?, ?)", key, to, units);
    this.alarms.armBy(now + RETRY_MS);
    setTimeout(() => void this.deliver(now), 0);
    return { outcome: "moved" };
  }

  /** Run it inside the turn's transaction. Answers whether the units are new here. */
  takeIn({ key, from, units }: TakeIn, now: number): boolean {
    const { book } = this;
    if (book.changeByKey(key) !== undefined) return false;
    book.levels = afterMove(book.levels, units);
    book.move("take_in", units, `from ${from}`, now, key, { asked: String(units) });
    return true;
  }

  /** Brings every unit that has left this counter to where it goes; what fails stays noted for the alarm. */
  async deliver(now: number): Promise<void> {
    this.delivering ??= this.deliverAll(now).finally(() => {
      this.delivering = undefined;
    });
    await this.delivering;
  }

  private async deliverAll(now: number): Promise<void> {
    for (let row = this.next(); row; row = this.next()) {
      const { key, receiver, units } = row;
      try {
        await this.env.STOCK.getByName(receiver).takeIn({ key, from: this.state.id.name ?? "", units });
      } catch (error) {
        log("warn", "transfer_delayed", { receiver, units, error: describe(error) });
        this.alarms.armBy(now + RETRY_MS);
        return;
      }
      this.state.storage.sql.exec("DELETE FROM transfers WHERE key = ?", key);
    }
  }

  private handedOver(to: string): number {
    // Movements of this turn are counted from storage too.
    this.book.write();
    return this.sumsWith(to).handedOver;
  }

  /** Units handed to another counter, taken from it, and still on their way to it, for the invariants. */
  sumsWith(counter: string): { handedOver: number; takenBack: number; leaving: number } {
    const sum = (kind: string, reason: string): number =>
      this.state.storage.sql
        .exec<{ units: number }>(
          "SELECT coalesce(sum(abs(delta)), 0) AS units FROM movements WHERE kind = ? AND reason = ?",
          kind,
          reason,
        )
        .one().units;
    return {
      handedOver: sum("hand_over", `to ${counter}`),
      takenBack: sum("take_in", `from ${counter}`),
      leaving: this.rows().reduce((units, it) => units + (it.receiver === counter ? it.units : 0), 0),
    };
  }

  private next = (): Row | undefined => this.rows()[0];

  private rows(): Row[] {
    this.open();
    return this.state.storage.sql.exec<Row>("SELECT * FROM transfers").toArray();
  }

  private open(): void {
    if (!this.isOpen) this.state.storage.sql.exec(TABLE);
    this.isOpen = true;
  }
}
