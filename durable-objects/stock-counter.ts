import { UNITS_MAX } from "../src/capabilities/selling/stock/contract.ts";
import { slotOf } from "../src/capabilities/selling/stock/rules/shards.ts";
import {
  afterConfirm,
  afterRelease,
  afterReserve,
  available,
  type HoldStatus,
  judgeOnHand,
  judgeReserve,
} from "../src/capabilities/selling/stock/rules.ts";
import { type Level, mirrorLevel } from "../src/capabilities/selling/stock/store.ts";
import { describe, log } from "../src/platform/log.ts";
import { type Extension, HoldExtensions, isOwnedBy } from "./hold-extensions.ts";
import { GroupCommit } from "./kit/group-commit.ts";
import type {
  Answer,
  Change,
  ChangeAnswer,
  Command,
  Held,
  HoldAnswer,
  ReserveCommand,
  Settle,
} from "./stock/counter-words.ts";
import { OldHolds } from "./stock/forget-holds.ts";
import { forgetOld } from "./stock/forget-sale.ts";
import { SaleCounter, type SaleTurn } from "./stock/sale-counter.ts";
import type { Elsewhere } from "./stock/shard-words.ts";
import type { Short } from "./stock/shortage.ts";
import type { Hold } from "./stock-book.ts";
import { asSeen, type HoldsPage, type HoldsWish, listHolds, type VisibleHold } from "./visible-holds.ts";

/** The D1 mirror follows a change within this time; a hot counter writes it at most this often. */
const MIRROR_MS = 500;
const MIRROR_RETRY_MS = 2_000;

/**
 * The single writer of one SKU's stock: reserve, confirm, release, adjust and set are decided here in memory, one turn of
 * arrivals at a time, and written in one transaction before anybody is answered. Holds expire by alarm.
 */
export class StockCounter extends SaleCounter {
  private readonly extensions = new HoldExtensions(this.ctx.storage.sql, this.book);
  private readonly old = new OldHolds(this.ctx.storage, this.alarms);
  private readonly turn = new GroupCommit<Command, Answer>(this.ctx, (commands) => this.decide(commands));

  reserve(command: Omit<ReserveCommand, "kind">): Promise<HoldAnswer | Elsewhere> {
    const submit = () => this.turn.admit({ kind: "reserve", ...command }) as Promise<HoldAnswer | Elsewhere | Short>;
    return this.outlast(submit);
  }

  /** With an `owner`, holds of others are unknown. */
  settle(kind: Settle["kind"], seq: number, owner?: string, slot?: number): Promise<HoldAnswer | Elsewhere> {
    return this.turn.submit({ kind, seq, owner, slot }) as Promise<HoldAnswer | Elsewhere>;
  }

  extend(extension: Omit<Extension, "kind">): Promise<HoldAnswer | Elsewhere> {
    return this.turn.submit({ kind: "extend", ...extension }) as Promise<HoldAnswer | Elsewhere>;
  }

  async change(change: Change): Promise<ChangeAnswer> {
    const answer = (await this.turn.submit(change)) as ChangeAnswer | { outcome: "divided" };
    return answer.outcome === "divided" ? this.changeWhole(change) : answer;
  }

  /**
   * As `change`, but the caller writes the mirror: a counter in one piece then neither does so nor wakes up for it, which is most
   * of what setting the stock of a whole catalogue costs.
   */
  async changeEntrusted(change: Change): Promise<ChangeAnswer> {
    const command = { kind: "entrust" as const, key: change.key, change };
    const answer = (await this.turn.submit(command)) as ChangeAnswer | { outcome: "divided" };
    return answer.outcome === "divided" ? this.changeWhole(change) : answer;
  }

  /** Undefined when no stock was ever set: nothing is created for a SKU that somebody made up. */
  snapshot(): Level | Promise<Level> | undefined {
    if (!this.book.exists || !this.book.isStocked) return undefined;
    return this.isDivided ? this.wholeLevel() : this.level();
  }

  holdOf(seq: number, owner?: string, slot?: number): { outcome: "seen"; hold?: VisibleHold } | Elsewhere {
    const elsewhere = this.wayTo(seq, slot);
    if (elsewhere) return elsewhere;
    const hold = this.book.exists ? this.book.holdBySeq(seq) : undefined;
    return {
      outcome: "seen",
      hold: hold && isOwnedBy(hold, owner) ? asSeen(hold, this.extensions, this.now()) : undefined,
    };
  }

