import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { UsageMeter } from "../../../../durable-objects/usage-meter.ts";
import type { CallGroup, UsageEvent } from "../../../../src/capabilities/money/usage/rules.ts";
import { type Answer, api, openShop } from "../../../support/api.ts";
import { MONTH, MONTH_NAME, NOON } from "../../../support/calendar.ts";
import { eventually } from "../../../support/settled.ts";

const meter = (shop: string) => env.USAGE.getByName(shop);
/** Stops a meter's clock (undefined: it follows this isolate's), so that what counts as a second does not hang on this machine. */
const stopClock = (shop: string, at?: number) =>
  runInDurableObject(meter(shop), (it: UsageMeter) => Object.assign(it, { now: () => at ?? Date.now() }));

async function partner(shop: string, terms: object = {}): Promise<{ id: string; key: string }> {
  const { body, status, text } = await api("POST", "/api-keys", {
    shop,
    body: { name: "Partner", plan: "bronze", scopes: ["usage:read", "orders:read"], ...terms },
  });
  expect(status, text).toBe(201);
  return { id: body.api_key.id, key: body.key };
}

const many = (count: number, ask: () => Promise<Answer>) => Promise.all(Array.from({ length: count }, ask));
const byStatus = (answers: Answer[]) =>
  Object.fromEntries(Object.entries(Object.groupBy(answers, (it) => it.status)).map(([of, all]) => [of, all?.length]));
type Hour = {
  operation: string;
  status_class: string;
  calls: number;
  units: number;
  bytes: number;
  cost_micros: number;
};
const hoursOf = async (shop: string, client: string): Promise<Hour[]> =>
  (await api("GET", `/usage?client=${client}&limit=500`, { shop })).body.data;

beforeAll(async () => {
  for (const id of ["limits", "crowd", "quota", "books", "caps"]) await openShop({ id });
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a limit", () => {
  it("is exact where each call asks, and says what is left", async () => {
    const { key } = await partner("limits");
    await stopClock("limits", NOON + 30_000);
    const answers = await many(30, () => api("GET", "/usage", { shop: "limits", key }));
    expect(byStatus(answers)).toEqual({ 200: 10, 429: 20 });
    const refused = answers.find((it) => it.status === 429);
    expect(refused?.body).toMatchObject({ code: "rate_limited", violated_policies: ["second"], plan: "bronze" });
    expect(refused?.headers.get("retry-after")).toBe("1");
    expect(refused?.headers.get("ratelimit")).toMatch(/^"second";r=0;t=1, "month";r=\d+;t=\d+$/);
    const monthSeconds = (MONTH.until - MONTH.from) / 1_000;
    expect(refused?.headers.get("ratelimit-policy")).toBe(`"second";q=10;w=1, "month";q=1000000;w=${monthSeconds}`);
    await stopClock("limits", NOON + 31_000);
    expect((await api("GET", "/usage", { shop: "limits", key })).status).toBe(200);
  });

  it("is exact where calls are allowed in bundles", async () => {
    const { key } = await partner("limits", { plan: "silver" });
    await stopClock("limits");
    vi.spyOn(Date, "now").mockReturnValue(NOON + 10_000);
    const answers = [];
    for (let i = 0; i < 5; i++) answers.push(...(await many(50, () => api("GET", "/shop", { shop: "limits", key }))));
    expect(byStatus(answers)).toEqual({ 200: 200, 429: 50 });
  });

  it("refuses nobody while calls are left, however many ask at once", async () => {
    const { key } = await partner("crowd", { plan: "gold" });
    await stopClock("crowd", NOON + 40_000);
    vi.spyOn(Date, "now").mockReturnValue(NOON + 40_000);
    const answers = await many(40, () => api("GET", "/shop", { shop: "crowd", key }));
    expect(byStatus(answers)).toEqual({ 200: 40 });
  });

  it("is shared by all keys of a shop where the contract says per tenant", async () => {
    const [a, b] = [await partner("limits"), await partner("limits")];
    vi.spyOn(Date, "now").mockReturnValue(NOON + 20_000);
    const ask = (key: string) => many(40, () => api("GET", "/shop", { shop: "limits", key }));
    expect(byStatus([...(await ask(a.key)), ...(await ask(b.key))])).toEqual({ 200: 50, 429: 30 });
  });

  it("does not hold for the shop's own keys", async () => {
    const answers = await many(60, () => api("GET", "/shop", { shop: "limits", key: true }));
    expect(byStatus(answers)).toEqual({ 200: 60 });
    expect(answers[0]?.headers.get("souk-usage")).toBeNull();
  });
});

