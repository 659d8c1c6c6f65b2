import type { Edit } from "../../src/capabilities/marketing/flash-sales/rules/sale.ts";
import { describe, log } from "../../src/platform/log.ts";
import type { Alarms } from "../kit/alarms.ts";

/** An edit that could not be brought to another counter is brought again after this time. */
const RETRY_MS = 1_000;

const TABLES = `
  CREATE TABLE IF NOT EXISTS edits (number INTEGER PRIMARY KEY, key TEXT UNIQUE, asked TEXT);
  CREATE TABLE IF NOT EXISTS edits_under_way (
    counter TEXT NOT NULL, number INTEGER NOT NULL, edit TEXT NOT NULL, PRIMARY KEY (counter, number)) WITHOUT ROWID`;

/** What an edit changes at the counter of another SKU of the sale. */
export interface EditElsewhere {
  /** The counter's full name. */
  counter: string;
  edit: Edit;
}

type Row = { counter: string; number: number; edit: string };

/**
 * The edits of a sale, numbered from 1 by the counter of its first SKU. What one decides for other SKUs is noted in the transaction
 * that decides it and brought to them until they have it, so that an edit changes all of them or none.
 */
export class SaleEdits {
  private isOpen = false;
  private delivering: Promise<void> | undefined;

  constructor(
    private readonly state: DurableObjectState,
    private readonly env: Pick<Env, "STOCK">,
    private readonly alarms: Alarms,
  ) {}

  /** Run it inside the turn's transaction. */
  note(
    number: number,
    { by, others, now }: { by?: { key: string; asked: string }; others: EditElsewhere[]; now: number },
  ): void {
    this.open();
    const { sql } = this.state.storage;
    sql.exec("INSERT INTO edits VALUES (?, ?, ?)", number, by?.key ?? null, by?.asked ?? null);
    for (const { counter, edit } of others)
      sql.exec("INSERT INTO edits_under_way VALUES (?, ?, ?)", counter, number, JSON.stringify(edit));
    if (others.length > 0) this.alarms.armBy(now + RETRY_MS);
  }

  askedBy(key: string): string | undefined {
    this.open();
    const { sql } = this.state.storage;
    return sql.exec<{ asked: string }>("SELECT asked FROM edits WHERE key = ?", key).toArray()[0]?.asked;
  }

  get areUnderWay(): boolean {
    return this.rows().length > 0;
  }

  /** Brings every edit that other counters lack to them; what fails stays noted for the alarm. */
  async deliver(now: number): Promise<void> {
    this.delivering ??= this.deliverAll(now).finally(() => {
      this.delivering = undefined;
    });
    await this.delivering;
  }

  private async deliverAll(now: number): Promise<void> {
    await Promise.all(this.rows().map((row) => this.deliverOne(row, now)));
  }

  private async deliverOne({ counter, number, edit }: Row, now: number): Promise<void> {
    try {
      await this.env.STOCK.getByName(counter).changeSale({ kind: "follow_edit", edit: JSON.parse(edit), number });
    } catch (error) {
      log("warn", "edit_delayed", { counter, number, error: describe(error) });
      this.alarms.armBy(now + RETRY_MS);
      return;
    }
    this.state.storage.sql.exec("DELETE FROM edits_under_way WHERE counter = ? AND number = ?", counter, number);
  }

  private rows(): Row[] {
    this.open();
    return this.state.storage.sql.exec<Row>("SELECT * FROM edits_under_way ORDER BY number").toArray();
  }

  private open(): void {
    if (!this.isOpen) this.state.storage.sql.exec(TABLES);
    this.isOpen = true;
  }
}
