import { DurableObject } from "cloudflare:workers";
import type { Sale } from "../../src/capabilities/marketing/flash-sales/rules/sale.ts";
import { counterName, PARENT, readCounterName } from "../../src/capabilities/selling/stock/rules/shards.ts";
import type { Level } from "../../src/capabilities/selling/stock/store.ts";
import { callObject } from "../../src/platform/objects.ts";
import { Alarms } from "../kit/alarms.ts";
import { OneAtATime } from "../kit/one-at-a-time.ts";
import { StockBook } from "../stock-book.ts";
import type { StockCounter } from "../stock-counter.ts";
import type { HoldsPage, HoldsWish } from "../visible-holds.ts";
import { auditCounter, auditOne, auditWhole, type PartAudit, type StockAudit } from "./audit-stock.ts";
import type { CounterParts } from "./counter-parts.ts";
import type { Change, ChangeAnswer } from "./counter-words.ts";
import { BlockDesk } from "./hand-out-blocks.ts";
import { listWholeHolds } from "./list-whole-holds.ts";
import { SlotMover } from "./move-slots.ts";
import { ShardLink } from "./shard-link.ts";
import type { Ask, CallIn, Elsewhere, Exchange, Grant, Parcel, ShardReport, SharedSettings } from "./shard-words.ts";
import { type Short, Shortage } from "./shortage.ts";
import { SlotBook } from "./slot-book.ts";
import { exchangeOf, SplitBook, type Traffic } from "./split-book.ts";
import { WholeStock } from "./whole-stock.ts";

/** The D1 mirror follows what shards report within this time. */
const MIRROR_MS = 500;

/** How a SKU is divided: wanted shards, the epoch of the layout and what the shards and their parent had to tell each other. */
export interface Shape extends Traffic {
  shards: number;
  epoch: number;
  /** The owner of each slot: a shard's number, -1 for the parent. */
  owners: readonly number[];
  isSettled: boolean;
}

/**
 * A counter that can be divided while it sells. In one piece it is one object and none of this is in its way. Divided, the
 * parent keeps the undistributed rest, and each shard decides about the buyers of its slots with the units it was handed.
 */
