import type { Sale } from "../../src/capabilities/marketing/flash-sales/rules/sale.ts";
import { writeSale } from "../../src/capabilities/marketing/flash-sales/store.ts";
import { transact } from "../../src/platform/db.ts";

const TABLE = `CREATE TABLE IF NOT EXISTS sale (
  id INTEGER PRIMARY KEY CHECK (id = 1), doc TEXT NOT NULL, mirrored INTEGER NOT NULL, returns INTEGER NOT NULL)`;

/** The terms of the flash sale whose units a counter holds: the truth, of which D1 has a mirror. */
export class SaleTerms {
  sale: Sale | undefined;
  private mirroredVersion = 0;
  private returns = 0;

  constructor(private readonly sql: SqlStorage) {
    if (sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'sale'").toArray().length === 0) return;
    const [row] = sql.exec<{ doc: string; mirrored: number; returns: number }>("SELECT * FROM sale").toArray();
    if (!row) return;
    this.sale = JSON.parse(row.doc);
    this.mirroredVersion = row.mirrored;
    this.returns = row.returns;
  }

  /** Run it inside the turn's transaction. */
  put(sale: Sale): void {
    if (!this.sale) this.sql.exec(TABLE);
    this.sale = sale;
    this.sql.exec(
      "INSERT INTO sale VALUES (1, ?, 0, 0) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc",
      JSON.stringify(sale),
    );
  }

  /** The number of the next return of units, counted from 1. Run it inside the turn's transaction. */
  nextReturn(): number {
    this.returns++;
    this.sql.exec("UPDATE sale SET returns = ?", this.returns);
    return this.returns;
  }

  /** Whether D1 has yet to hear of this version. A sale without units, or a draft, was refused or is only being made: D1 hears nothing. */
  get unmirrored(): boolean {
    const { sale } = this;
    return sale !== undefined && sale.quantity > 0 && !sale.isDraft && sale.version > this.mirroredVersion;
  }

  async mirror(env: Pick<Env, "DB">, tenantId: string): Promise<void> {
    const { sale } = this;
    if (!sale || !this.unmirrored) return;
    await transact(env, [writeSale(env, tenantId, sale)]);
    this.mirroredVersion = sale.version;
    this.sql.exec("UPDATE sale SET mirrored = ?", sale.version);
  }
}
