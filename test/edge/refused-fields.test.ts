import { describe, expect, it } from "vitest";
import { api } from "../support/api.ts";

const key = { headers: { "idempotency-key": "refused-fields" } };
const hold = (body: object) =>
  api("POST", "/stock/WORDS-1/reservations", { ...key, body: { buyer: "ann", quantity: 1, ...body } });
const said = async (answer: ReturnType<typeof api>) => {
  const { status, body } = await answer;
  expect(status).toBe(422);
  return Object.fromEntries(body.errors.map((it: { field: string; detail: string }) => [it.field, it.detail]));
};

describe("a refused field", () => {
  it("is named with a sentence that says what was expected", async () => {
    expect(await said(hold({ quantity: 0 }))).toEqual({ quantity: "At least 1." });
    expect(await said(hold({ quantity: 1.5 }))).toEqual({ quantity: "Expected a whole number." });
    expect(await said(hold({ quantity: "1" }))).toEqual({ quantity: "Expected a number." });
    expect(await said(hold({ quantity: undefined, buyer: "" }))).toEqual({
      quantity: "Missing.",
      buyer: "Must not be empty.",
    });
    expect(await said(hold({ buyer: "x".repeat(129), ttl_seconds: null }))).toEqual({
      buyer: "At most 128 characters.",
      ttl_seconds: "Expected a number.",
    });
    expect(await said(api("POST", "/reservation-licences", { body: { name: "P", plan: "gold" } }))).toEqual({
      plan: "Expected one of trial, standard, scale.",
    });
    expect(await said(api("POST", "/selection", { body: { selectors: [{ kind: "mood" }] } }))).toEqual({
      "selectors.0.kind": "Expected one of category, tag, stock, price, sales.",
    });
    expect(await said(api("POST", "/staff/invitations", { body: { email: "nobody", role: "support" } }))).toEqual({
      email: "Expected an e-mail address such as ann@example.com.",
    });
  });

  it("keeps the sentence of its own shape where it has one", async () => {
    expect(await said(api("POST", "/autoscale/adjust?sku=WORDS-1&target_conversions=many"))).toEqual({
      target_conversions: "A whole number of conversions a second.",
    });
  });

  it("is a parameter that nobody reads, too", async () => {
    expect(await said(api("GET", "/consistency?sku=WORDS-1"))).toEqual({ sku: "There is no such field." });
    expect(await said(api("POST", "/autoscale/adjust?sku=WORDS-1&target_conversions=1&shards=4"))).toEqual({
      shards: "There is no such field.",
    });
  });

  it("is a quantity that no counter holds, wherever units are moved", async () => {
    const quantity = 1_000_000_000;
    const sale = { sku: "WORDS-1", sale_price: { amount: 100, currency: "USD" }, quantity };
    const times = { starts_at: "2030-01-01T00:00:00Z", ends_at: "2030-01-02T00:00:00Z" };
    for (const answer of [
      hold({ quantity }),
      api("PUT", "/stock/WORDS-1", { body: { on_hand: quantity } }),
      api("POST", "/stock/WORDS-1/adjustments", { body: { delta: quantity, reason: "found" } }),
      api("POST", "/flash-sales", { body: { ...sale, ...times } }),
    ])
      expect(Object.values(await said(answer))).toEqual(["At most 999999999."]);
  });
});
