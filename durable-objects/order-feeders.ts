const TABLE = "CREATE TABLE IF NOT EXISTS feeders (serial INTEGER PRIMARY KEY, counter TEXT NOT NULL UNIQUE)";

/** The flash sales' counters that place orders themselves and bring them to this journal a moment later. */
export class OrderFeeders {
  private readonly counters: string[];

  constructor(
    private readonly sql: SqlStorage,
    private readonly env: Pick<Env, "STOCK">,
  ) {
    sql.exec(TABLE);
    this.counters = sql
      .exec<{ counter: string }>("SELECT counter FROM feeders ORDER BY serial")
      .toArray()
      .map((row) => row.counter);
  }

  get isEmpty(): boolean {
    return this.counters.length === 0;
  }

  /** Answers the counter's number, from 1; the same counter has the same number. */
  add(counter: string): number {
    const known = this.counters.indexOf(counter);
    if (known >= 0) return known + 1;
    this.sql.exec("INSERT INTO feeders VALUES (?, ?)", this.counters.length + 1, counter);
    return this.counters.push(counter);
  }

  /** An order, as text, that one of them has acknowledged and not brought yet. The latest sale is asked first. */
  async find(orderId: string): Promise<string | undefined> {
    for (const counter of this.counters.toReversed()) {
      const text = await this.env.STOCK.getByName(counter).waitingOrder(orderId);
      if (text !== undefined) return text;
    }
    return undefined;
  }
}