export abstract class DivisibleCounter extends DurableObject<Env> {
  private readonly place = readCounterName(this.ctx.id.name ?? "");
  protected readonly book = new StockBook(this.ctx.storage.sql);
  protected readonly alarms = new Alarms(this.ctx);
  protected readonly isShard = this.place.shard !== PARENT;
  protected readonly slots = new SlotBook(this.ctx.storage.sql, this.book, this.isShard);
  private readonly parts: CounterParts = {
    sql: this.ctx.storage.sql,
    book: this.book,
    slots: this.slots,
    now: () => this.now(),
    commit: (work) => this.commit(work),
    armBy: (at) => this.alarms.armBy(at),
    goOn: (work) => this.ctx.waitUntil(work),
    level: () => this.level(),
    settings: () => ({ perBuyerLimit: this.book.levels.perBuyerLimit, sale: this.sharedSale() }),
    followSale: (sale) => this.followSale(sale),
    askShard: (shard, ask) => callObject(() => this.env.STOCK.getByName(counterName(this.place.parent, shard)), ask),
  };
  private readonly turns = new OneAtATime();
  private readonly split = new SplitBook(this.ctx.storage.sql);
  private readonly desk = new BlockDesk(this.parts, this.split);
  private readonly mover = new SlotMover(this.parts, this.split, this.desk, this.turns);
  private readonly whole = new WholeStock(this.parts, this.split, this.desk, this.mover.between, (change, delta) =>
    this.decideChange(change, delta),
  );
  private readonly link = new ShardLink(this.parts);
  private readonly shortage = new Shortage(
    (least, wanted) => (this.isShard ? this.askParent(least, wanted) : this.gather(least, wanted)),
    () => this.now(),
  );
  protected now = () => Date.now();

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    if (this.isDivided && !this.isShard) this.mover.resume();
  }

  protected abstract level(): Level;
  protected abstract decideChange(change: Change, delta?: number): ChangeAnswer;
  /** The terms of the flash sale whose units these are: shards know them too. */
  protected abstract sharedSale(): Sale | undefined;
  protected abstract followSale(sale: Sale): void;
  protected abstract commit<Answer>(work: () => Answer): Answer;

  protected get isDivided(): boolean {
    return this.slots.isDivided;
  }

  /** The way to the counter that decides about this slot; undefined when it is this one. */
  protected elsewhere(slot: number): Elsewhere | undefined {
    if (this.slots.owns(slot)) return undefined;
    if (this.slots.isLeaving(slot)) return { outcome: "moving" };
    return this.isShard ? { outcome: "moved" } : { outcome: "moved", layout: this.split.layout };
  }

  /** The way to the counter that has this hold; without its slot, any counter may. */
  protected wayTo(seq: number, slot: number | undefined): Elsewhere | undefined {
    if (slot !== undefined) return this.elsewhere(slot);
    if (!this.isDivided || this.isShard || this.book.holdBySeq(seq)) return undefined;
    return { outcome: "moved", layout: this.split.layout };
  }

  /** What a reservation is told that lacks units here: undefined when they are nowhere else either. */
  protected short(missing: number): Short | undefined {
    return this.isDivided && this.shortage.mayEnd(missing) ? { outcome: "short", missing } : undefined;
  }

  /** Asks a decision again until no more units can be had for it. */
  protected outlast<Answer extends { outcome: string }>(submit: () => Promise<Answer | Short>) {
    return this.shortage.outlast(submit);
  }

  protected sold(): void {
    if (this.isShard) this.link.sold();
  }

  protected changeWhole = (change: Change): Promise<ChangeAnswer> => this.whole.change(change);
  /** Decides what every shard must know, and tells them before it answers. `leaving` units are called in first. */
  protected changeShared = <Answer>(decide: () => Answer, leaving = 0): Promise<Answer> =>
    this.whole.changeShared(decide, leaving);
  protected askShards<Answer>(ask: (stub: Stub) => Promise<Answer>): Promise<Answer[]> {
    return Promise.all(this.split.active.map((link) => this.parts.askShard(link.shard, ask)));
  }
  protected knownLevel = (): Level => this.whole.known();
  protected wholeLevel = (): Promise<Level> => this.whole.level();
  protected reportedLevel = (): Promise<Level> => this.whole.reportedLevel();

  /** A page of holds: a shard's own, or of the whole SKU. */
  protected wholeHolds(wish: HoldsWish, list: () => HoldsPage): HoldsPage | Promise<HoldsPage> {
    return this.isShard ? list() : this.mover.between(() => listWholeHolds(this.parts, this.split, wish, list()));
  }

  /** What the mirror should hold. A shard has none: it tells its parent. */
  protected async follow(): Promise<void> {
    const report = this.link.report();
    const exchange = await this.askParentCounter(async (stub) => await stub.hear(this.place.shard, report));
    this.commit(() => this.link.take(exchange));
    this.book.mirrored(report.level.version);
  }

  protected resume(): void {
    if (this.isDivided && !this.isShard) this.mover.resume();
  }

  // What the parent is asked.

  /** Brings the SKU to this many shards while it sells; 1 is one counter. Undefined when no stock was ever set. */
  reshard(shards: number): (Shape & { before: number }) | undefined {
    if (!this.book.isStocked || this.isShard) return undefined;
    const before = this.split.shards;
    this.mover.aim(shards);
    const shape = this.shape();
    return shape && { before, ...shape };
  }

  shape(): Shape | undefined {
    if (!this.book.isStocked) return undefined;
    const { shards, layout } = this.split;
    return { shards, ...layout, isSettled: this.mover.isSettled, ...this.split.traffic() };
  }

  ask(ask: Ask): Promise<Grant> {
    return this.turns.run(() => this.desk.answer(ask));
  }

  hear(shard: number, report: ShardReport): Exchange {
    const link = this.split.link(shard);
    link.reports++;
    this.desk.listen(link, report);
    this.alarms.armBy(this.now() + MIRROR_MS);
    return exchangeOf(link);
  }

  /** A counter's own level and, of the parent of a divided SKU, what it last heard of its shards. */
  standing(): { own: Level; heard: { shard: number; level: Level }[] } | undefined {
    if (!this.book.exists) return undefined;
    const links = this.isDivided && !this.isShard ? this.split.active : [];
    return { own: this.level(), heard: links.map(({ shard, report }) => ({ shard, level: report.level })) };
  }

  /** The stored truth for the invariants; undefined where nothing was ever stored. */
  audit(): StockAudit | Promise<StockAudit> | undefined {
    if (!this.book.exists) return undefined;
    if (!this.isDivided || this.isShard) return auditOne(this.parts);
    return this.mover.between(() => auditWhole(this.parts, this.split, this.whole));
  }

  // What a shard is told.

  auditPart(): PartAudit {
    const { sent, taken } = this.link.report();
    return { audit: auditCounter(this.parts.sql, this.book), sent, taken };
  }

  exchange(exchange: Exchange): ShardReport {
    this.commit(() => this.link.take(exchange));
    return this.link.report();
  }

  callIn(message: CallIn): ShardReport {
    this.commit(() => {
      this.link.take(message);
      this.link.giveBack(message, this.shortage.isWaiting);
    });
    this.shortage.forget();
    return this.link.report();
  }

  followSettings(settings: SharedSettings): void {
    this.commit(() => this.link.follow(settings));
    // Settings change with the stock: what was nowhere may be there now.
    this.shortage.forget();
  }

  packSlots(move: number, slots: number[]): { parcel?: Parcel; report: ShardReport } {
    const parcel = this.commit(() => this.slots.leave(move, slots, this.now()));
    return { parcel, report: this.link.report() };
  }

  takeSlots(parcel: Parcel, settings: SharedSettings, block: Exchange): ShardReport {
    this.commit(() => {
      this.link.follow(settings);
      this.link.take(block);
      this.slots.arrive(parcel, this.now());
    });
    return this.link.report();
  }

  dropParcel(move: number): void {
    this.commit(() => this.slots.drop(move));
  }

  private async askParent(least: number, wanted: number): Promise<number> {
    const ask = { shard: this.place.shard, report: this.link.report(), least, wanted };
    const grant = await this.askParentCounter(async (stub) => await stub.ask(ask));
    this.commit(() => this.link.take(grant));
    this.book.mirrored(ask.report.level.version);
    return grant.left;
  }

  private gather(least: number, wanted: number): Promise<number> {
    return this.turns.run(async () => {
      await this.desk.gather(least, wanted);
      return this.desk.elsewhere();
    });
  }

  private askParentCounter<Answer>(ask: (stub: Stub) => Promise<Answer>): Promise<Answer> {
    return callObject(() => this.env.STOCK.getByName(this.place.parent), ask);
  }
}

type Stub = DurableObjectStub<StockCounter>;
