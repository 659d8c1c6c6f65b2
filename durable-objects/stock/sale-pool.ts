import type { SaleAudit } from "../../src/capabilities/marketing/flash-sales/rules/broken-sale.ts";
import { type BuyerMarks, markBuyers } from "../../src/capabilities/marketing/flash-sales/rules/buyer-marks.ts";
import { appendHold } from "../../src/capabilities/marketing/flash-sales/rules/order-text.ts";
import { readPass } from "../../src/capabilities/marketing/flash-sales/rules/pass.ts";
import { phaseOf, type Sale } from "../../src/capabilities/marketing/flash-sales/rules/sale.ts";
import { afterReserve, available } from "../../src/capabilities/selling/stock/rules.ts";
import { describe, log } from "../../src/platform/log.ts";
import type { Alarms } from "../kit/alarms.ts";
import type { Hold, StockBook } from "../stock-book.ts";
import { isOver, nextMoment } from "./forget-sale.ts";
import { OrderOutbox } from "./order-outbox.ts";
import { PassBook } from "./pass-book.ts";
import { SaleEdits } from "./sale-edits.ts";
import { SaleTerms } from "./sale-terms.ts";
import type {
  Participate,
  ParticipateAnswer,
  PlaceHeld,
  PlaceHeldAnswer,
  SaleAnswer,
  SaleCommand,
} from "./sale-words.ts";
import type { Short } from "./shortage.ts";
import { TermChanges } from "./term-changes.ts";
import type { TakeIn, UnitTransfers } from "./unit-transfers.ts";

/** The D1 row of the sale follows a change within this time. */
const MIRROR_MS = 500;
const MIRROR_RETRY_MS = 2_000;

/** Orders that an audit looks at one by one. */
const AUDITED_ORDERS = 100;

/** What a counter lends to its sale. */
interface PoolParts {
  state: DurableObjectState;
  env: Env;
  book: StockBook;
  transfers: UnitTransfers;
  alarms: Alarms;
  isShard: boolean;
  now: () => number;
  /** Says that units which are missing here may be had from other shards. */
  short: (missing: number) => Short | undefined;
  /** Called after each sale: a shard that sells keeps units. */
  sold: () => void;
}

/** What a flash sale's counter decides besides what every counter does: who takes part, their orders; changes of its terms stand in `TermChanges`. */
export class SalePool {
  private readonly terms: SaleTerms;
  private readonly passes: PassBook;
  private readonly edits: SaleEdits;
  private readonly changes: TermChanges;
  private outbox: OrderOutbox | undefined;
  private marked: { lastSeq: number; marks: BuyerMarks } | undefined;

  private readonly state: DurableObjectState;
  private readonly env: Env;
  private readonly book: StockBook;
  private readonly alarms: Alarms;
  private readonly now: () => number;

  constructor(private readonly parts: PoolParts) {
    const { state, env, book, alarms, now } = parts;
    this.state = state;
    this.env = env;
    this.book = book;
    this.alarms = alarms;
    this.now = now;
    this.terms = new SaleTerms(state.storage.sql);
    this.passes = new PassBook(state.storage.sql);
    this.edits = new SaleEdits(state, env, alarms);
    this.changes = new TermChanges({
      ...parts,
      terms: this.terms,
      edits: this.edits,
      tenantId: this.tenantId,
      keep: (sale) => this.keep(sale),
    });
    if (this.terms.sale) this.openOutbox(this.terms.sale);
    this.outbox?.planDrain();
  }

  get sale(): Sale | undefined {
    return this.terms.sale;
  }

  /** An order that its journal does not have yet. */
  waitingOrder(orderId: string): string | undefined {
    return this.outbox?.waitingOrder(orderId);
  }

  get waitingOrders(): number {
    return this.outbox?.size ?? 0;
  }

  buyers(): { available: number; marks: BuyerMarks } {
    const { lastSeq } = this.book;
    if (this.marked?.lastSeq !== lastSeq) this.marked = { lastSeq, marks: markBuyers(this.book.everyBuyer()) };
    return { available: available(this.book.levels), marks: this.marked.marks };
  }

  /** The sums of what is stored, and the newest orders with their holds. */
  audit(): SaleAudit | undefined {
    const { sale } = this.terms;
    if (!sale || !this.outbox) return undefined;
    const { sql } = this.state.storage;
    const { handedOver, takenBack, leaving } = this.parts.transfers.sumsWith(`${this.tenantId}:${sale.sku}`);
    const [most] = sql
      .exec<{ units: number }>(
        `SELECT sum(quantity) AS units FROM holds WHERE status IN ('held', 'confirmed')
         GROUP BY buyer ORDER BY units DESC LIMIT 1`,
      )
      .toArray();
    const orders = this.outbox.newest(AUDITED_ORDERS);
    return {
      sale,
      levels: this.book.levels,
      received: takenBack,
      returned: handedOver,
      mostOfOneBuyer: most?.units ?? 0,
      leaving,
      orders: orders.map(({ seq, orderId }) => ({ orderId, status: this.book.holdBySeq(seq)?.status ?? "lost" })),
    };
  }

  decide(command: SaleCommand): SaleAnswer {
    switch (command.kind) {
      case "participate":
        return this.decideParticipate(command);
      case "order":
        return this.decideOrder(command);
      default:
        return this.changes.decide(command);
    }
  }

  /** A shard hears the terms from its parent. Run it inside a transaction. */
  follow(sale: Sale): void {
    if (sale.version > (this.terms.sale?.version ?? -1)) this.keep(sale);
  }

  /** Units that arrived are the sale's from now on. */
  grow(arrived: TakeIn): void {
    this.changes.grow(arrived);
  }

