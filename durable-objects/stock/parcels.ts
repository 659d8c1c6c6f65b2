import type { Parcel, ParcelPart } from "./shard-words.ts";

const IN_SLOTS = "slot IN (SELECT value FROM json_each(?))";
const OF_HOLDS = `seq IN (SELECT seq FROM holds WHERE ${IN_SLOTS})`;
/** Tables whose rows travel, and which rows. Holds last: others are found through them. */
const TRAVELLING = [
  ["passes", OF_HOLDS],
  ["placed", OF_HOLDS],
  ["extensions", OF_HOLDS],
  ["bought", IN_SLOTS],
  ["holds", IN_SLOTS],
] as const;
/** Keeps one stored part far below the 2 MB that a row may have. */
const ROWS_A_PART = 1_000;

const TABLE = `CREATE TABLE IF NOT EXISTS parcels (
  move INTEGER NOT NULL, part INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (move, part))`;

type Head = Omit<Parcel, "parts">;

/** Takes everything about the buyers of some slots out of the tables and stores it as one parcel; answers the units in it. */
export function packParcel(sql: SqlStorage, head: Head): { held: number; sold: number } {
  sql.exec(TABLE);
  const slots = JSON.stringify(head.slots);
  const units = sql
    .exec<{ held: number; sold: number }>(
      `SELECT coalesce(sum(CASE status WHEN 'held' THEN quantity END), 0) AS held,
              coalesce(sum(CASE status WHEN 'confirmed' THEN quantity END), 0)
                + (SELECT coalesce(sum(units), 0) FROM bought WHERE ${IN_SLOTS}) AS sold
       FROM holds WHERE ${IN_SLOTS}`,
      slots,
      slots,
    )
    .one();
  const store = (part: number, content: unknown) =>
    sql.exec("INSERT INTO parcels VALUES (?, ?, ?)", head.move, part, JSON.stringify(content));
  store(0, head);
  let part = 1;
  for (const [table, theirs] of TRAVELLING) {
    const create = makingOf(sql, table);
    if (!create) continue;
    const found = sql.exec(`SELECT * FROM ${table} WHERE ${theirs}`, slots);
    const columns = found.columnNames;
    const rows = [...found.raw()];
    for (let at = 0; at < rows.length; at += ROWS_A_PART)
      store(part++, { table, create, columns, rows: rows.slice(at, at + ROWS_A_PART) });
    sql.exec(`DELETE FROM ${table} WHERE ${theirs}`, slots);
  }
  return units;
}

/** The stored parcel of a move; undefined when there is none. */
export function storedParcel(sql: SqlStorage, move: number): Parcel | undefined {
  sql.exec(TABLE);
  const [head, ...parts] = sql
    .exec<{ content: string }>("SELECT content FROM parcels WHERE move = ? ORDER BY part", move)
    .toArray()
    .map((it) => JSON.parse(it.content));
  return head && { ...(head as Head), parts: parts as ParcelPart[] };
}

/** Slots of all stored parcels. */
export function slotsOfParcels(sql: SqlStorage): number[] {
  sql.exec(TABLE);
  const heads = sql.exec<{ content: string }>("SELECT content FROM parcels WHERE part = 0").toArray();
  return heads.flatMap((it) => (JSON.parse(it.content) as Head).slots);
}

export const dropParcel = (sql: SqlStorage, move: number): void => {
  sql.exec(TABLE);
  sql.exec("DELETE FROM parcels WHERE move = ?", move);
};

/** Puts a parcel's rows into the tables; answers the units in it. */
export function unpackParcel(sql: SqlStorage, parts: readonly ParcelPart[]): { held: number; sold: number } {
  const units = { held: 0, sold: 0 };
  for (const { table, create, columns, rows } of parts) {
    if (!makingOf(sql, table)) sql.exec(create);
    const values = columns.map((_, i) => `value ->> ${i}`).join();
    sql.exec(`INSERT INTO ${table} (${columns.join()}) SELECT ${values} FROM json_each(?)`, JSON.stringify(rows));
    const { held, sold } = unitsIn(table, columns, rows);
    units.held += held;
    units.sold += sold;
  }
  return units;
}

function unitsIn(table: string, columns: readonly string[], rows: ParcelPart["rows"]): { held: number; sold: number } {
  const sum = (name: string, isCounted: (row: ParcelPart["rows"][number]) => boolean) => {
    const at = columns.indexOf(name);
    return rows.filter(isCounted).reduce((total, row) => total + Number(row[at]), 0);
  };
  if (table === "bought") return { held: 0, sold: sum("units", () => true) };
  if (table !== "holds") return { held: 0, sold: 0 };
  const status = columns.indexOf("status");
  return {
    held: sum("quantity", (row) => row[status] === "held"),
    sold: sum("quantity", (row) => row[status] === "confirmed"),
  };
}

/** The statement that made a table; undefined when there is none of that name. */
const makingOf = (sql: SqlStorage, table: string): string | undefined =>
  sql.exec<{ sql: string }>("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", table).toArray()[0]?.sql;
