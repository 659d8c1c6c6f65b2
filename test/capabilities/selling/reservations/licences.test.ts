import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { LicenceMeter } from "../../../../durable-objects/licence-meter.ts";
import { type Answer, api } from "../../../support/api.ts";
import { storedTables } from "../../../support/stored-state.ts";

const stock = (sku: string, on_hand: number) => api("PUT", `/stock/${sku}`, { body: { on_hand } });
const license = async (terms: object = {}) => {
  const { body, status, text } = await api("POST", "/reservation-licences", { body: { name: "Partner", ...terms } });
  expect(status, text).toBe(201);
  return { id: body.licence.id as string, key: body.key as string };
};
const reserve = (key: string | true, sku: string, idempotency: string, buyer = "ann", quantity = 1) =>
  api("POST", `/stock/${sku}/reservations`, {
    key,
    body: { buyer, quantity },
    headers: { "idempotency-key": idempotency },
  });
/** Stops the meter's clock at `at`, so that what counts as a second does not hang on this machine. */
const at = (id: string, at: number) =>
  runInDurableObject(env.LICENCES.getByName(`demo:${id}`), (it: LicenceMeter) => Object.assign(it, { now: () => at }));
const statuses = (answers: Answer[]) =>
  Object.fromEntries(Object.entries(Object.groupBy(answers, (it) => it.status)).map(([of, all]) => [of, all?.length]));
const NOON = Date.UTC(2026, 10, 21, 12);
const NEXT_MONTH = Date.UTC(2026, 11, 1);

describe("a licence", () => {
  it("shows its key once, and keeps its hash only", async () => {
    const { body } = await api("POST", "/reservation-licences", { body: { name: "Kiosk" } });
    expect(body.licence).toMatchObject({ plan: "trial", calls_per_second: 100, enabled: true, rollout_percent: null });
    expect(body.key.startsWith(body.licence.key_prefix)).toBe(true);
    const read = await api("GET", `/reservation-licences/${body.licence.id}`);
    const listed = await api("GET", "/reservation-licences");
    expect(read.body).toMatchObject(body.licence);
    expect(listed.body.data[0]).toEqual(body.licence);
    for (const { text } of [read, listed]) expect(text).not.toContain(body.key);
    for (const name of (await storedTables()).keys()) {
      const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all();
      expect(JSON.stringify(results), name).not.toContain(body.key);
    }
  });

  it("holds, extends, confirms and releases units", async () => {
    await stock("LIC-1", 5);
    const { key } = await license();
    const first = await reserve(key, "LIC-1", "a");
    expect([first.status, first.body.outcome]).toEqual([201, "reserved"]);
    expect((await reserve(key, "LIC-1", "a")).body).toMatchObject({ id: first.body.id, outcome: "already_reserved" });
    const extended = await api("POST", `/reservations/${first.body.id}/extend`, {
      key,
      body: { ttl_seconds: 60 },
      headers: { "idempotency-key": "x" },
    });
    expect(extended.status, extended.text).toBe(200);
    expect((await api("GET", `/reservations/${first.body.id}`, { key })).body.status).toBe("held");
    expect((await api("POST", `/reservations/${first.body.id}/confirm`, { key })).body.status).toBe("confirmed");
    const second = await reserve(key, "LIC-1", "b");
    expect((await api("POST", `/reservations/${second.body.id}/release`, { key })).body.status).toBe("released");
    expect((await api("GET", "/stock/LIC-1", { key })).body).toMatchObject({ on_hand: 4, reserved: 0, sold: 1 });
  });

  it("opens the reservation calls and nothing else", async () => {
    await stock("LIC-2", 5);
    const { id, key } = await license();
    const refused = [
      await api("PUT", "/stock/LIC-2", { key, body: { on_hand: 9 } }),
      await api("GET", "/reservation-licences", { key }),
      await api("PATCH", `/reservation-licences/${id}`, { key, body: { plan: "scale" } }),
      await api("GET", "/orders", { key }),
      await api("GET", "/products", { key }),
      await api("POST", "/carts", { key }),
    ];
    for (const { status, body } of refused) expect([status, body.code]).toEqual([403, "forbidden"]);
    expect((await api("POST", "/tenants", { key, body: {} })).status).toBe(401);
    const elsewhere = await api("GET", "/stock/LIC-2", { key, shop: "acme" });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([403, "wrong_shop"]);
  });

  it("reaches its own holds only", async () => {
    await stock("LIC-3", 9);
    const [ours, theirs] = [await license(), await license()];
    const own = (await reserve(ours.key, "LIC-3", "same")).body;
    const foreign = [
      (await reserve(theirs.key, "LIC-3", "same")).body.id,
      (await reserve(true, "LIC-3", "same")).body.id,
    ];
    expect(new Set([own.id, ...foreign]).size).toBe(3);
    for (const id of foreign) {
      const answers = [
        await api("POST", `/reservations/${id}/confirm`, { key: ours.key }),
        await api("POST", `/reservations/${id}/release`, { key: ours.key }),
        await api("GET", `/reservations/${id}`, { key: ours.key }),
        await api("POST", `/reservations/${id}/extend`, {
          key: ours.key,
          body: { ttl_seconds: 1 },
          headers: { "idempotency-key": "x" },
        }),
      ];
      for (const { status, body } of answers) expect([status, body.code]).toEqual([404, "unknown_reservation"]);
    }
    const listed = (await api("GET", "/stock/LIC-3/reservations", { key: ours.key })).body.data;
    expect(listed.map((it: { id: string }) => it.id)).toEqual([own.id]);
    expect((await api("GET", "/stock/LIC-3/reservations")).body.data).toHaveLength(3);
  });

  it("is refused from the call after its revocation on, for good", async () => {
    await stock("LIC-4", 5);
    const { id, key } = await license();
    expect((await reserve(key, "LIC-4", "a")).status).toBe(201);
    expect((await api("DELETE", `/reservation-licences/${id}`)).status).toBe(204);
    const refused = await reserve(key, "LIC-4", "b");
    expect([refused.status, refused.body.code]).toEqual([401, "unauthenticated"]);
    expect((await api("DELETE", `/reservation-licences/${id}`)).status).toBe(204);
    const changed = await api("PATCH", `/reservation-licences/${id}`, { body: { enabled: true } });
    expect([changed.status, changed.body.code]).toEqual([409, "licence_revoked"]);
    expect((await api("GET", `/reservation-licences/${id}`)).body.revoked_at).not.toBeNull();
    expect((await api("GET", "/stock/LIC-4")).body.reserved).toBe(1);
  });

  it("is listed page by page, and unknown to another shop", async () => {
    const made = [await license(), await license(), await license()].map((it) => it.id).reverse();
    const first = (await api("GET", "/reservation-licences?limit=2")).body;
    const second = (await api("GET", `/reservation-licences?limit=2&cursor=${first.next_cursor}`)).body;
    const ids = [...first.data, ...second.data].map((it: { id: string }) => it.id);
    expect(ids.slice(0, 3)).toEqual(made);
    const elsewhere = await api("GET", `/reservation-licences/${made[0]}`, { shop: "acme" });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([404, "unknown_licence"]);
  });
});