  holds(wish: HoldsWish): HoldsPage | Promise<HoldsPage> | undefined {
    if (!this.book.isStocked) return undefined;
    const list = () => listHolds(this.ctx.storage.sql, this.extensions, wish, this.now());
    return this.isDivided ? this.wholeHolds(wish, list) : list();
  }

  statusOf(seq: number, slot?: number): { outcome: "seen"; status?: HoldStatus } | Elsewhere {
    const status = this.book.exists ? this.book.holdBySeq(seq)?.status : undefined;
    return this.wayTo(seq, slot) ?? { outcome: "seen", status };
  }

  ping(): true {
    return true;
  }

  override async alarm(): Promise<void> {
    this.alarms.spent();
    if (!this.book.exists) return;
    this.ctx.storage.transactionSync(() => {
      this.expireDue();
      this.pool.settle();
      this.book.write();
    });
    forgetOld(this.old, this.pool, this.ctx.storage.sql, this.now());
    this.divideSale();
    await this.transfers.deliver(this.now());
    this.resume();
    await this.mirror();
    await this.pool.alarm();
    await this.endForgottenDraft();
    if (this.book.nextExpiry !== undefined) this.alarms.armBy(this.book.nextExpiry);
  }

  private decide(commands: readonly Command[]): Answer[] {
    this.book.open();
    this.expireDue();
    this.book.recall(commands.flatMap((it) => ("key" in it && it.key !== undefined ? [it.key] : [])));
    const before = this.book.version;
    const isEntrusted = !this.book.unmirrored && commands.every((it) => it.kind === "entrust");
    const answers = commands.map((command) => this.decideOne(command));
    this.pool.settle();
    this.book.write();
    if (this.book.version !== before && isEntrusted) this.book.mirrored(this.book.version);
    else if (this.book.version !== before) this.alarms.armBy(this.now() + MIRROR_MS);
    if (this.book.nextExpiry !== undefined) this.alarms.armBy(this.book.nextExpiry);
    return answers;
  }

  private decideOne(command: Command): Answer {
    const elsewhere = this.isDivided ? this.wayFor(command) : undefined;
    if (elsewhere) return elsewhere;
    switch (command.kind) {
      case "reserve":
        return this.decideReserve(command);
      case "confirm":
      case "release":
        return this.decideSettle(command);
      case "set":
      case "adjust":
        return this.decideChange(command);
      case "entrust":
        return this.decideChange(command.change);
      case "extend":
        return this.extensions.extend(command, this.now());
      default:
        return this.decideSaleTurn(command);
    }
  }

  /** Where a command of a divided SKU belongs; undefined when it is decided here. */
  private wayFor(command: Command): Elsewhere | { outcome: "divided" } | undefined {
    switch (command.kind) {
      case "set":
      case "adjust":
      case "entrust":
        return { outcome: "divided" };
      case "reserve":
      case "participate":
        return this.elsewhere(slotOf(command.buyer));
      case "order":
        return this.elsewhere(command.slot);
      case "confirm":
      case "release":
      case "extend":
        return this.wayTo(command.seq, command.slot);
      default:
        return undefined;
    }
  }

  private decideReserve({ key, buyer, quantity, ttlMs }: ReserveCommand): HoldAnswer | Short {
    const { book } = this;
    const known = book.holdByKey(key, buyer);
    if (known)
      return known.buyer === buyer && known.quantity === quantity
        ? held("already_reserved", known)
        : { outcome: "key_reused" };
    if (!book.isStocked) return { outcome: "unknown_sku" };
    const verdict = judgeReserve(book.levels, quantity, book.unitsOf(buyer));
    if (verdict !== "reserved") {
      const left = available(book.levels);
      return (verdict === "sold_out" && this.short(quantity - left)) || { outcome: verdict, available: left };
    }
    const hold = book.hold({ key, buyer, quantity, createdAt: this.now(), expiresAt: this.now() + ttlMs });
    book.levels = afterReserve(book.levels, quantity);
    this.sold();
    return held("reserved", hold);
  }

