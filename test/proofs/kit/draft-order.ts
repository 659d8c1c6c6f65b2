import type { Order } from "../../../src/capabilities/selling/orders/rules.ts";

/** An order as checkout would journal it, of one line that costs `total` minor units. */
export function draftOrder(id: string, total: number, at: number, payBefore: number): Order {
  const money = (amount: number) => ({ amount, currency: "USD" });
  const placed = new Date(at).toISOString();
  return {
    id,
    number: "",
    state: "pending_payment",
    cancel_reason: null,
    email: "a@example.com",
    shipping_address: { name: "A", line1: "1", city: "C", country: "US" },
    locale: "en",
    lines: [
      {
        sku: "A",
        quantity: 1,
        title: "A",
        variant_title: "",
        handle: "a",
        image: null,
        unit_price: money(total),
        total: money(total),
        reservation_id: "r",
      },
    ],
    subtotal: money(total),
    shipping: money(0),
    total: money(total),
    payments: [draftPayment(`pay_${id.slice(4)}_1`, total)],
    history: [{ at: placed, state: "pending_payment", note: "placed" }],
    arm: "control",
    placed_at: placed,
    pay_before: new Date(payBefore).toISOString(),
    version: 1,
  };
}

export const draftPayment = (id: string, amount: number): Order["payments"][number] => ({
  id,
  provider: "sandbox",
  state: "open",
  amount: { amount, currency: "USD" },
  captured: { amount: 0, currency: "USD" },
  refunded: { amount: 0, currency: "USD" },
  redirect_url: "/",
});
