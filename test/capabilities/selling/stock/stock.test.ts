import { abortAllDurableObjects } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";

const reserve = (sku: string, key: string, body: object) =>
  api("POST", `/stock/${sku}/reservations`, { body, headers: { "idempotency-key": key } });

describe("stock", () => {
  it("knows nothing of a SKU that was never stocked", async () => {
    const answer = await api("GET", "/stock/NEVER-1");
    expect([answer.status, answer.body.code]).toEqual([404, "unknown_sku"]);
    expect((await reserve("NEVER-1", "k1", { buyer: "b", quantity: 1 })).body.code).toBe("unknown_sku");
  });

  it("sets, adjusts and reads levels", async () => {
    expect((await api("PUT", "/stock/LEVEL-1", { body: { on_hand: 5 } })).body).toMatchObject({
      on_hand: 5,
      available: 5,
      version: 1,
    });
    const adjusted = await api("POST", "/stock/LEVEL-1/adjustments", { body: { delta: -2, reason: "broken" } });
    expect([adjusted.status, adjusted.body.on_hand, adjusted.body.version]).toEqual([201, 3, 2]);
    const refused = await api("POST", "/stock/LEVEL-1/adjustments", { body: { delta: -4, reason: "too many" } });
    expect([refused.status, refused.body.code]).toEqual([409, "below_reserved"]);
    expect((await api("GET", "/stock/LEVEL-1", { key: null })).body.available).toBe(3);
  });

  it("holds, confirms and releases, each of them once", async () => {
    await api("PUT", "/stock/HOLD-1", { body: { on_hand: 3 } });
    const first = await reserve("HOLD-1", "h1", { buyer: "ann", quantity: 2 });
    expect([first.status, first.body.outcome, first.body.status]).toEqual([201, "reserved", "held"]);
    expect((await reserve("HOLD-1", "h1", { buyer: "ann", quantity: 2 })).body).toEqual({
      ...first.body,
      outcome: "already_reserved",
    });
    const other = await reserve("HOLD-1", "h1", { buyer: "bob", quantity: 2 });
    expect([other.status, other.body.code]).toEqual([422, "key_reused"]);
    const soldOut = await reserve("HOLD-1", "h2", { buyer: "bob", quantity: 2 });
    expect([soldOut.status, soldOut.body.code, soldOut.body.available]).toEqual([409, "sold_out", 1]);
    const confirmed = await api("POST", `/reservations/${first.body.id}/confirm`);
    expect(confirmed.body.status).toBe("confirmed");
    expect((await api("POST", `/reservations/${first.body.id}/confirm`)).body.status).toBe("confirmed");
    expect((await api("POST", `/reservations/${first.body.id}/release`)).body.code).toBe("reservation_confirmed");
    expect((await api("GET", "/stock/HOLD-1")).body).toMatchObject({ on_hand: 1, reserved: 0, available: 1, sold: 2 });
  });

  it("gives released units back once", async () => {
    await api("PUT", "/stock/REL-1", { body: { on_hand: 1 } });
    const { body } = await reserve("REL-1", "r1", { buyer: "ann", quantity: 1 });
    await api("POST", `/reservations/${body.id}/release`);
    await api("POST", `/reservations/${body.id}/release`);
    expect((await api("GET", "/stock/REL-1")).body).toMatchObject({ on_hand: 1, reserved: 0, available: 1, sold: 0 });
    expect((await api("POST", `/reservations/${body.id}/confirm`)).body.code).toBe("reservation_released");
  });

  it("never sells more to one buyer than the limit, whatever arrives at once", async () => {
    await api("PUT", "/stock/LIMIT-1", { body: { on_hand: 100, per_buyer_limit: 3 } });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => reserve("LIMIT-1", `l${i}`, { buyer: "greedy", quantity: 1 })),
    );
    expect(answers.filter((it) => it.status === 201)).toHaveLength(3);
    expect(answers.filter((it) => it.body.code === "limit_reached")).toHaveLength(47);
    const level = (await api("GET", "/stock/LIMIT-1")).body;
    expect([level.reserved, level.available]).toEqual([3, 97]);
  });

  it("sells the last unit to exactly one of fifty", async () => {
    await api("PUT", "/stock/LAST-1", { body: { on_hand: 1 } });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => reserve("LAST-1", `last${i}`, { buyer: `b${i}`, quantity: 1 })),
    );
    expect(answers.filter((it) => it.status === 201)).toHaveLength(1);
    expect(answers.filter((it) => it.body.code === "sold_out")).toHaveLength(49);
  });

  it("holds and settles units of a SKU of any length and script", async () => {
    for (const sku of ["x".repeat(64), "灯".repeat(64), "🏮".repeat(64)]) {
      await api("PUT", `/stock/${encodeURIComponent(sku)}`, { body: { on_hand: 2 } });
      const { body } = await reserve(encodeURIComponent(sku), "long", { buyer: "ann", quantity: 1 });
      expect((await api("POST", `/reservations/${body.id}/confirm`)).body).toMatchObject({ sku, status: "confirmed" });
    }
  });

  it("sets once per key, and refuses the key for another number", async () => {
    const set = (on_hand: number) =>
      api("PUT", "/stock/KEY-1", { body: { on_hand }, headers: { "idempotency-key": "s1" } });
    const first = await set(4);
    const adjust = (delta: number) =>
      api("POST", "/stock/KEY-1/adjustments", {
        ...{ body: { delta, reason: "found" }, headers: { "idempotency-key": "a1" } },
      });
    const adjusted = await adjust(2);
    expect(adjusted.body).toMatchObject({ on_hand: 6, version: 2 });
    await reserve("KEY-1", "k1", { buyer: "b", quantity: 1 });
    await abortAllDurableObjects();
    expect((await set(4)).body).toEqual(first.body);
    expect((await adjust(2)).body).toEqual(adjusted.body);
    expect([(await set(9)).body.code, (await adjust(3)).body.code]).toEqual(["key_reused", "key_reused"]);
    expect((await api("GET", "/stock/KEY-1")).body).toMatchObject({ on_hand: 6, reserved: 1 });
  });

  it.each([0, -1, 1.5, 1e10, "2", null, true])("refuses the quantity %s and names the field", async (quantity) => {
    await api("PUT", "/stock/BAD-1", { body: { on_hand: 5 } });
    const answer = await reserve("BAD-1", "bad", { buyer: "b", quantity });
    expect([answer.status, answer.body.errors[0].field]).toEqual([422, "quantity"]);
  });

  it("needs a key to reserve, and staff to change", async () => {
    expect((await api("POST", "/stock/X/reservations", { body: { buyer: "b", quantity: 1 } })).body.code).toBe(
      "key_required",
    );
    expect((await api("PUT", "/stock/X", { key: null, body: { on_hand: 1 } })).status).toBe(401);
  });

  it("keeps the shops apart", async () => {
    await api("PUT", "/stock/SAME-1", { body: { on_hand: 7 } });
    expect((await api("GET", "/stock/SAME-1", { shop: "acme" })).status).toBe(404);
    const { body } = await reserve("SAME-1", "apart", { buyer: "b", quantity: 1 });
    expect((await api("POST", `/reservations/${body.id}/release`, { shop: "acme" })).body.code).toBe(
      "unknown_reservation",
    );
    expect((await api("GET", "/stock/SAME-1")).body.reserved).toBe(1);
  });
});
