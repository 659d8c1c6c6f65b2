const DAY_MS = 86_400_000;
/** Days back from today that are remembered. */
const DAYS = 30;
/** Orders of a day may be paid and cancelled this long after it; what was read later than that stays. */
const OPEN_MS = 2 * DAY_MS;
/** Days that may still change are read again when they were read this long ago. */
const STALE_MS = 60_000;

export interface DaySales {
  /** UTC, `2026-11-21`. */
  day: string;
  sku: string;
  units: number;
}

/** Units sold a day and SKU, as last read from the orders: all of it can be lost, and is read again. */
export class SalesPace {
  private following: Promise<void> | undefined;

  constructor(private readonly storage: DurableObjectStorage) {
    storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS sales (day TEXT, sku TEXT, units INTEGER NOT NULL, PRIMARY KEY (day, sku)) WITHOUT ROWID",
    );
    storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS sales_days (day TEXT PRIMARY KEY, read_at INTEGER NOT NULL) WITHOUT ROWID",
    );
  }

  /** Reads the days that are missing or may have changed; callers at once share one reading. */
  follow(now: number, read: (since: string) => Promise<readonly DaySales[]>): Promise<void> {
    this.following ??= this.readOn(now, read).finally(() => {
      this.following = undefined;
    });
    return this.following;
  }

  /** Units of each SKU on the last so many UTC days, today included. */
  unitsSold(days: number, now: number): Map<string, number> {
    const rows = this.storage.sql.exec<{ sku: string; units: number }>(
      "SELECT sku, sum(units) AS units FROM sales WHERE day > ? GROUP BY sku",
      dayOf(now - days * DAY_MS),
    );
    return new Map([...rows].map(({ sku, units }) => [sku, units]));
  }

  private async readOn(now: number, read: (since: string) => Promise<readonly DaySales[]>): Promise<void> {
    const days = Array.from({ length: DAYS }, (_, i) => dayOf(now - (DAYS - 1 - i) * DAY_MS));
    const rows = this.storage.sql.exec<{ day: string; read_at: number }>("SELECT day, read_at FROM sales_days");
    const readAt = new Map([...rows].map((row) => [row.day, row.read_at]));
    const first = days.find((day) => isDue(day, readAt.get(day), now));
    if (first === undefined) return;
    const sales = await read(first);
    this.storage.transactionSync(() => {
      this.storage.sql.exec("DELETE FROM sales WHERE day >= ? OR day < ?", first, days[0]);
      this.storage.sql.exec("DELETE FROM sales_days WHERE day >= ? OR day < ?", first, days[0]);
      this.storage.sql.exec(
        "INSERT INTO sales (day, sku, units) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)",
        JSON.stringify(sales.map(({ day, sku, units }) => [day, sku, units])),
      );
      for (const day of days.filter((it) => it >= first))
        this.storage.sql.exec("INSERT INTO sales_days (day, read_at) VALUES (?, ?)", day, now);
    });
  }
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function isDue(day: string, readAt: number | undefined, now: number): boolean {
  if (readAt === undefined) return true;
  const isOpen = readAt < Date.parse(day) + DAY_MS + OPEN_MS;
  return isOpen && now - readAt >= STALE_MS;
}
