import { createHash, createHmac } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** While the platform runs, it may have a file to itself for a moment. */
const LOCKED_MS = 5_000;

export interface StoredHold {
  seq: number;
  key: string;
  buyer: string;
  quantity: number;
  status: "held" | "confirmed" | "released" | "expired";
  expiresAt: number;
}

export interface StoredCounter {
  id: string;
  onHand: number;
  reserved: number;
  sold: number;
  /** Sum of the movements, which is what on hand must be. */
  moved: number;
  holds: StoredHold[];
  /** Parcels of buyers that left for another counter and have not arrived. */
  parcels: number;
}

/** The parts of an order's document that a recount looks at. */
interface OrderDocument {
  id: string;
  state: string;
  cancel_reason: string | null;
  email: string;
  lines: { sku: string; quantity: number }[];
  total: { amount: number };
  payments: { id: string }[];
  history: { state: string; note: string }[];
}

export interface StoredOrder {
  id: string;
  version: number;
  order: OrderDocument;
}

export interface StoredCharge {
  payment: string;
  captured: number;
  refunded: number;
}

/** The SQLite files of a world's objects and of its D1, read past the platform. */
export class StoredState {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Every stock counter that was ever written, shards as well. */
  counters(): StoredCounter[] {
    return this.objects("StockCounter")
      .flatMap(({ id, db }) => (hasTable(db, "counter") ? [readCounter(id, db)] : []))
      .toArray();
  }

  counter(shop: string, sku: string): StoredCounter | undefined {
    return this.counters().find(({ id }) => id === objectId("souk-StockCounter", `${shop}:${sku}`));
  }

  /** The orders of every journal, whatever became of them. */
  journaled(): StoredOrder[] {
    return this.objects("OrderJournal")
      .flatMap(({ db }) => (hasTable(db, "orders") ? rows(db, "SELECT id, version, doc FROM orders").map(asOrder) : []))
      .toArray();
  }

  /** What the sandbox bank took, by payment. */
  charges(): StoredCharge[] {
    return this.objects("SandboxBank")
      .flatMap(({ db }) =>
        hasTable(db, "charges") ? rows(db, "SELECT payment_id, captured, refunded FROM charges").map(asCharge) : [],
      )
      .toArray();
  }

  ordersInD1(): StoredOrder[] {
    return this.inD1("SELECT id, version, doc FROM orders").map(asOrder);
  }

  /** Orders that D1 does not have as they are. */
  waitingOrders(): number {
    const counts = this.objects("OrderJournal").map(({ db }) =>
      hasTable(db, "orders")
        ? Number(rows(db, "SELECT count(*) AS count FROM orders WHERE version > flushed")[0]?.count)
        : 0,
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Events that nobody has handled yet. */
  waitingEvents(): number {
    return Number(this.inD1("SELECT count(*) AS count FROM outbox")[0]?.count);
  }

  private inD1(query: string): Row[] {
    const folder = join(this.folder, "d1/miniflare-D1DatabaseObject");
    const file = readdirSync(folder).find((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite");
    if (!file) throw new Error(`there is no D1 below ${folder}`);
    const db = new DatabaseSync(join(folder, file), { timeout: LOCKED_MS });
    const found = rows(db, query);
    db.close();
    return found;
  }

  private *objects(className: string): Generator<{ id: string; db: DatabaseSync }> {
    const folder = join(this.folder, `do/souk-${className}`);
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) {
      if (!name.endsWith(".sqlite") || name === "metadata.sqlite") continue;
      const db = new DatabaseSync(join(folder, name), { timeout: LOCKED_MS });
      yield { id: name.slice(0, -".sqlite".length), db };
      db.close();
    }
  }
}

type Row = Record<string, unknown>;

const rows = (db: DatabaseSync, query: string): Row[] => db.prepare(query).all();
const hasTable = (db: DatabaseSync, name: string): boolean =>
  db.prepare("SELECT 1 FROM sqlite_master WHERE name = ?").get(name) !== undefined;

function readCounter(id: string, db: DatabaseSync): StoredCounter {
  const level = rows(db, "SELECT on_hand, reserved, sold FROM counter")[0] ?? {};
  const moved = rows(db, "SELECT coalesce(sum(delta), 0) AS moved FROM movements")[0]?.moved;
  const holds = rows(db, "SELECT seq, key, buyer, quantity, status, expires_at FROM holds").map(
    (row): StoredHold => ({
      seq: Number(row.seq),
      key: String(row.key),
      buyer: String(row.buyer),
      quantity: Number(row.quantity),
      status: String(row.status) as StoredHold["status"],
      expiresAt: Number(row.expires_at),
    }),
  );
  return {
    id,
    onHand: Number(level.on_hand),
    reserved: Number(level.reserved),
    sold: Number(level.sold),
    moved: Number(moved),
    holds,
    parcels: hasTable(db, "parcels") ? Number(rows(db, "SELECT count(*) AS count FROM parcels")[0]?.count) : 0,
  };
}

const asCharge = (row: Row): StoredCharge => ({
  payment: String(row.payment_id),
  captured: Number(row.captured),
  refunded: Number(row.refunded),
});

const asOrder = (row: Row): StoredOrder => ({
  id: String(row.id),
  version: Number(row.version),
  order: JSON.parse(String(row.doc)),
});

/** The id, and so the file, of an object by its name: as workerd derives it (src/workerd/server/actor-id-impl.c++). */
export function objectId(uniqueKey: string, name: string): string {
  const key = createHash("sha256").update(uniqueKey).digest();
  const mac = (data: string | Buffer) => createHmac("sha256", key).update(data).digest().subarray(0, 16);
  const base = mac(name);
  return Buffer.concat([base, mac(base)]).toString("hex");
}