describe("a licence's limits", () => {
  it("admit exactly 100 of 250 calls in a second, and the next second again", async () => {
    await stock("RATE-1", 1_000);
    const { id, key } = await license();
    await at(id, NOON);
    const answers = await Promise.all(Array.from({ length: 250 }, (_, i) => reserve(key, "RATE-1", `r${i}`)));
    expect(statuses(answers)).toEqual({ 201: 100, 429: 150 });
    const refused = answers.find((it) => it.status === 429);
    expect(refused?.body).toMatchObject({ code: "rate_limited", plan: "trial", violated_policies: ["second"] });
    expect(refused?.headers.get("retry-after")).toBe("1");
    expect((await api("GET", "/stock/RATE-1")).body.reserved).toBe(100);
    await at(id, NOON + 999);
    expect((await reserve(key, "RATE-1", "early")).status).toBe(429);
    await at(id, NOON + 1_000);
    expect((await reserve(key, "RATE-1", "late")).status).toBe(201);
  });

  it("are those of the plan that is paid for, a second after its change at the latest", async () => {
    await stock("RATE-4", 1_000);
    const { id, key } = await license({ plan: "standard" });
    await at(id, NOON);
    const burst = (name: string, count: number) =>
      Promise.all(Array.from({ length: count }, (_, i) => reserve(key, "RATE-4", `${name}-${i}`)));
    expect(statuses(await burst("paid", 520))).toEqual({ 201: 500, 429: 20 });
    const changed = await api("PATCH", `/reservation-licences/${id}`, { body: { plan: "trial" } });
    expect(changed.body).toMatchObject({ plan: "trial", calls_per_second: 100 });
    await new Promise((resume) => setTimeout(resume, 1_100));
    await at(id, NOON + 1_000);
    expect(statuses(await burst("trial", 120))).toEqual({ 201: 100, 429: 20 });
  });

  it("are never exceeded across the edge of a second", async () => {
    await stock("RATE-2", 1_000);
    const { id, key } = await license();
    const burst = (from: number, count: number) =>
      Promise.all(Array.from({ length: count }, (_, i) => reserve(key, "RATE-2", `${from}-${i}`)));
    await at(id, NOON + 900);
    expect(statuses(await burst(1, 60))).toEqual({ 201: 60 });
    await at(id, NOON + 1_100);
    expect(statuses(await burst(2, 60))).toEqual({ 201: 40, 429: 20 });
    await at(id, NOON + 1_900);
    expect(statuses(await burst(3, 70))).toEqual({ 201: 60, 429: 10 });
  });

  it("stand in the headers of every answer, and a staff key has none", async () => {
    await stock("RATE-3", 5);
    const { id, key } = await license();
    await at(id, NOON);
    const { headers } = await reserve(key, "RATE-3", "a");
    expect(headers.get("ratelimit-policy")).toBe('"second";q=100;w=1, "month";q=100000;w=2592000');
    expect(headers.get("ratelimit")).toBe(`"second";r=99;t=1, "month";r=99999;t=${(NEXT_MONTH - NOON) / 1000}`);
    const wrong = await reserve(key, "RATE-3", "b", "ann", -1);
    expect([wrong.status, wrong.headers.get("ratelimit")?.slice(0, 13)]).toEqual([422, '"second";r=98']);
    expect((await reserve(true, "RATE-3", "a")).headers.get("ratelimit")).toBeNull();
  });

  it("end with the month's quota, which outlives a crash, and begin anew with the month", async () => {
    await stock("QUOTA-1", 5);
    const { id, key } = await license();
    const meter = env.LICENCES.getByName(`demo:${id}`);
    await at(id, NOON);
    expect((await reserve(key, "QUOTA-1", "a")).status).toBe(201);
    await runInDurableObject(meter, (_, state) => state.storage.sql.exec("UPDATE usage SET used = 99999").rowsWritten);
    await abortAllDurableObjects();
    await at(id, NOON + 5_000);
    const last = await reserve(key, "QUOTA-1", "b");
    expect([last.status, last.headers.get("ratelimit")?.includes('"month";r=0')]).toEqual([201, true]);
    const refused = await reserve(key, "QUOTA-1", "c");
    expect([refused.status, refused.body.code, refused.body.resets_at]).toEqual([
      429,
      "quota_exhausted",
      "2026-12-01T00:00:00.000Z",
    ]);
    expect(refused.headers.get("retry-after")).toBe(String((NEXT_MONTH - NOON) / 1000 - 5));
    await at(id, NEXT_MONTH);
    expect((await reserve(key, "QUOTA-1", "d")).status).toBe(201);
    const { use } = (await api("GET", `/reservation-licences/${id}`)).body;
    expect(use).toMatchObject({ calls_this_month: 1, calls_per_month: 100_000 });
  });
});

