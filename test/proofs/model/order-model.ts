import type { OrderState, PaymentReport } from "../../../src/capabilities/selling/orders/rules.ts";
import type { Dice } from "../kit/dice.ts";

export type OrderStep =
  | { kind: "place"; key: string; fingerprint: string; id: string; total: number; payBefore: number }
  | { kind: "report"; id: string; report: PaymentReport }
  | { kind: "cancel"; id: string }
  | { kind: "refund"; id: string }
  | { kind: "fence"; id: string }
  | { kind: "move"; id: string; to: OrderState }
  | { kind: "refunded"; id: string; paymentId: string }
  | { kind: "attempt"; id: string; paymentId: string; total: number };

interface ModelPayment {
  id: string;
  state: string;
  captured: number;
  refunded: number;
}
interface ModelOrder {
  id: string;
  key: string;
  fingerprint: string;
  state: OrderState;
  total: number;
  payBefore: number;
  payments: ModelPayment[];
}

/** The life of an order as product.md draws it, one word per way out. */
const WAYS: Record<string, string> = {
  pending_payment: "paid cancelled",
  paid: "fulfilling cancelled partially_refunded refunded",
  fulfilling: "shipped cancelled partially_refunded refunded",
  shipped: "delivered partially_refunded refunded",
  delivered: "completed partially_refunded refunded",
  completed: "partially_refunded refunded",
  partially_refunded: "refunded",
};
const MOVES: readonly OrderState[] = ["fulfilling", "shipped", "delivered", "completed"];
const RECENT = 30;

export const paymentName = (orderId: string, attempt: number): string => `pay_${orderId.slice(4)}_${attempt}`;

/** A journal that keeps everything in one list and writes down what must be told to the rest of the shop. */
export class OrderModel {
  readonly orders: ModelOrder[] = [];
  /** `order.paid ord_1`: what must have left the journal, in order. */
  readonly told: string[] = [];
  private byId = new Map<string, ModelOrder>();
  private byKey = new Map<string, ModelOrder>();
  private fenced = new Set<string>();

  answer(step: OrderStep): string {
    if (step.kind === "place") return this.place(step);
    const order = this.byId.get(step.id);
    if (step.kind === "fence") {
      if (!order) this.fenced.add(step.id);
      return order ? `placed ${this.line(order)}` : "fenced";
    }
    if (!order) return "unknown";
    const isLegal = this.edit(order, step);
    return isLegal ? `done ${this.line(order)}` : `illegal ${order.state}`;
  }

  /** Unpaid orders whose time is over are cancelled, oldest deadline first and by their ids where it is the same. */
  expire(now: number): void {
    const due = this.orders.filter((it) => it.state === "pending_payment" && it.payBefore <= now);
    for (const order of due.toSorted((a, b) => a.payBefore - b.payBefore || (a.id < b.id ? -1 : 1))) this.cancel(order);
  }

  line(order: ModelOrder): string {
    const payments = order.payments.map((it) => `${it.state}:${it.captured}:${it.refunded}`);
    return [order.id, order.state, ...payments].join(" ");
  }

  private place({ key, fingerprint, id, total, payBefore }: OrderStep & { kind: "place" }): string {
    const known = this.byKey.get(key);
    if (known) return known.fingerprint === fingerprint && known.id === id ? `replayed ${id}` : "key_reused";
    if (this.fenced.has(id)) return "fenced";
    const payments = [{ id: paymentName(id, 1), state: "open", captured: 0, refunded: 0 }];
    const order: ModelOrder = { id, key, fingerprint, state: "pending_payment", total, payBefore, payments };
    this.orders.push(order);
    this.byId.set(id, order);
    this.byKey.set(key, order);
    this.tell("order.placed", order);
    return `placed ${this.orders.length}`;
  }

  private edit(order: ModelOrder, step: Exclude<OrderStep, { kind: "place" } | { kind: "fence" }>): boolean {
    switch (step.kind) {
      case "cancel":
        return order.state === "cancelled" || (this.may(order, "cancelled") && this.cancel(order));
      case "refund":
        return order.state === "refunded" || (this.may(order, "refunded") && this.giveBack(order));
      case "move":
        if (order.state === step.to) return true;
        if (!this.may(order, step.to)) return false;
        return this.enter(order, step.to);
      case "attempt":
        if (order.state !== "pending_payment") return false;
        if (!order.payments.some((it) => it.id === step.paymentId))
          order.payments.push({ id: step.paymentId, state: "open", captured: 0, refunded: 0 });
        return true;
      case "refunded":
        return this.refund(order, step.paymentId);
      case "report":
        return this.report(order, step.report);
    }
  }

