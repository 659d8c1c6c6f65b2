import type { Order } from "../src/capabilities/selling/orders/rules.ts";
import type { SoukEvent } from "../src/platform/events.ts";
import { idsFrom } from "../src/platform/ids.ts";
import { mayBeWanted } from "../src/platform/wanted-events.ts";

type OrderRow = { id: string; doc: string; version: number; flushed: number };

const TABLES = `
  CREATE TABLE IF NOT EXISTS orders (
    id TEXT PRIMARY KEY, doc TEXT NOT NULL, version INTEGER NOT NULL, flushed INTEGER NOT NULL, due_at INTEGER) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS orders_due ON orders (due_at) WHERE due_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS placements (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, order_id TEXT NOT NULL UNIQUE, answer TEXT) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS fences (order_id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, event TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;`;

/** Where the part of an order's id stands, from 1, that sorts by time: behind `ord_` and the two digits of its journal. */
const AFTER_JOURNAL = 7;

/** Placements with their answers: the order itself while it has not changed. */
const PLACEMENTS =
  "SELECT key, fingerprint, order_id, coalesce(answer, doc) AS answer FROM placements LEFT JOIN orders ON orders.id = order_id";
type PlacementRow = { key: string; fingerprint: string; order_id: string; answer: string | null };

interface Placement {
  key: string;
  fingerprint: string;
  orderId: string;
  /** The order as it was answered: a replay answers the same bytes while the order is here. Undefined: it is in D1 only. */
  answer: Order | undefined;
}

/** The journal's memory over its SQLite tables: what changed in this turn, and what D1 has not confirmed yet. */
export class OrderBook {
  /** Orders that are newer than their row in D1. */
  readonly unflushed = new Map<string, Order>();
  number: number;
  private placed = new Map<string, Placement & { answer: Order }>();
  private changed = new Map<string, Order>();
  private events: SoukEvent[] = [];
  private known = new Map<string, Placement>();
  private earliest: number | undefined;
  private readonly fenced: Set<string>;

  constructor(private readonly sql: SqlStorage) {
    sql.exec(TABLES);
    this.number =
      sql.exec<{ value: number }>("SELECT value FROM counters WHERE name = 'number'").toArray()[0]?.value ?? 0;
    for (const row of sql.exec<OrderRow>("SELECT * FROM orders WHERE version > flushed"))
      this.unflushed.set(row.id, JSON.parse(row.doc));
    this.fenced = new Set(
      sql
        .exec<{ id: string }>("SELECT order_id AS id FROM fences")
        .toArray()
        .map((row) => row.id),
    );
    this.findEarliest();
  }

  /** Loads the placements that the keys of this turn name, with one read. */
  recall(keys: readonly string[]): void {
    this.known = new Map();
    if (keys.length === 0) return;
    const rows = this.sql.exec<PlacementRow>(
      `${PLACEMENTS} WHERE key IN (SELECT value FROM json_each(?))`,
      JSON.stringify(keys),
    );
    for (const row of rows) this.known.set(row.key, asPlacement(row));
  }

  placement = (key: string): Placement | undefined => this.known.get(key);

  placementOf(orderId: string): Placement | undefined {
    const row = this.sql.exec<PlacementRow>(`${PLACEMENTS} WHERE order_id = ?`, orderId).toArray()[0];
    return row && asPlacement(row);
  }

  /** Whether an order was placed here and is in D1 only by now. */
  isLeft = (orderId: string): boolean => this.read(orderId) === undefined && this.placementOf(orderId) !== undefined;

  isFenced = (orderId: string): boolean => this.fenced.has(orderId);

  fence(orderId: string): void {
    this.fenced.add(orderId);
    this.sql.exec("INSERT OR IGNORE INTO fences VALUES (?)", orderId);
  }

  /** Fences of ids made before that moment fall: whoever was to place those orders is long gone. */
  forgetFences(before: number): void {
    const fallen = this.sql.exec<{ id: string }>(
      "DELETE FROM fences WHERE substr(order_id, ?) < ? RETURNING order_id AS id",
      AFTER_JOURNAL,
      idsFrom(before),
    );
    for (const { id } of fallen) this.fenced.delete(id);
  }

  read(id: string): Order | undefined {
    const fresh = this.changed.get(id) ?? this.unflushed.get(id);
    if (fresh) return fresh;
    const row = this.sql.exec<{ doc: string }>("SELECT doc FROM orders WHERE id = ?", id).toArray()[0];
    return row && JSON.parse(row.doc);
  }

  place(placement: Placement & { answer: Order }): void {
    this.placed.set(placement.orderId, placement);
    this.known.set(placement.key, placement);
    this.put(placement.answer);
  }

  put(order: Order): void {
    this.changed.set(order.id, order);
    this.unflushed.set(order.id, order);
    const due = dueAt(order);
    if (due !== null && (this.earliest === undefined || due < this.earliest)) this.earliest = due;
  }

  happen(event: SoukEvent): void {
    if (mayBeWanted(event)) this.events.push(event);
  }

  get nextDue(): number | undefined {
    return this.earliest;
  }

