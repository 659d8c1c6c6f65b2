import { slotOf } from "../../src/capabilities/selling/stock/rules/shards.ts";

/** Columns of `holds`. A key is one buyer's: the shards of a SKU, which know only their own buyers, may each have used it. */
export const HOLDS = `
  seq INTEGER PRIMARY KEY, key TEXT NOT NULL, buyer TEXT NOT NULL, quantity INTEGER NOT NULL CHECK (quantity > 0),
  status TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, slot INTEGER NOT NULL, UNIQUE (key, buyer)`;

const ROWS_A_READ = 1_000;

/** Gives holds that were stored before there were slots the slots of their buyers; run it when a counter wakes. */
export function upgradeHolds(sql: SqlStorage): void {
  const { n } = sql
    .exec<{ n: number }>("SELECT count(*) AS n FROM pragma_table_info('holds') WHERE name = 'slot'")
    .one();
  if (n > 0) return;
  sql.exec(`CREATE TABLE slotted (${HOLDS})`);
  for (let last = 0; ; ) {
    const rows = sql
      .exec<{ seq: number; buyer: string }>(
        "SELECT seq, buyer FROM holds WHERE seq > ? ORDER BY seq LIMIT ?",
        last,
        ROWS_A_READ,
      )
      .toArray();
    sql.exec(
      `INSERT INTO slotted SELECT holds.*, it.value ->> 1
       FROM json_each(?) AS it JOIN holds ON holds.seq = it.value ->> 0`,
      JSON.stringify(rows.map(({ seq, buyer }) => [seq, slotOf(buyer)])),
    );
    last = rows.at(-1)?.seq ?? 0;
    if (rows.length < ROWS_A_READ) break;
  }
  sql.exec("DROP TABLE holds");
  sql.exec("ALTER TABLE slotted RENAME TO holds");
}