  editBy(key: string): string | undefined {
    return this.edits.askedBy(key);
  }

  /** Brings what was decided here for other SKUs of the sale to their counters. */
  async spreadEdits(): Promise<void> {
    if (this.terms.sale?.edited !== undefined) await this.edits.deliver(this.now());
  }

  /** Ends the turn, before the book is written: what is left of a sale that is over goes back to the SKU. */
  settle(): void {
    const { sale } = this.terms;
    if (!sale) return;
    this.alarms.armBy(nextMoment(sale, this.now()));
    if (isOver(sale, this.now()) && !this.parts.isShard) this.changes.giveBack(sale, available(this.book.levels));
    this.outbox?.write();
  }

  /** Whatever waits for its time: mirror, orders, used passes. */
  async alarm(): Promise<void> {
    if (!this.terms.sale) return;
    this.passes.forgetExpired(this.now());
    this.outbox?.planDrain();
    if (this.parts.isShard) return;
    await this.spreadEdits();
    try {
      await this.terms.mirror(this.env, this.tenantId);
    } catch (error) {
      log("warn", "sale_mirror_delayed", { tenantId: this.tenantId, error: describe(error) });
      this.alarms.armBy(this.now() + MIRROR_RETRY_MS);
    }
  }

  private decideParticipate(wish: Participate): ParticipateAnswer | Short {
    const { book } = this;
    const { sale } = this.terms;
    if (!sale || sale.isDraft || !this.outbox) return { outcome: "unknown" };
    const known = book.holdByKey(wish.key, wish.buyer);
    if (known) return this.replay(known, wish, this.outbox);
    if (wish.version !== sale.version) return { outcome: "stale", sale };
    const phase = phaseOf(sale, this.now());
    if (phase !== "live") return { outcome: phase === "before" ? "not_started" : "ended" };
    const pass = sale.waitingRoom === null ? undefined : this.judgePass(sale, wish);
    if (pass && !pass.ok) return { outcome: pass.flaw };
    const units = book.unitsOf(wish.buyer);
    if (units + wish.quantity > sale.perBuyerLimit)
      return units > 0 ? { outcome: "already_participated", units } : { outcome: "over_limit" };
    const left = available(book.levels);
    if (wish.quantity > left) return this.parts.short(wish.quantity - left) ?? { outcome: "sold_out", available: left };
    if (wish.order !== undefined && this.outbox.isFull) return { outcome: "full" };
    return this.take(wish, this.outbox, pass);
  }

  private take(
    { key, buyer, quantity, ttlMs, order }: Participate,
    outbox: OrderOutbox,
    pass: { jti: string; expiresAt: number } | undefined,
  ): ParticipateAnswer {
    const at = this.now();
    const { seq } = this.book.hold({ key, buyer, quantity, createdAt: at, expiresAt: at + ttlMs });
    this.book.levels = afterReserve(this.book.levels, quantity);
    if (pass) this.passes.use(pass.jti, pass.expiresAt, seq);
    this.parts.sold();
    if (order !== undefined) outbox.add(seq, appendHold(order, seq), "with hold");
    return { outcome: "reserved", seq, at };
  }

  private judgePass(sale: Sale, { pass, buyer }: Participate) {
    const expected = { tenantId: this.tenantId, saleId: sale.id, buyer };
    const verdict = readPass(this.env.SOUK_SECRET, pass, expected, this.now());
    return verdict.ok && this.passes.isUsed(verdict.jti) ? { ok: false as const, flaw: "pass_used" as const } : verdict;
  }

  private replay(known: Hold, { buyer, quantity, order }: Participate, outbox: OrderOutbox): ParticipateAnswer {
    const placed = outbox.placed(known.seq);
    const wasOrder = placed?.withHold === true;
    if (known.buyer !== buyer || known.quantity !== quantity || wasOrder !== (order !== undefined))
      return { outcome: "key_reused" };
    if (!wasOrder) return { outcome: "reserved", seq: known.seq, at: known.createdAt };
    return { outcome: "ordered", seq: known.seq, orderId: placed.orderId, order: placed.doc };
  }

  private decideOrder({ seq, quantity, ttlMs, version, order }: PlaceHeld): PlaceHeldAnswer {
    const { book, outbox } = this;
    const { sale } = this.terms;
    const hold = book.holdBySeq(seq);
    if (!hold || hold.quantity !== quantity || !sale || !outbox) return { outcome: "unknown" };
    const placed = outbox.placed(seq);
    if (placed) return { outcome: "ordered", orderId: placed.orderId, order: placed.doc };
    if (hold.status !== "held") return { outcome: "expired" };
    if (version !== sale.version) return { outcome: "stale", sale };
    if (outbox.isFull) return { outcome: "full" };
    hold.expiresAt = this.now() + ttlMs;
    this.state.storage.sql.exec("UPDATE holds SET expires_at = ? WHERE seq = ?", hold.expiresAt, seq);
    outbox.add(seq, appendHold(JSON.stringify({ ...JSON.parse(order), email: hold.buyer }), seq), "after hold");
    return { outcome: "placed", buyer: hold.buyer };
  }

  private keep(sale: Sale): Sale {
    this.terms.put(sale);
    this.book.levels = { ...this.book.levels, perBuyerLimit: sale.perBuyerLimit };
    this.openOutbox(sale);
    this.alarms.armBy(this.now() + MIRROR_MS);
    return sale;
  }

  private openOutbox({ journal }: Sale): void {
    const name = `${this.tenantId}:${journal}`;
    this.outbox ??= new OrderOutbox(this.state, this.env, this.alarms, name, this.now);
  }

  private get tenantId(): string {
    return (this.state.id.name ?? "").split(":", 1)[0] ?? "";
  }
}