describe("a plan", () => {
  it("opens calls up to its tier", async () => {
    const { key } = await partner("quota", { scopes: ["reservations:read"] });
    const refused = await api("GET", "/reservations/res_x", { shop: "quota", key });
    expect([refused.status, refused.body.code, refused.body.needed]).toEqual([403, "plan_too_small", "silver"]);
  });

  it("ends with its month's quota; failures use nothing of it", async () => {
    const { id, key } = await partner("quota");
    await stopClock("quota", NOON);
    await meter("quota").report([event(id, "filler", { units: 999_998, micros: 0 })]);
    const ask = (path: string) => api("GET", path, { shop: "quota", key });
    expect((await ask("/orders/ord_0000000000000000000000000000")).status).toBe(404);
    await eventually(async () => expect((await hoursOf("quota", id)).map((it) => it.status_class)).toContain("4xx"));
    expect([(await ask("/orders")).status, (await ask("/orders")).status]).toEqual([200, 200]);
    const refused = await ask("/orders");
    expect([refused.status, refused.body.code, refused.body.violated_policies]).toEqual([
      429,
      "quota_exhausted",
      ["month"],
    ]);
    expect(refused.body.resets_at).toBe(new Date(MONTH.until).toISOString());
  });
});

const event = (client: string, id: string, more: Partial<UsageEvent> = {}): UsageEvent => ({
  id,
  at: NOON,
  client,
  plan: "bronze",
  meter: "m",
  route: "r",
  status: 200,
  bytes: 0,
  late: false,
  units: 1,
  micros: 1_000,
  arm: "control",
  ...more,
});

