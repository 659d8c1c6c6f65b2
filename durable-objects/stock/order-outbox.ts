import { orderIdIn } from "../../src/capabilities/marketing/flash-sales/rules/order-text.ts";
import { describe, log } from "../../src/platform/log.ts";
import type { Alarms } from "../kit/alarms.ts";

/** More orders than this waiting for their journal (about 75 MB): new ones are refused before anything is held. */
export const WAITING_ORDERS_MAX = 50_000;
/** Orders that go to the journal in one call. */
const BATCH_ORDERS = 250;
/** Orders that arrive within this time go together. */
const GATHER_MS = 20;
/**
 * In a rush - so many orders came while a batch was on its way - the next one goes after this pause: buyers are answered first. Nobody's
 * order waits for that longer than about the third figure, and the pauses end when half of what may wait is waiting.
 */
const RUSH_ORDERS = 25;
const RUSH_PAUSE_MS = 1_000;
const RUSH_MS_MAX = 15_000;
/** The journal had no room, or the call failed: try again after this time. */
const RETRY_MS = 200;
/** If the object dies before a batch is due, the alarm sends it within this time. */
const ALARM_MS = 2_000;
/** Rows of one INSERT; Durable Object storage takes 100 bound values a statement. */
const ROWS_MAX = 32;

type Waiting = {
  seq: number;
  order_id: string;
  doc: string;
};

/** What is kept of an order when it has gone to its journal: how to find it again. */
export interface Placed {
  orderId: string;
  /** Whether hold and order were one request. */
  withHold: boolean;
  /** The order, until the journal has it. */
  doc?: string;
}

const TABLES = `
  CREATE TABLE IF NOT EXISTS placed (
    seq INTEGER PRIMARY KEY, order_id TEXT NOT NULL, with_hold INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY, order_id TEXT NOT NULL, doc TEXT NOT NULL);`;

/**
 * Orders that were placed with their hold in one commit and wait for their journal. A row leaves only after the journal confirmed
 * it; the journal takes an order once, however often it is sent.
 */
export class OrderOutbox {
  /** The numbers of the holds whose orders wait, by the order's id. Their documents are in storage only: a rush leaves many. */
  private readonly waiting = new Map<string, number>();
  private fresh: [seq: number, orderId: string, withHold: number, doc: string][] = [];
  private draining: Promise<void> | undefined;
  private isPlanned = false;
  private arrived = 0;
  private pausesSince = 0;

  constructor(
    private readonly state: DurableObjectState,
    private readonly env: Pick<Env, "JOURNAL">,
    private readonly alarms: Alarms,
    private readonly journal: string,
    private readonly now: () => number,
  ) {
    state.storage.sql.exec(TABLES);
    for (const row of state.storage.sql.exec<{ seq: number; order_id: string }>("SELECT seq, order_id FROM outbox"))
      this.waiting.set(row.order_id, row.seq);
  }

  get isFull(): boolean {
    return this.waiting.size >= WAITING_ORDERS_MAX;
  }

  get size(): number {
    return this.waiting.size;
  }

  /** Takes an order in the turn that holds its units. Call `write` in the same turn. */
  add(seq: number, doc: string, how: "with hold" | "after hold"): void {
    const orderId = orderIdIn(doc);
    this.waiting.set(orderId, seq);
    this.arrived++;
    this.fresh.push([seq, orderId, how === "with hold" ? 1 : 0, doc]);
  }

  /** Run it inside the turn's transaction. */
  write(): void {
    const { sql } = this.state.storage;
    if (this.fresh.length === 0) return;
    sql.exec(
      "INSERT INTO placed SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)",
      JSON.stringify(this.fresh.map(([seq, orderId, withHold]) => [seq, orderId, withHold])),
    );
    for (let from = 0; from < this.fresh.length; ) {
      const rows = this.fresh.length - from >= ROWS_MAX ? ROWS_MAX : 1;
      const values = this.fresh.slice(from, from + rows).flatMap(([seq, orderId, , doc]) => [seq, orderId, doc]);
      sql.exec(rows === 1 ? INSERT_ONE : INSERT_MANY, ...values);
      from += rows;
    }
    this.fresh = [];
    this.planDrain();
  }

