import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { StockCounter } from "../../../../durable-objects/stock-counter.ts";
import { api } from "../../../support/api.ts";
import { ring } from "../../../support/ring.ts";
import { eventually } from "../../../support/settled.ts";

const stock = (sku: string, on_hand: number) => api("PUT", `/stock/${sku}`, { body: { on_hand } });
const reserve = (sku: string, key: string, more: object = {}) =>
  api("POST", `/stock/${sku}/reservations`, {
    body: { buyer: "ann", quantity: 1, ttl_seconds: 100, ...more },
    headers: { "idempotency-key": key },
  });
const extend = (id: string, key: string, ttl_seconds = 50) =>
  api("POST", `/reservations/${id}/extend`, { body: { ttl_seconds }, headers: { "idempotency-key": key } });
const later = (sku: string, ms: number) =>
  runInDurableObject(env.STOCK.getByName(`demo:${sku}`), (it: StockCounter) =>
    Object.assign(it, { now: () => Date.now() + ms }),
  );

describe("a hold", () => {
  it("is extended once, from where it would have ended", async () => {
    await stock("EXT-1", 2);
    const { body: hold } = await reserve("EXT-1", "a");
    const extended = await extend(hold.id, "x1");
    expect(extended.status).toBe(200);
    expect(Date.parse(extended.body.expires_at) - Date.parse(hold.expires_at)).toBe(50_000);
    expect((await extend(hold.id, "x1")).body).toEqual(extended.body);
    expect((await extend(hold.id, "x1", 60)).body.code).toBe("key_reused");
    const again = await extend(hold.id, "x2");
    expect([again.status, again.body.code]).toEqual([409, "already_extended"]);
    expect((await reserve("EXT-1", "a")).body.expires_at).toBe(extended.body.expires_at);
    expect((await api("GET", `/reservations/${hold.id}`)).body.expires_at).toBe(extended.body.expires_at);
  });

  it("is extended by one of fifty that try at once", async () => {
    await stock("EXT-50", 1);
    const { body: hold } = await reserve("EXT-50", "a");
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => extend(hold.id, `x${i}`)));
    expect(answers.filter((it) => it.status === 200)).toHaveLength(1);
    expect(answers.filter((it) => it.body.code === "already_extended")).toHaveLength(49);
  });

  it("keeps its units until its new end, and not beyond, also across a crash", async () => {
    await stock("EXT-2", 1);
    const { body: hold } = await reserve("EXT-2", "a");
    await extend(hold.id, "x1");
    await abortAllDurableObjects();
    await later("EXT-2", 120_000);
    await ring(env.STOCK.getByName("demo:EXT-2"));
    expect((await api("GET", "/stock/EXT-2")).body).toMatchObject({ reserved: 1, available: 0 });
    await later("EXT-2", 160_000);
    expect((await api("GET", `/reservations/${hold.id}`)).body.status).toBe("expired");
    await ring(env.STOCK.getByName("demo:EXT-2"));
    expect((await api("GET", "/stock/EXT-2")).body).toMatchObject({ reserved: 0, available: 1 });
  });

  it("is extended only while it is held, and a late repeat is answered with what became of it", async () => {
    await stock("EXT-3", 3);
    const [released, kept] = [(await reserve("EXT-3", "a")).body, (await reserve("EXT-3", "b")).body];
    await api("POST", `/reservations/${released.id}/release`);
    const late = await extend(released.id, "x");
    expect([late.status, late.body.code, late.body.reservation_status]).toEqual([
      409,
      "reservation_settled",
      "released",
    ]);
    await extend(kept.id, "y");
    await api("POST", `/reservations/${kept.id}/confirm`);
    expect((await extend(kept.id, "y")).body.status).toBe("confirmed");
    expect((await extend("rsv_bm8.1", "z")).body.code).toBe("unknown_reservation");
  });

  it("is seen with the seconds it has left", async () => {
    await stock("SEE-1", 3);
    const { body: hold } = await reserve("SEE-1", "a", { quantity: 2 });
    const seen = (await api("GET", `/reservations/${hold.id}`)).body;
    expect(seen).toMatchObject({ id: hold.id, buyer: "ann", quantity: 2, status: "held", extended_at: null });
    expect(seen.seconds_left).toBeGreaterThan(0);
    expect(seen.seconds_left).toBeLessThanOrEqual(100);
    await api("POST", `/reservations/${hold.id}/confirm`);
    expect((await api("GET", `/reservations/${hold.id}`)).body).toMatchObject({ status: "confirmed", seconds_left: 0 });
    expect((await api("GET", "/reservations/rsv_U0VFLTE.zz")).body.code).toBe("unknown_reservation");
  });
});

describe("the holds of a SKU", () => {
  it("are listed newest first, page by page, and by status", async () => {
    await stock("LIST-1", 20);
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) ids.unshift((await reserve("LIST-1", `k${i}`, { buyer: `b${i}` })).body.id);
    for (const id of ids.slice(0, 3)) await api("POST", `/reservations/${id}/release`);
    const listed: string[] = [];
    let cursor = "";
    do {
      const page = (await api("GET", `/stock/LIST-1/reservations?limit=3${cursor}`)).body;
      expect(page.data.length).toBeLessThanOrEqual(3);
      listed.push(...page.data.map((it: { id: string }) => it.id));
      cursor = page.next_cursor === null ? "" : `&cursor=${page.next_cursor}`;
    } while (cursor !== "");
    expect(listed).toEqual(ids);
    const held = (await api("GET", "/stock/LIST-1/reservations?status=held")).body.data;
    expect(held.map((it: { id: string }) => it.id)).toEqual(ids.slice(3));
    expect((await api("GET", "/stock/LIST-1/reservations?status=confirmed")).body.data).toEqual([]);
  });

  it("are listed once each while the SKU is divided", async () => {
    await stock("LIST-4", 100);
    const hold = async (i: number) => (await reserve("LIST-4", `k${i}`, { buyer: `b${i}` })).body.id;
    const ids = await Promise.all(Array.from({ length: 12 }, (_, i) => hold(i)));
    const counter = env.STOCK.getByName("demo:LIST-4");
    await counter.reshard(4);
    await eventually(async () => expect((await counter.shape())?.isSettled).toBe(true));
    ids.push(...(await Promise.all(Array.from({ length: 12 }, (_, i) => hold(100 + i)))));
    const listed: string[] = [];
    let cursor = "";
    do {
      const { data, next_cursor } = (await api("GET", `/stock/LIST-4/reservations?limit=5&status=held${cursor}`)).body;
      listed.push(...data.map((it: { id: string }) => it.id));
      cursor = next_cursor === null ? "" : `&cursor=${next_cursor}`;
    } while (cursor !== "");
    expect(listed.toSorted()).toEqual(ids.toSorted());
    expect((await extend(ids[0], "moved")).status).toBe(200);
  });

  it("do not exist for a SKU that nobody stocked, nor for an unknown status", async () => {
    expect((await api("GET", "/stock/NOBODY-1/reservations")).body.code).toBe("unknown_sku");
    await stock("LIST-2", 1);
    expect((await api("GET", "/stock/LIST-2/reservations?status=lost")).body.errors[0].field).toBe("status");
    expect((await api("GET", "/stock/LIST-2/reservations?cursor=..")).status).toBe(422);
    expect((await api("GET", "/stock/LIST-2/reservations", { key: null })).status).toBe(401);
  });
});