describe("the gray roll-out", () => {
  it("answers a plain stock query while a licence is switched off, and settles what it held before", async () => {
    await stock("GRAY-1", 7);
    const on = await license();
    const held = (await reserve(on.key, "GRAY-1", "a")).body;
    const off = await license({ enabled: false });
    const answer = await reserve(off.key, "GRAY-1", "a");
    expect([answer.status, answer.body]).toEqual([
      200,
      { outcome: "stock_only", sku: "GRAY-1", available: 6, reason: "licence_switched_off" },
    ]);
    expect((await api("GET", "/stock/GRAY-1")).body.reserved).toBe(1);
    expect((await reserve(off.key, "GRAY-0", "a")).body.code).toBe("unknown_sku");
    await api("PATCH", `/reservation-licences/${on.id}`, { body: { enabled: false } });
    expect((await api("POST", `/reservations/${held.id}/confirm`, { key: on.key })).body.status).toBe("confirmed");
  });

  it("holds for the same buyers at every call, and for staff always", async () => {
    await stock("GRAY-2", 1_000);
    const { id, key } = await license({ rollout_percent: 50 });
    const buyers = Array.from({ length: 60 }, (_, i) => `buyer ${i}`);
    const ask = (round: string) =>
      Promise.all(buyers.map((it) => reserve(key, "GRAY-2", `${round} ${it}`.replaceAll(" ", "-"), it)));
    await at(id, NOON);
    const first = await ask("1");
    await at(id, NOON + 1_000);
    const second = await ask("2");
    expect(first.map((it) => it.body.outcome)).toEqual(second.map((it) => it.body.outcome));
    const { 201: held = 0, 200: asked = 0 } = statuses(first);
    expect([held > 10, asked > 10, held + asked]).toEqual([true, true, 60]);
    expect((await reserve(true, "GRAY-2", "staff")).status).toBe(201);
  });

  it("follows the shop's percentage where the licence has none of its own", async () => {
    await stock("GRAY-3", 1_000);
    const [shops, own] = [await license(), await license({ rollout_percent: 100 })];
    await api("PATCH", "/shop/settings", { body: { reservation_rollout_percent: 0 } });
    expect((await reserve(shops.key, "GRAY-3", "a")).body.reason).toBe("buyer_not_rolled_out");
    expect((await reserve(own.key, "GRAY-3", "a")).status).toBe(201);
    await api("PATCH", "/shop/settings", { body: { reservation_rollout_percent: 100 } });
    expect((await reserve(shops.key, "GRAY-3", "b")).status).toBe(201);
  });
});