  private decideSettle({ kind, seq, owner }: Settle): HoldAnswer {
    const hold = this.book.holdBySeq(seq);
    if (!hold || !isOwnedBy(hold, owner)) return { outcome: "unknown_reservation" };
    const target: HoldStatus = kind === "confirm" ? "confirmed" : "released";
    if (hold.status === target || (kind === "release" && hold.status === "expired"))
      return { outcome: "settled", hold };
    if (hold.status !== "held") return { outcome: "refused", status: hold.status };
    const { levels } = this.book;
    this.book.levels = kind === "confirm" ? afterConfirm(levels, hold.quantity) : afterRelease(levels, hold.quantity);
    this.book.settle(hold, target);
    if (kind === "confirm") this.book.move("confirm", -hold.quantity, `hold ${seq}`, this.now());
    return { outcome: "settled", hold };
  }

  /** `delta` is how many units the rest of a divided SKU gains; otherwise the change says so. */
  protected override decideChange(change: Change, delta?: number): ChangeAnswer {
    const { book } = this;
    const asked = JSON.stringify(change);
    const known = change.key === undefined ? undefined : book.changeByKey(change.key);
    if (known !== undefined)
      return known.asked === asked
        ? { outcome: "changed", level: known.level ?? this.level() }
        : { outcome: "key_reused" };
    if (change.kind === "adjust" && !book.isStocked) return { outcome: "unknown_sku" };
    const { levels } = book;
    const gained = delta ?? (change.kind === "set" ? change.onHand - levels.onHand : change.delta);
    const onHand = levels.onHand + gained;
    if (judgeOnHand(levels, onHand, UNITS_MAX) !== "changed") return { outcome: "below_reserved" };
    const limit =
      change.kind === "set" && change.perBuyerLimit !== undefined ? change.perBuyerLimit : levels.perBuyerLimit;
    book.levels = { ...levels, onHand, perBuyerLimit: limit };
    const reason = change.kind === "set" ? "set" : change.reason;
    const level = delta === undefined ? this.level() : this.knownLevel();
    book.move(change.kind, gained, reason, this.now(), change.key, { asked, level });
    return { outcome: "changed", level };
  }

  private expireDue(): void {
    if ((this.book.nextExpiry ?? Number.POSITIVE_INFINITY) > this.now()) return;
    for (const hold of this.book.due(this.now())) {
      this.book.levels = afterRelease(this.book.levels, hold.quantity);
      this.book.settle(hold, "expired");
    }
    this.book.write();
    this.alarms.armBy(this.now() + MIRROR_MS);
  }

  private async mirror(): Promise<void> {
    const [tenantId = "", ...sku] = (this.ctx.id.name ?? "").split(":");
    try {
      if (this.isShard) {
        if (this.book.unmirrored) await this.follow();
      } else {
        const level = this.isDivided ? await this.reportedLevel() : this.level();
        if (level.version <= this.book.mirroredAt) return;
        await mirrorLevel(this.env, { tenantId, sku: sku.join(":") }, level, this.now());
        this.book.mirrored(level.version);
      }
      if (this.book.unmirrored) this.alarms.armBy(this.now() + MIRROR_MS);
    } catch (error) {
      log("warn", "mirror_delayed", { tenantId, error: describe(error) });
      this.alarms.armBy(this.now() + MIRROR_RETRY_MS);
    }
  }

  protected override level(): Level {
    const { levels, nextVersion: version } = this.book;
    return { onHand: levels.onHand, reserved: levels.reserved, sold: levels.sold, version };
  }

  protected override submit(command: SaleTurn): Promise<unknown> {
    return this.turn.submit(command);
  }

  protected override admit(command: SaleTurn): Promise<unknown> {
    return this.turn.admit(command);
  }

  protected override commit<Value>(work: () => Value): Value {
    const before = this.book.version;
    const value = this.turn.alone(() => {
      const done = work();
      this.pool.settle();
      this.book.write();
      return done;
    });
    if (this.book.version !== before) this.alarms.armBy(this.now() + MIRROR_MS);
    if (this.book.nextExpiry !== undefined) this.alarms.armBy(this.book.nextExpiry);
    return value;
  }
}

const held = (outcome: Held["outcome"], { seq, status, expiresAt }: Hold): Held => ({
  outcome,
  seq,
  status,
  expiresAt,
});
