import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addPayment,
  applyRefund,
  applyReport,
  brokenOrder,
  type Change,
  cancel,
  mayMove,
  move,
  type Order,
  type OrderState,
  type Payment,
  refund,
} from "../../../../src/capabilities/selling/orders/rules.ts";

const TOTAL = 4_000;
const STAFF_MOVES = ["fulfilling", "shipped", "delivered", "completed"] as const;
const RANK: { [state in OrderState]: number } = {
  pending_payment: 0,
  paid: 1,
  fulfilling: 2,
  shipped: 3,
  delivered: 4,
  completed: 5,
  cancelled: 6,
  partially_refunded: 6,
  refunded: 7,
};
const money = (amount: number) => ({ amount, currency: "USD" });
const opened = (id: string): Payment => ({
  id,
  provider: "sandbox",
  state: "open",
  amount: money(TOTAL),
  captured: money(0),
  refunded: money(0),
  redirect_url: `/pay/${id}`,
});
const placed: Order = {
  id: "ord_1",
  number: "1",
  state: "pending_payment",
  cancel_reason: null,
  email: "ann@example.com",
  shipping_address: { name: "Ann", line1: "1", city: "X", country: "US" },
  locale: "en",
  lines: [
    {
      sku: "A",
      quantity: 2,
      title: "A",
      variant_title: "",
      handle: "a",
      image: null,
      unit_price: money(2_000),
      total: money(TOTAL),
      reservation_id: "rsv_1",
    },
  ],
  subtotal: money(TOTAL),
  shipping: money(0),
  total: money(TOTAL),
  payments: [opened("p1")],
  history: [],
  arm: "control",
  placed_at: "",
  pay_before: "",
  version: 1,
};

type Step = { name: string; apply: (order: Order) => Change };
const payment = fc.constantFrom("p1", "p2", "p3", "p4");
/** All that can happen to an order from outside: the staff's moves, cancels, what providers say in any order, refunds, new attempts. */
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .constantFrom(...STAFF_MOVES)
    .map((to) => ({ name: `move ${to}`, apply: (it: Order) => move(it, to, "by staff", 1) })),
  fc.constant({ name: "refund", apply: (it: Order) => refund(it, "test", 2) }),
  fc.constant({ name: "cancel", apply: (it: Order) => cancel(it, "test", 2) }),
  fc
    .record({
      paymentId: payment,
      state: fc.constantFrom("pending" as const, "paid" as const, "declined" as const),
      captured: fc.constantFrom(0, 1, TOTAL - 1, TOTAL, TOTAL, TOTAL, TOTAL + 1),
    })
    .map((report) => ({ name: JSON.stringify(report), apply: (it: Order) => applyReport(it, report, 3) })),
  payment.map((id) => ({ name: `refunded ${id}`, apply: (it: Order) => applyRefund(it, id, 4) })),
  payment.map((id) => ({ name: `open ${id}`, apply: (it: Order) => addPayment(it, opened(id)) })),
);

const outcome = (order: Order, { apply }: Step): Order => {
  const change = apply(order);
  return change.kind === "changed" ? change.order : order;
};
const capturedOf = (order: Order): number => order.payments.reduce((sum, it) => sum + it.captured.amount, 0);

/** Runs `check` on every step of random lives of an order. */
function lives(check: (before: Order, now: Order, step: Step, change: Change) => void): void {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let order = placed;
      for (const it of steps) {
        const change = it.apply(order);
        const now = change.kind === "changed" ? change.order : order;
        check(order, now, it, change);
        order = now;
      }
    }),
    { numRuns: 2_000 },
  );
}

describe("an order, whatever happens to it", () => {
  it("breaks no truth about itself", () => {
    lives((_, now) => expect(brokenOrder(now)).toEqual([]));
  });

  it("only moves forward, along allowed moves, and stays where it ends", () => {
    lives((before, now) => {
      expect(RANK[now.state]).toBeGreaterThanOrEqual(RANK[before.state]);
      if (now.state !== before.state) expect(mayMove(before.state, now.state)).toBe(true);
      if (before.state === "cancelled" || before.state === "refunded") expect(now.state).toBe(before.state);
    });
  });

  it("keeps captured money only while it is paid with it; all other is due or given back", () => {
    lives((_, now) => {
      const isKept = (it: Payment) =>
        it.state === "paid" && !["pending_payment", "cancelled", "refunded"].includes(now.state);
      for (const it of now.payments)
        if (it.captured.amount > 0) expect(isKept(it) || ["refund_due", "refunded"].includes(it.state)).toBe(true);
    });
  });

  it("never forgets captured money, and gives back no more than that", () => {
    lives((before, now) => {
      expect(capturedOf(now)).toBeGreaterThanOrEqual(capturedOf(before));
      for (const it of now.payments) expect(it.refunded.amount).toBeLessThanOrEqual(it.captured.amount);
    });
  });

  it("takes the same step twice as once, and says so", () => {
    lives((before, now, it, change) => {
      const again = it.apply(now);
      if (change.kind === "changed") expect(["same", "illegal"]).toContain(again.kind);
      expect(outcome(now, it)).toEqual(now);
      if (change.kind === "illegal") expect(now).toBe(before);
    });
  });

  it("grows its version with every change and tells of each refund that becomes due", () => {
    lives((before, now, _, change) => {
      if (change.kind !== "changed") return;
      expect(now.version).toBe(before.version + 1);
      const due = (order: Order) => order.payments.filter((it) => it.state === "refund_due").map((it) => it.id);
      const fresh = due(now).filter((id) => !due(before).includes(id));
      const told = change.happened.filter((it) => it.type === "payment.refund_due").map((it) => it.facts.payment_id);
      expect(told).toEqual(fresh);
    });
  });

  it("ends the same whatever order the reports about its payments arrive in, as far as money goes", () => {
    const reports = [
      { paymentId: "p1", state: "declined" as const, captured: 0 },
      { paymentId: "p1", state: "pending" as const, captured: 0 },
      { paymentId: "p1", state: "paid" as const, captured: TOTAL },
      { paymentId: "p1", state: "paid" as const, captured: TOTAL },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(reports, { minLength: 4 }), (shuffled) => {
        const end = shuffled.reduce(
          (order, it) => outcome(order, { name: "", apply: (o) => applyReport(o, it, 1) }),
          placed,
        );
        expect([end.state, capturedOf(end), end.payments[0]?.state]).toEqual(["paid", TOTAL, "paid"]);
      }),
    );
  });
});
