import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { OrderJournal } from "../../durable-objects/order-journal.ts";
import { api } from "../support/api.ts";
import { ring } from "../support/ring.ts";
import { eventually, expectInvariantsHold } from "../support/settled.ts";
import { checkOut, fillCart, play, putOnSale } from "../support/shopper.ts";

const HOURS = 3_600_000;

/** Lets the journal of an order believe that it is `ms` later, and its alarm ring. */
async function later(orderId: string, ms: number): Promise<void> {
  const journal = env.JOURNAL.getByName(`demo:${orderId.slice(4, 6)}`);
  await runInDurableObject(journal, (instance: OrderJournal) =>
    Object.assign(instance, { now: () => Date.now() + ms }),
  );
  await ring(journal);
  await runInDurableObject(journal, (instance: OrderJournal) => Object.assign(instance, { now: () => Date.now() }));
}

describe("abandon", () => {
  it("an unpaid order is cancelled after two hours and its stock is on sale again", async () => {
    await putOnSale("ABAN-1", 1);
    const checkout = await checkOut(await fillCart({ "ABAN-1": 1 }));
    const { id } = checkout.body.order;
    expect(Date.parse(checkout.body.order.pay_before) - Date.parse(checkout.body.order.placed_at)).toBe(2 * HOURS);
    await later(id, 1.9 * HOURS);
    expect((await api("GET", `/orders/${id}`)).body.state).toBe("pending_payment");
    await later(id, 2.1 * HOURS);
    expect((await api("GET", `/orders/${id}`)).body).toMatchObject({
      state: "cancelled",
      cancel_reason: "payment_timeout",
    });
    await eventually(async () =>
      expect((await api("GET", "/stock/ABAN-1")).body).toMatchObject({ available: 1, reserved: 0 }),
    );
    await expectInvariantsHold();
  });

  it("money that comes too late is given back, and the order stays cancelled", async () => {
    await putOnSale("LATE-1", 1);
    const checkout = await checkOut(await fillCart({ "LATE-1": 1 }));
    const { id } = checkout.body.order;
    await play(checkout.body.payment.id, "late", 1);
    await later(id, 2.1 * HOURS);
    expect((await api("GET", `/orders/${id}`)).body.state).toBe("cancelled");
    await eventually(async () => {
      const { body } = await api("GET", `/orders/${id}`);
      expect(body.payments[0]).toMatchObject({
        state: "refunded",
        captured: { amount: 1_999 },
        refunded: { amount: 1_999 },
      });
      expect(body.state).toBe("cancelled");
    });
    await expectInvariantsHold();
  });

  it("a provider that never answers leaves the order waiting", async () => {
    await putOnSale("NEVA-1", 1);
    const checkout = await checkOut(await fillCart({ "NEVA-1": 1 }));
    await play(checkout.body.payment.id, "never_answers");
    expect((await api("GET", `/orders/${checkout.body.order.id}`)).body).toMatchObject({ state: "pending_payment" });
    await expectInvariantsHold();
  });
});