  placed(seq: number): Placed | undefined {
    const fresh = this.fresh.find((it) => it[0] === seq);
    if (fresh) return { orderId: fresh[1], withHold: fresh[2] === 1, doc: fresh[3] };
    const [row] = this.state.storage.sql
      .exec<{ order_id: string; with_hold: number }>("SELECT order_id, with_hold FROM placed WHERE seq = ?", seq)
      .toArray();
    return row && { orderId: row.order_id, withHold: row.with_hold === 1, doc: this.waitingOrder(row.order_id) };
  }

  newest(limit: number): { seq: number; orderId: string }[] {
    return this.state.storage.sql
      .exec<{ seq: number; orderId: string }>(
        "SELECT seq, order_id AS orderId FROM placed ORDER BY seq DESC LIMIT ?",
        limit,
      )
      .toArray();
  }

  /** An order that its journal does not have yet. */
  waitingOrder(orderId: string): string | undefined {
    const seq = this.waiting.get(orderId);
    if (seq === undefined) return undefined;
    const fresh = this.fresh.find((it) => it[0] === seq);
    return fresh?.[3] ?? this.state.storage.sql.exec<Waiting>("SELECT * FROM outbox WHERE seq = ?", seq).one().doc;
  }

  planDrain(): void {
    if (this.waiting.size === 0) return;
    this.alarms.armBy(this.now() + ALARM_MS);
    if (this.isPlanned || this.draining) return;
    this.isPlanned = true;
    setTimeout(() => {
      this.isPlanned = false;
      void this.drain();
    }, GATHER_MS);
  }

  /** Sends what waits until nothing waits; answers when that is so or the journal takes no more for now. */
  private async drain(): Promise<void> {
    this.draining ??= this.drainAll().finally(() => {
      this.draining = undefined;
    });
    await this.draining;
  }

  private async drainAll(): Promise<void> {
    this.pausesSince = this.now();
    for (let batch = this.oldest(); batch.length > 0; batch = this.oldest()) {
      this.arrived = 0;
      const taken = await this.send(batch.map((it) => it.doc));
      const gone = batch.slice(0, taken);
      if (gone.length > 0) {
        this.state.storage.sql.exec(
          "DELETE FROM outbox WHERE seq IN (SELECT value FROM json_each(?))",
          JSON.stringify(gone.map((it) => it.seq)),
        );
        for (const it of gone) this.waiting.delete(it.order_id);
      }
      if (taken < batch.length) {
        this.alarms.armBy(this.now() + RETRY_MS);
        return;
      }
      if (this.isRush()) await new Promise((resume) => setTimeout(resume, RUSH_PAUSE_MS));
    }
  }

  private isRush(): boolean {
    const isPatient = this.waiting.size < WAITING_ORDERS_MAX / 2 && this.now() - this.pausesSince < RUSH_MS_MAX;
    return isPatient && this.arrived >= RUSH_ORDERS;
  }

  private oldest(): Waiting[] {
    return this.state.storage.sql.exec<Waiting>("SELECT * FROM outbox ORDER BY seq LIMIT ?", BATCH_ORDERS).toArray();
  }

  private async send(docs: string[]): Promise<number> {
    try {
      return await this.env.JOURNAL.getByName(this.journal).intake(docs);
    } catch (error) {
      log("warn", "drain_delayed", { journal: this.journal, waiting: this.waiting.size, error: describe(error) });
      return 0;
    }
  }
}

const INSERT_ONE = "INSERT INTO outbox VALUES (?, ?, ?)";
const INSERT_MANY = `INSERT INTO outbox VALUES ${Array.from({ length: ROWS_MAX }, () => "(?, ?, ?)").join(", ")}`;