  /** Orders whose time to pay is over. */
  due(now: number, limit: number): Order[] {
    return this.sql
      .exec<{ doc: string }>("SELECT doc FROM orders WHERE due_at <= ? ORDER BY due_at LIMIT ?", now, limit)
      .toArray()
      .map((row) => JSON.parse(row.doc));
  }

  /**
   * Writes the turn. Run it inside the turn's transaction. Rows are bound one by one: for documents that is cheaper than one
   * statement over a JSON array, which SQLite parses and prints again.
   */
  write(): void {
    if (this.placed.size > 0) this.sql.exec("INSERT OR REPLACE INTO counters VALUES ('number', ?)", this.number);
    for (const order of this.changed.values()) this.writeOrder(order);
    for (const event of this.events) this.sql.exec("INSERT INTO events (event) VALUES (?)", JSON.stringify(event));
    this.placed = new Map();
    this.changed = new Map();
    this.events = [];
  }

  /** The answer of a placement is the order's first version; it is kept apart only once the order has moved on. */
  private writeOrder(order: Order): void {
    const placement = this.placed.get(order.id);
    if (placement) {
      const { key, fingerprint, orderId, answer } = placement;
      const kept = order.version === answer.version ? null : JSON.stringify(answer);
      this.sql.exec("INSERT INTO placements VALUES (?, ?, ?, ?)", key, fingerprint, orderId, kept);
    } else
      this.sql.exec(
        "UPDATE placements SET answer = (SELECT doc FROM orders WHERE id = order_id) WHERE order_id = ? AND answer IS NULL",
        order.id,
      );
    this.sql.exec(
      `INSERT INTO orders VALUES (?, ?, ?, 0, ?)
       ON CONFLICT (id) DO UPDATE SET doc = excluded.doc, version = excluded.version, due_at = excluded.due_at`,
      order.id,
      JSON.stringify(order),
      order.version,
      dueAt(order),
    );
  }

  /** The next part that D1 does not have: orders in order of age and the events that leave with them. */
  nextBatch(ordersMax: number): { orders: Order[]; events: SoukEvent[]; lastEvent: number | undefined } {
    const orders = [...this.unflushed.values()].slice(0, ordersMax);
    const rows = this.sql
      .exec<{ seq: number; event: string }>("SELECT * FROM events ORDER BY seq LIMIT ?", ordersMax)
      .toArray();
    return { orders, events: rows.map(({ event }) => JSON.parse(event)), lastEvent: rows.at(-1)?.seq };
  }

  /** D1 has confirmed these: only now do they leave the journal's list of what is waiting. */
  confirmed(orders: readonly Order[], lastEvent: number | undefined): void {
    for (const order of orders)
      if (this.unflushed.get(order.id)?.version === order.version) this.unflushed.delete(order.id);
    if (orders.length > 0)
      this.sql.exec(
        "UPDATE orders SET flushed = f.value ->> 1 FROM json_each(?) AS f WHERE orders.id = f.value ->> 0",
        JSON.stringify(orders.map((order) => [order.id, order.version])),
      );
    if (lastEvent !== undefined) this.sql.exec("DELETE FROM events WHERE seq <= ?", lastEvent);
  }

  /** Orders that were ever placed here. */
  count(): number {
    return this.sql.exec<{ count: number }>("SELECT count(*) AS count FROM placements").one().count;
  }

  /**
   * Leaves orders that were placed before this time and that D1 has to D1, oldest first; answers how many. Their keys stay, so
   * none is ever placed again. Ids of one journal sort by time.
   */
  leaveToD1(placedBefore: string, limit: number): number {
    const gone = this.sql
      .exec<{ id: string }>(
        `SELECT id FROM (SELECT * FROM orders ORDER BY id LIMIT ?)
         WHERE version = flushed AND due_at IS NULL AND doc ->> 'placed_at' < ?`,
        limit,
        placedBefore,
      )
      .toArray()
      .map((row) => row.id);
    const list = JSON.stringify(gone);
    this.sql.exec("UPDATE placements SET answer = NULL WHERE order_id IN (SELECT value FROM json_each(?))", list);
    this.sql.exec("DELETE FROM orders WHERE id IN (SELECT value FROM json_each(?))", list);
    return gone.length;
  }

  /** Takes an order back that was left to D1. */
  takeBack(order: Order): void {
    const { id, version } = order;
    this.sql.exec(
      "INSERT OR IGNORE INTO orders VALUES (?, ?, ?, ?, ?)",
      id,
      JSON.stringify(order),
      version,
      version,
      dueAt(order),
    );
  }

  findEarliest(): void {
    this.earliest =
      this.sql.exec<{ due: number | null }>("SELECT min(due_at) AS due FROM orders WHERE due_at IS NOT NULL").one()
        .due ?? undefined;
  }
}

const dueAt = (order: Order): number | null =>
  order.state === "pending_payment" ? Date.parse(order.pay_before) : null;

const asPlacement = ({ key, fingerprint, order_id, answer }: PlacementRow): Placement => ({
  key,
  fingerprint,
  orderId: order_id,
  answer: answer === null ? undefined : JSON.parse(answer),
});
