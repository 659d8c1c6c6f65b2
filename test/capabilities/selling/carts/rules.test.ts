import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KeptCart, LINES_MAX, QUANTITY_MAX } from "../../../../src/capabilities/selling/carts/contract.ts";
import { type CartEdit, edit } from "../../../../src/capabilities/selling/carts/rules.ts";
import { AMOUNT_MAX } from "../../../../src/platform/money.ts";

const empty: KeptCart = { id: "cart_1", lines: [], claim: null, version: 1 };
const sku = fc.integer({ min: 0, max: LINES_MAX + 20 }).map((i) => `S${i}`);
const amount = fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: AMOUNT_MAX }));
const quantity = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: QUANTITY_MAX }));
const change: fc.Arbitrary<CartEdit> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("add" as const),
      sku,
      quantity,
      price: amount.map((it) => ({ amount: it, currency: "USD" })),
      mark: fc.uuid(),
    }),
  },
  fc.record({
    kind: fc.constant("change" as const),
    lineId: fc.integer({ min: 1, max: 60 }).map((i) => `line_${i.toString(36)}`),
    quantity,
  }),
  fc.record({
    kind: fc.constant("remove" as const),
    lineId: fc.integer({ min: 1, max: 60 }).map((i) => `line_${i.toString(36)}`),
  }),
);

describe("a cart, whatever is put into it", () => {
  it("has one line for a SKU, its own id for each, and stays within its limits", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
        let cart = empty;
        for (const it of changes) {
          const verdict = edit(cart, it);
          if (verdict.kind !== "edited") continue;
          expect(verdict.cart.version).toBe(cart.version + 1);
          cart = verdict.cart;
          expect(new Set(cart.lines.map((line) => line.sku)).size).toBe(cart.lines.length);
          expect(new Set(cart.lines.map((line) => line.id)).size).toBe(cart.lines.length);
          expect(cart.lines.length).toBeLessThanOrEqual(LINES_MAX);
          for (const line of cart.lines) expect(line.quantity >= 1 && line.quantity <= QUANTITY_MAX).toBe(true);
          const worth = cart.lines.reduce((sum, line) => sum + BigInt(line.price.amount) * BigInt(line.quantity), 0n);
          expect(worth <= BigInt(AMOUNT_MAX)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is as if the units of a SKU were added at once", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 50 }), (parts) => {
        const price = { amount: 5, currency: "USD" };
        const end = parts.reduce((cart, part, i) => {
          const verdict = edit(cart, { kind: "add", sku: "A", quantity: part, price, mark: `add_${i}` });
          return verdict.kind === "edited" ? verdict.cart : cart;
        }, empty);
        const quantity = parts.reduce((a, b) => a + b, 0);
        expect(end.lines).toMatchObject([{ id: "line_1", sku: "A", quantity, price }]);
        expect(end.lines).toHaveLength(1);
      }),
    );
  });

  it("grows once by an addition that comes again, also with another in between", () => {
    const additions = ["add_1", "add_2", "add_1", "add_2", "add_2"];
    const end = additions.reduce((cart, mark) => {
      const verdict = edit(cart, { kind: "add", sku: "A", quantity: 3, price: { amount: 5, currency: "USD" }, mark });
      return verdict.kind === "edited" ? verdict.cart : cart;
    }, empty);
    expect(end.lines[0]?.quantity).toBe(6);
    expect(end.version).toBe(3);
  });

  it("is not edited while a checkout has it", () => {
    const claimed = { ...empty, claim: { key: "k", fingerprint: "f", orderId: "ord_1", at: 1 } };
    fc.assert(
      fc.property(change, (it) => {
        expect(edit(claimed, it)).toEqual({ kind: "cart_checked_out" });
      }),
    );
  });
});
