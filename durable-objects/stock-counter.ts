import { DurableObject } from "cloudflare:workers";
import { UNITS_MAX } from "../src/capabilities/selling/stock/contract.ts";
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
import { Alarms } from "./kit/alarms.ts";
import { GroupCommit } from "./kit/group-commit.ts";
import { type Hold, StockBook } from "./stock-book.ts";
import { asSeen, type HoldsPage, type HoldsWish, listHolds, type VisibleHold } from "./visible-holds.ts";

/** The D1 mirror follows a change within this time; a hot counter writes it at most this often. */
const MIRROR_MS = 500;
const MIRROR_RETRY_MS = 2_000;

export interface ReserveCommand {
  kind: "reserve";
  key: string;
  buyer: string;
  quantity: number;
  ttlMs: number;
}
type Settle = { kind: "confirm" | "release"; seq: number; owner?: string };
type Change =
  | { kind: "set"; onHand: number; perBuyerLimit?: number | null; key?: string }
  | { kind: "adjust"; delta: number; reason: string; key?: string };
type Command = ReserveCommand | Settle | Change | Extension;

/** Only what the caller does not know: each field that crosses to the Worker costs as much as deciding it. */
export type Held = { outcome: "reserved" | "already_reserved"; seq: number; status: HoldStatus; expiresAt: number };
export type HoldAnswer =
  | Held
  | { outcome: "sold_out" | "limit_reached"; available: number }
  | { outcome: "unknown_sku" | "key_reused" | "unknown_reservation" | "already_extended" }
  | { outcome: "settled"; hold: Hold }
  | { outcome: "refused"; status: HoldStatus };
export type ChangeAnswer =
  | { outcome: "changed"; level: Level }
  | { outcome: "below_reserved" | "key_reused" | "unknown_sku" };

/**
 * The single writer of one SKU's stock: reserve, confirm, release, adjust and set are decided here in memory, one turn of
 * arrivals at a time, and written in one transaction before anybody is answered. Holds expire by alarm.
 */
export class StockCounter extends DurableObject<Env> {
  private readonly book = new StockBook(this.ctx.storage.sql);
  private readonly extensions = new HoldExtensions(this.ctx.storage.sql, this.book);
  private readonly alarms = new Alarms(this.ctx);
  private readonly turn = new GroupCommit<Command, HoldAnswer | ChangeAnswer>(this.ctx, (commands) =>
    this.decide(commands),
  );
  private now = () => Date.now();

  reserve(command: Omit<ReserveCommand, "kind">): Promise<HoldAnswer> {
    return this.turn.submit({ kind: "reserve", ...command }) as Promise<HoldAnswer>;
  }

  /** With an `owner`, holds of others are unknown. */
  settle(kind: "confirm" | "release", seq: number, owner?: string): Promise<HoldAnswer> {
    return this.turn.submit({ kind, seq, owner }) as Promise<HoldAnswer>;
  }

  extend(extension: Omit<Extension, "kind">): Promise<HoldAnswer> {
    return this.turn.submit({ kind: "extend", ...extension }) as Promise<HoldAnswer>;
  }

  change(change: Change): Promise<ChangeAnswer> {
    return this.turn.submit(change) as Promise<ChangeAnswer>;
  }

  /** Undefined when no stock was ever set: nothing is created for a SKU that somebody made up. */
  snapshot(): Level | undefined {
    return this.book.exists ? this.level() : undefined;
  }

  holdOf(seq: number, owner?: string): VisibleHold | undefined {
    const hold = this.book.exists ? this.book.holdBySeq(seq) : undefined;
    return hold && isOwnedBy(hold, owner) ? asSeen(hold, this.extensions, this.now()) : undefined;
  }

  holds(wish: HoldsWish): HoldsPage | undefined {
    return this.book.isStocked ? listHolds(this.ctx.storage.sql, this.extensions, wish, this.now()) : undefined;
  }

  statusOf(seq: number): HoldStatus | undefined {
    return this.book.exists ? this.book.holdBySeq(seq)?.status : undefined;
  }

