import { UNITS_MAX } from "../../../src/capabilities/selling/stock/contract.ts";
import type { Dice } from "../kit/dice.ts";

type Settle = { kind: "confirm"; seq: number } | { kind: "release"; seq: number };
export type StockStep =
  | { kind: "reserve"; key: string; buyer: string; quantity: number; ttlMs: number }
  | Settle
  | { kind: "set"; onHand: number; perBuyerLimit?: number | null; key?: string }
  | { kind: "adjust"; delta: number; reason: string; key?: string };

interface ModelHold {
  seq: number;
  key: string;
  buyer: string;
  quantity: number;
  status: "held" | "confirmed" | "released" | "expired";
  expiresAt: number;
}

const BUYERS = 25;
const RECENT = 40;

/**
 * The plainest counter that could be right: a list of holds and one number on the shelf; everything else is summed anew at each
 * question. It answers in the words of the real one, as one comparable line.
 */
export class StockModel {
  private holds: ModelHold[] = [];
  /** Holds that still count: the model's only shortcut, or its sums would take hours. */
  private open = new Set<ModelHold>();
  private byKey = new Map<string, ModelHold>();
  private changes = new Map<string, { asked: string; answer: string }>();
  private bought = new Map<string, number>();
  private onHand = 0;
  private sold = 0;
  private limit: number | null = null;
  private isStocked = false;

  get reserved(): number {
    let sum = 0;
    for (const hold of this.open) sum += hold.quantity;
    return sum;
  }

  get line(): string {
    return `on hand ${this.onHand} reserved ${this.reserved} sold ${this.sold}`;
  }

  /** What the beginning of a turn does. */
  expire(now: number): void {
    for (const hold of this.open) if (hold.expiresAt <= now) this.end(hold, "expired");
  }

  answer(step: StockStep, now: number): string {
    if (step.kind === "reserve") return this.reserve(step, now);
    return step.kind === "confirm" || step.kind === "release" ? this.settle(step) : this.change(step);
  }

  private reserve(step: StockStep & { kind: "reserve" }, now: number): string {
    const { key, buyer, quantity } = step;
    const known = this.byKey.get(key);
    if (known)
      return known.buyer === buyer && known.quantity === quantity
        ? `already_reserved ${known.seq} ${known.status}`
        : "key_reused";
    if (!this.isStocked) return "unknown_sku";
    let units = this.bought.get(buyer) ?? 0;
    for (const hold of this.open) if (hold.buyer === buyer) units += hold.quantity;
    const left = this.onHand - this.reserved;
    if (this.limit !== null && units + quantity > this.limit) return `limit_reached ${left}`;
    if (quantity > left) return `sold_out ${left}`;
    const seq = this.holds.length + 1;
    const hold: ModelHold = { seq, key, buyer, quantity, status: "held", expiresAt: now + step.ttlMs };
    this.holds.push(hold);
    this.open.add(hold);
    this.byKey.set(key, hold);
    return `reserved ${seq} held`;
  }

  private settle({ kind, seq }: Settle): string {
    const hold = this.holds[seq - 1];
    if (!hold) return "unknown_reservation";
    const target = kind === "confirm" ? "confirmed" : "released";
    if (hold.status === "held") this.end(hold, target);
    else if (hold.status !== target && !(kind === "release" && hold.status === "expired"))
      return `refused ${hold.status}`;
    return `settled ${hold.status}`;
  }

  private end(hold: ModelHold, status: "confirmed" | "released" | "expired"): void {
    hold.status = status;
    this.open.delete(hold);
    if (status !== "confirmed") return;
    this.onHand -= hold.quantity;
    this.sold += hold.quantity;
    this.bought.set(hold.buyer, (this.bought.get(hold.buyer) ?? 0) + hold.quantity);
  }

  private change(step: Exclude<StockStep, Settle | { kind: "reserve" }>): string {
    const asked = JSON.stringify(step);
    const known = step.key === undefined ? undefined : this.changes.get(step.key);
    if (known !== undefined) return known.asked === asked ? known.answer : "key_reused";
    if (step.kind === "adjust" && !this.isStocked) return "unknown_sku";
    const onHand = step.kind === "set" ? step.onHand : this.onHand + step.delta;
    if (onHand < this.reserved || onHand > UNITS_MAX) return "below_reserved";
    this.onHand = onHand;
    this.isStocked = true;
    if (step.kind === "set" && step.perBuyerLimit !== undefined) this.limit = step.perBuyerLimit;
    const answer = `changed ${this.line}`;
    if (step.key !== undefined) this.changes.set(step.key, { asked, answer });
    return answer;
  }

  /** A step that may well be nonsense: keys used before, holds that ended or never were, more than there is. */
  randomStep(dice: Dice, name: string): StockStep {
    const roll = dice.below(100);
    const seq = dice.chance(0.9)
      ? Math.max(1, this.holds.length - dice.below(RECENT))
      : dice.below(this.holds.length + 3);
    if (roll < 55) return this.randomReserve(dice, name);
    if (roll < 88) return { kind: dice.chance(0.6) ? "confirm" : "release", seq };
    const key = dice.chance(0.4) ? `change-${dice.chance(0.5) ? name : dice.below(20)}` : undefined;
    if (roll < 98) return { kind: "adjust", delta: dice.below(61) - 22 || 1, reason: "count", key };
    const onHand = dice.chance(0.05) ? UNITS_MAX + 1 : dice.below(400);
    const perBuyerLimit = dice.pick([undefined, null, 5, 60, 600, 6_000]);
    return { kind: "set", onHand, perBuyerLimit, key };
  }

  private randomReserve(dice: Dice, name: string): StockStep {
    const before = this.holds.length > 0 && dice.chance(0.12) ? dice.pick(this.holds.slice(-RECENT)) : undefined;
    const buyer = before && dice.chance(0.8) ? before.buyer : `b${dice.below(BUYERS)}`;
    const quantity = before && dice.chance(0.8) ? before.quantity : 1 + dice.below(dice.chance(0.02) ? 500 : 4);
    return { kind: "reserve", key: before?.key ?? name, buyer, quantity, ttlMs: 1_000 * (1 + dice.below(600)) };
  }
}
