import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeptLine } from "../../../../src/capabilities/selling/carts/contract.ts";
import type { SellableVariant } from "../../../../src/capabilities/selling/catalog/actions.ts";
import { draftOrder, reviewCart } from "../../../../src/capabilities/selling/checkout/rules.ts";
import { brokenOrder } from "../../../../src/capabilities/selling/orders/rules.ts";

const currency = "USD";
const variantOf = (sku: string, amount: number): SellableVariant => ({
  sku,
  productId: `prd_${sku}`,
  handle: sku.toLowerCase(),
  title: `Product ${sku}`,
  variantTitle: "",
  titles: { "zh-CN": { title: `商品 ${sku}`, variantTitle: "" } },
  price: { amount, currency },
});

/** A cart line with what is true of its SKU now: another price, or nothing when it left the shop. */
const line = fc.record({
  quantity: fc.integer({ min: 1, max: 9_999 }),
  was: fc.integer({ min: 0, max: 5_000_000 }),
  now: fc.option(fc.integer({ min: 0, max: 5_000_000 })),
  isSame: fc.boolean(),
});
const cart = fc.array(line, { minLength: 1, maxLength: 20 }).map((lines) => {
  const kept: KeptLine[] = lines.map(({ quantity, was }, i) => ({
    id: `line_${i}`,
    sku: `S${i}`,
    quantity,
    price: { amount: was, currency },
  }));
  const variants = new Map<string, SellableVariant>();
  for (const [i, { was, now, isSame }] of lines.entries())
    if (isSame || now !== null) variants.set(`S${i}`, variantOf(`S${i}`, isSame ? was : (now ?? was)));
  return { kept, variants };
});
type Cart = typeof cart extends fc.Arbitrary<infer It> ? It : never;
const totalNow = ({ kept, variants }: Cart): number =>
  kept.reduce((sum, it) => sum + (variants.get(it.sku)?.price.amount ?? 0) * it.quantity, 0);

describe("a cart before it is ordered", () => {
  it("names exactly the lines that left the shop, else exactly those whose price differs", () => {
    fc.assert(
      fc.property(cart, ({ kept, variants }) => {
        const changes = reviewCart(kept, variants, undefined, currency);
        const gone = kept.filter((it) => !variants.has(it.sku)).map((it) => it.sku);
        const dearer = kept.filter((it) => variants.get(it.sku)?.price.amount !== it.price.amount).map((it) => it.sku);
        expect(changes.map((it) => it.sku)).toEqual(gone.length > 0 ? gone : dearer);
        for (const it of changes) expect(it.what).toBe(gone.length > 0 ? "gone" : "price");
      }),
    );
  });

  it("passes with an expected total only when that is today's total in the shop's currency", () => {
    fc.assert(
      fc.property(cart, fc.integer({ min: -2, max: 2 }), fc.constantFrom("USD", "EUR"), (it, off, of) => {
        const expected = { amount: Math.max(0, totalNow(it) + off), currency: of };
        const isAgreed = expected.amount === totalNow(it) && of === currency;
        const isWhole = it.kept.every((line) => it.variants.has(line.sku));
        expect(reviewCart(it.kept, it.variants, expected, currency).length === 0).toBe(isWhole && isAgreed);
      }),
    );
  });
});

describe("a drafted order", () => {
  const tenant = {
    id: "demo",
    name: "Demo",
    currency,
    locale: "en" as const,
    theme: {},
    settings: { paymentWindowMinutes: 120, orderShards: 1 },
    state: "active" as const,
    trialEndsAt: null,
    off: new Set<string>(),
  };
  const terms = {
    id: "ord_1",
    email: "ann@example.com",
    shipping_address: { name: "A", line1: "1", city: "X", country: "US" },
    arm: "control",
    at: 1_000,
    tenant,
  };

  it("adds up, at the shop's prices and never at those of the cart", () => {
    fc.assert(
      fc.property(cart, (it) => {
        const order = draftOrder(terms, it.kept, it.variants);
        expect(brokenOrder(order)).toEqual([]);
        expect(order.total).toEqual({ amount: totalNow(it), currency });
        expect(order.lines.map((line) => [line.sku, line.quantity])).toEqual(
          it.kept.map((line) => [line.sku, line.quantity]),
        );
        for (const line of order.lines)
          expect(line.unit_price.amount).toBe(it.variants.get(line.sku)?.price.amount ?? 0);
        expect(Date.parse(order.pay_before) - Date.parse(order.placed_at)).toBe(120 * 60_000);
      }),
    );
  });

  it("speaks the shopper's language where the product does", () => {
    const kept = [{ id: "line_1", sku: "S1", quantity: 1, price: { amount: 1, currency } }];
    const variants = new Map([["S1", variantOf("S1", 1)]]);
    expect(draftOrder({ ...terms, locale: "zh-CN" }, kept, variants).lines[0]?.title).toBe("商品 S1");
    expect(draftOrder(terms, kept, variants).lines[0]?.title).toBe("Product S1");
  });
});