  /** The stored truth for the invariants: levels, and the sums they must equal. */
  audit(): ReturnType<StockBook["audit"]> | undefined {
    return this.book.exists ? this.book.audit() : undefined;
  }

  ping(): true {
    return true;
  }

  override async alarm(): Promise<void> {
    this.alarms.spent();
    if (!this.book.exists) return;
    this.ctx.storage.transactionSync(() => this.expireDue());
    if (this.book.unmirrored) await this.mirror();
    if (this.book.nextExpiry !== undefined) this.alarms.armBy(this.book.nextExpiry);
  }

  private decide(commands: readonly Command[]): (HoldAnswer | ChangeAnswer)[] {
    this.book.open();
    this.expireDue();
    this.book.recall(commands.flatMap((it) => ("key" in it && it.key !== undefined ? [it.key] : [])));
    const before = this.book.version;
    const answers = commands.map((command) => this.decideOne(command));
    this.book.write();
    if (this.book.version !== before) this.alarms.armBy(this.now() + MIRROR_MS);
    if (this.book.nextExpiry !== undefined) this.alarms.armBy(this.book.nextExpiry);
    return answers;
  }

  private decideOne(command: Command): HoldAnswer | ChangeAnswer {
    switch (command.kind) {
      case "reserve":
        return this.decideReserve(command);
      case "confirm":
      case "release":
        return this.decideSettle(command);
      case "set":
      case "adjust":
        return this.decideChange(command);
      case "extend":
        return this.extensions.extend(command, this.now());
    }
  }

  private decideReserve({ key, buyer, quantity, ttlMs }: ReserveCommand): HoldAnswer {
    const { book } = this;
    const known = book.holdByKey(key);
    if (known)
      return known.buyer === buyer && known.quantity === quantity
        ? held("already_reserved", known)
        : { outcome: "key_reused" };
    if (!book.isStocked) return { outcome: "unknown_sku" };
    const verdict = judgeReserve(book.levels, quantity, book.unitsOf(buyer));
    if (verdict !== "reserved") return { outcome: verdict, available: available(book.levels) };
    const hold = book.hold({ key, buyer, quantity, createdAt: this.now(), expiresAt: this.now() + ttlMs });
    book.levels = afterReserve(book.levels, quantity);
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

  private decideChange(change: Change): ChangeAnswer {
    const { book } = this;
    const asked = JSON.stringify(change);
    const known = change.key === undefined ? undefined : book.changeByKey(change.key);
    if (known !== undefined)
      return known === asked ? { outcome: "changed", level: this.level() } : { outcome: "key_reused" };
    if (change.kind === "adjust" && !book.isStocked) return { outcome: "unknown_sku" };
    const { levels } = book;
    const onHand = change.kind === "set" ? change.onHand : levels.onHand + change.delta;
    if (judgeOnHand(levels, onHand, UNITS_MAX) !== "changed") return { outcome: "below_reserved" };
    const limit =
      change.kind === "set" && change.perBuyerLimit !== undefined ? change.perBuyerLimit : levels.perBuyerLimit;
    book.levels = { ...levels, onHand, perBuyerLimit: limit };
    const reason = change.kind === "set" ? "set" : change.reason;
    book.move(change.kind, onHand - levels.onHand, reason, this.now(), change.key, asked);
    return { outcome: "changed", level: this.level() };
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
    const level = this.level();
    const [tenantId = "", ...sku] = (this.ctx.id.name ?? "").split(":");
    try {
      await mirrorLevel(this.env, { tenantId, sku: sku.join(":") }, level);
      this.book.mirrored(level.version);
      if (this.book.unmirrored) this.alarms.armBy(this.now() + MIRROR_MS);
    } catch (error) {
      log("warn", "mirror_delayed", { tenantId, error: describe(error) });
      this.alarms.armBy(this.now() + MIRROR_RETRY_MS);
    }
  }

  private level(): Level {
    const { levels, nextVersion: version } = this.book;
    return { onHand: levels.onHand, reserved: levels.reserved, sold: levels.sold, version };
  }
}

const held = (outcome: Held["outcome"], { seq, status, expiresAt }: Hold): Held => ({
  outcome,
  seq,
  status,
  expiresAt,
});