describe("the books", () => {
  it("show each call with its receipt: the same cost, failures free", async () => {
    const { id, key } = await partner("books");
    const good = await api("GET", "/orders", { shop: "books", key });
    const bad = await api("GET", "/orders?limit=0", { shop: "books", key });
    const receipt = /^meter=(\w+), units=1, cost=(\d+\.\d{6}), currency=USD, remaining=(\d+)$/.exec(
      good.headers.get("souk-usage") ?? "",
    );
    const cost = 1_000 + Math.floor((Buffer.byteLength(good.text) * 500) / 1024);
    expect(Number(receipt?.[2]) * 1_000_000).toBeCloseTo(cost);
    expect(bad.headers.get("souk-usage")).toContain("units=0, cost=0.000000");
    await eventually(async () => {
      const hours = await hoursOf("books", id);
      expect(hours).toHaveLength(2);
      expect(hours.find((it) => it.status_class === "2xx")).toMatchObject({
        operation: "listOrders",
        calls: 1,
        units: 1,
        bytes: Buffer.byteLength(good.text),
        cost_micros: cost,
      });
      expect(hours.find((it) => it.status_class === "4xx")).toMatchObject({
        calls: 1,
        units: 0,
        bytes: 0,
        cost_micros: 0,
      });
    });
  });

  it("count an event once, however often it is told, also after the meter was restarted", async () => {
    const events = Array.from({ length: 50 }, (_, i) => event("key_twice", `evt-${i}`));
    await Promise.all([meter("books").report(events), meter("books").report(events.toReversed())]);
    await abortAllDurableObjects();
    await meter("books").report(events.slice(10, 30));
    const [hour] = await hoursOf("books", "key_twice");
    expect(hour).toMatchObject({ calls: 50, units: 50, cost_micros: 50_000 });
  });

  it("count each call of a group, and a group once", async () => {
    const same = event("key_group", "group");
    const group = (name: string, status: number, units: number, length: number): CallGroup => ({
      ...{ ...same, id: `group_${name}`, status, units },
      calls: Array.from({ length }, (_, i) => [NOON + i, 10 + i, units * 1_000]),
    });
    const [good, bad] = [group("good", 200, 1, 12), group("bad", 404, 0, 3)];
    await Promise.all([meter("books").report([], [good, bad]), meter("books").report([], [good])]);
    await abortAllDurableObjects();
    await meter("books").report([event("key_group", "single")], [bad, good]);
    const hours = await hoursOf("books", "key_group");
    const sum = (field: "calls" | "units" | "bytes" | "cost_micros") => hours.map((it) => [it.status_class, it[field]]);
    expect(sum("calls")).toEqual([
      ["2xx", 13],
      ["4xx", 3],
    ]);
    expect(sum("bytes")).toEqual([
      ["2xx", 186],
      ["4xx", 33],
    ]);
    expect(sum("cost_micros")).toEqual([
      ["2xx", 13_000],
      ["4xx", 0],
    ]);
    const { events, sum: again } = await meter("books").replay(MONTH_NAME, 0, "key_group");
    expect([events, again?.lines[0]]).toMatchObject([16, { calls: 16, units: 13, bytes: 219, micros: 13_000 }]);
  });

  it("are read page by page, each line once", async () => {
    const events = Array.from({ length: 25 }, (_, i) => event("key_pages", `page-${i}`, { route: `r${i}` }));
    await meter("books").report(events);
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const after: string = cursor ? `&cursor=${cursor}` : "";
      const { body } = await api("GET", `/usage?client=key_pages&limit=10${after}`, { shop: "books" });
      seen.push(...body.data.map((it: Hour) => it.operation));
      cursor = body.next_cursor;
    }
    expect(seen.toSorted()).toEqual(events.map((it) => it.route).toSorted());
  });

  it("show a sold key its own use only", async () => {
    const { id, key } = await partner("books");
    await api("GET", "/orders", { shop: "books", key });
    await eventually(async () => {
      const { body } = await api("GET", "/usage", { shop: "books", key });
      expect(new Set(body.data.map((it: { client: string }) => it.client))).toEqual(new Set([id]));
    });
    const other = await api("GET", "/usage?client=key_pages", { shop: "books", key });
    expect([other.status, other.body.code]).toEqual([403, "forbidden"]);
  });
});

describe("a spend cap", () => {
  it("is used up to its last call, however calls are bundled", async () => {
    const { key } = await partner("caps", { spend_cap_micros: 7_900 });
    await stopClock("caps");
    const clock = vi.spyOn(Date, "now");
    const statuses = [];
    for (let i = 0; i < 8; i++) {
      clock.mockReturnValue(NOON + i * 1_000);
      statuses.push((await api("GET", "/orders", { shop: "caps", key })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 429]);
  });

  it("stops the key, and tells 50, 75 and 100 percent once each", async () => {
    const { id, key } = await partner("caps", { spend_cap_micros: 4_200 });
    await stopClock("caps", NOON);
    const statuses = [];
    for (let i = 0; i < 6; i++) {
      statuses.push((await api("GET", "/orders", { shop: "caps", key })).status);
      await eventually(async () => expect((await hoursOf("caps", id))[0]?.calls).toBe(Math.min(i + 1, 4)));
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    const told = await runInDurableObject(meter("caps"), (_, state) =>
      state.storage.sql.exec<{ level: number }>("SELECT level FROM notices WHERE client = ?", id).toArray(),
    );
    expect(told.map((it) => it.level)).toEqual([50, 75, 100]);
  });
});
