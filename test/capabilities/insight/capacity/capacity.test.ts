import { describe, expect, it } from "vitest";
import { shardsFor } from "../../../../src/capabilities/insight/capacity/rules.ts";
import { api } from "../../../support/api.ts";
import { eventually, expectInvariantsHold } from "../../../support/settled.ts";

const adjust = (query: string, call = {}) => api("POST", `/autoscale/adjust?${query}`, call);
const hold = (sku: string, i: number) =>
  api("POST", `/stock/${sku}/reservations`, {
    body: { buyer: `buyer-${i}`, quantity: 1 },
    headers: { "idempotency-key": `${sku}-${i}` },
  });

describe("capacity", () => {
  it("divides a SKU for an expected rush while it sells, and brings it back into one", async () => {
    await api("PUT", "/stock/RUSH-1", { body: { on_hand: 60, per_buyer_limit: 1 } });
    const early = await Promise.all(Array.from({ length: 10 }, (_, i) => hold("RUSH-1", i)));
    const divided = await adjust("sku=RUSH-1&target_conversions=3600");
    expect(divided.body).toMatchObject({ sku: "RUSH-1", shards_before: 1, shards: 8, safe_conversions: 4_000 });
    const held = await Promise.all(Array.from({ length: 30 }, (_, i) => hold("RUSH-1", i)));
    expect(held.map((it) => it.status)).toEqual(new Array(30).fill(201));
    expect(held.slice(0, 10).map((it) => it.body.id)).toEqual(early.map((it) => it.body.id));
    await eventually(async () => {
      const { body } = await api("GET", "/autoscale/RUSH-1");
      expect(body).toMatchObject({ shards: 8, state: "settled", slots: new Array(8).fill(8) });
      expect(body.parent_messages.asks).toBeGreaterThan(0);
    });
    const confirmed = await api("POST", `/reservations/${early[3]?.body.id}/confirm`);
    expect([confirmed.status, confirmed.body.status]).toEqual([200, "confirmed"]);
    const limited = await api("POST", "/stock/RUSH-1/reservations", {
      body: { buyer: "buyer-3", quantity: 1 },
      headers: { "idempotency-key": "once-more" },
    });
    expect([limited.status, limited.body.code]).toEqual([409, "limit_reached"]);
    expect((await api("POST", "/stock/RUSH-1/adjustments", { body: { delta: -31, reason: "x" } })).body.code).toBe(
      "below_reserved",
    );
    const lowered = await api("POST", "/stock/RUSH-1/adjustments", { body: { delta: -10, reason: "broken" } });
    expect(lowered.body).toMatchObject({ on_hand: 49, reserved: 29, available: 20, sold: 1 });
    await eventually(async () => {
      expect((await api("GET", "/stock/RUSH-1")).body).toMatchObject({ on_hand: 49, reserved: 29, sold: 1 });
    });
    expect((await adjust("sku=RUSH-1&target_conversions=1")).body).toMatchObject({ shards_before: 8, shards: 1 });
    await eventually(async () => {
      expect((await api("GET", "/autoscale/RUSH-1")).body).toMatchObject({ shards: 1, state: "settled", slots: [] });
    });
    expect((await hold("RUSH-1", 12)).body).toEqual({ ...held[12]?.body, outcome: "already_reserved" });
    await expectInvariantsHold();
  });

  it("knows nothing of a SKU that was never stocked", async () => {
    expect((await adjust("sku=NEVER-2&target_conversions=9")).body.code).toBe("unknown_sku");
    expect((await api("GET", "/autoscale/NEVER-2")).body.code).toBe("unknown_sku");
  });

  it.each(["0", "-1", "1.5", "1e3", "9999999", "many", ""])("refuses %s conversions a second", async (target) => {
    await api("PUT", "/stock/RUSH-2", { body: { on_hand: 1 } });
    const answer = await adjust(`sku=RUSH-2&target_conversions=${target}`);
    expect([answer.status, answer.body.errors[0].field]).toEqual([422, "target_conversions"]);
  });

  it("needs a SKU, once, and a key of the shop's own with the scope", async () => {
    expect((await adjust("target_conversions=500")).status).toBe(422);
    expect((await adjust("sku=A&sku=B&target_conversions=500")).status).toBe(422);
    expect((await adjust("sku=RUSH-2/0&target_conversions=500")).status).toBe(422);
    expect((await adjust("sku=RUSH-2&target_conversions=500", { key: null })).status).toBe(401);
    expect((await adjust("sku=RUSH-2&target_conversions=500", { shop: "acme" })).status).toBe(404);
  });

  it("gives one shard for each 500 conversions a second, from 1 to 64", () => {
    expect([1, 500, 501, 4_000, 31_501, 32_000, 1_000_000].map(shardsFor)).toEqual([1, 1, 2, 8, 64, 64, 64]);
  });
});