  private may = (order: ModelOrder, to: OrderState): boolean => (WAYS[order.state] ?? "").split(" ").includes(to);

  private enter(order: ModelOrder, state: OrderState): true {
    order.state = state;
    this.tell(`order.${state}`, order);
    return true;
  }

  private cancel(order: ModelOrder): true {
    this.enter(order, "cancelled");
    for (const payment of order.payments)
      if (payment.state === "paid") this.owe(order, payment);
      else if (["open", "pending", "declined"].includes(payment.state)) payment.state = "cancelled";
    return true;
  }

  private giveBack(order: ModelOrder): true {
    this.enter(order, "refunded");
    for (const payment of order.payments) if (payment.state === "paid") this.owe(order, payment);
    return true;
  }

  private owe(order: ModelOrder, payment: ModelPayment): void {
    payment.state = "refund_due";
    this.tell("payment.refund_due", order, payment);
  }

  private refund(order: ModelOrder, id: string): true {
    const payment = order.payments.find((it) => it.id === id && it.state === "refund_due");
    if (!payment) return true;
    payment.state = "refunded";
    payment.refunded = payment.captured;
    this.tell("payment.refunded", order);
    return true;
  }

  private report(order: ModelOrder, { paymentId, state, captured }: PaymentReport): true {
    const payment = order.payments.find((it) => it.id === paymentId);
    if (!payment || ["paid", "refund_due", "refunded", state].includes(payment.state)) return true;
    if (state !== "paid") {
      if (payment.state === "cancelled") return true;
      payment.state = state;
      this.tell(`payment.${state}`, order);
      return true;
    }
    payment.captured = captured;
    if (order.state !== "pending_payment" || captured !== order.total) {
      this.owe(order, payment);
      return true;
    }
    for (const other of order.payments) if (other !== payment) other.state = asClosed(other.state);
    payment.state = "paid";
    return this.enter(order, "paid");
  }

  private tell(type: string, order: ModelOrder, payment?: ModelPayment): void {
    this.told.push([type, order.id, ...(payment ? [payment.id, payment.captured] : [])].join(" "));
  }

  /** Mostly about the newest orders, in any order, more than once, and sometimes about orders that never were. */
  randomStep(dice: Dice, freshId: string, now: number): OrderStep {
    const roll = dice.below(100);
    if (roll < 22 || this.orders.length === 0) return this.randomPlace(dice, freshId, now);
    const order = this.orders[Math.max(0, this.orders.length - 1 - dice.below(RECENT))] as ModelOrder;
    const id = dice.chance(0.02) ? freshId : order.id;
    const paymentId = paymentName(id, 1 + dice.below(order.payments.length + (dice.chance(0.05) ? 1 : 0)));
    if (roll < 55) {
      const captured = dice.chance(0.95) ? order.total : dice.below(order.total + 1);
      const state = dice.pick(["pending", "declined", "paid", "paid"] as const);
      return { kind: "report", id, report: { paymentId, state, captured: state === "paid" ? captured : 0 } };
    }
    if (roll < 61) return { kind: "cancel", id };
    if (roll < 62) return { kind: "refund", id };
    if (roll < 82) return { kind: "move", id, to: dice.pick(MOVES) };
    if (roll < 92) return { kind: "refunded", id, paymentId };
    const attempt = paymentName(id, order.payments.length + dice.below(2));
    if (roll < 97) return { kind: "attempt", id, paymentId: attempt, total: order.total };
    return { kind: "fence", id: dice.chance(0.5) ? freshId : id };
  }

  private randomPlace(dice: Dice, freshId: string, now: number): OrderStep {
    const before = this.orders.length > 0 && dice.chance(0.15) ? dice.pick(this.orders.slice(-RECENT)) : undefined;
    const key = before?.key ?? `key ${freshId}`;
    const fingerprint = before && dice.chance(0.8) ? before.fingerprint : `print ${freshId}`;
    const id = before && dice.chance(0.8) ? before.id : freshId;
    const total = 100 + dice.below(10_000);
    return { kind: "place", key, fingerprint, id, total, payBefore: now + 1_000 * (1 + dice.below(7_200)) };
  }
}

const asClosed = (state: string): string => (["open", "pending", "declined"].includes(state) ? "cancelled" : state);
