import { abortAllDurableObjects, createExecutionContext, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import type { UsageMeter } from "../../../../durable-objects/usage-meter.ts";
import { objectLimits } from "../../../../src/capabilities/money/usage/limits/object-limits.ts";
import type { RateLimits } from "../../../../src/capabilities/money/usage/limits/rate-limits.ts";
import { upstashLimits } from "../../../../src/capabilities/money/usage/limits/upstash-limits.ts";
import { newId } from "../../../../src/platform/ids.ts";
import worker from "../../../../src/worker.ts";
import { api, openShop } from "../../../support/api.ts";
import { waitWithoutEnd } from "../../../support/patient.ts";

const NOON = Date.UTC(2026, 10, 21, 12);
const SHOP = "rates";
const redis = inject("redis");
const adapters: { name: string; open: (shop: string) => RateLimits }[] = [
  { name: "the shop's object", open: (shop) => objectLimits(env, shop) },
  ...(redis ? [{ name: "Upstash Redis", open: (shop: string) => upstashLimits(redis, shop) }] : []),
];

/** Stops the clocks of this isolate and of the meter, which windows are counted by. */
async function stopClocks(at: number): Promise<void> {
  vi.spyOn(Date, "now").mockReturnValue(at);
  for (const shop of [SHOP, "rates-2"])
    await runInDurableObject(env.USAGE.getByName(shop), (it: UsageMeter) => Object.assign(it, { now: () => at }));
}

beforeAll(async () => {
  for (const id of [SHOP, "rates-2"]) await openShop({ id });
});

beforeEach(waitWithoutEnd);
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(adapters)("rates counted by $name", ({ open }) => {
  const limits = open(SHOP);
  const takeMany = (count: number, rate: Parameters<RateLimits["take"]>[0], want = 1) =>
    Promise.all(Array.from({ length: count }, () => limits.take(rate, want)));
  const sum = (all: { granted: number }[]) => all.reduce((total, it) => total + it.granted, 0);

  it.each([
    [1, 20, 1],
    [10, 40, 1],
    [97, 150, 1],
    [100, 80, 5],
    [4_000, 60, 200],
  ])("let exactly %i of many at once through", async (limit, askers, want) => {
    await stopClocks(NOON);
    const all = await takeMany(askers, { pool: newId("key"), limit, seconds: 1 }, want);
    expect(sum(all)).toBe(limit);
    expect(Math.min(...all.map((it) => it.left))).toBe(0);
    expect(all.every((it) => it.left >= 0 && it.forMs === 1_000)).toBe(true);
  });

  it("begin anew with each window, by second and by minute", async () => {
    const pool = newId("key");
    const [second, minute] = [
      { pool, limit: 2, seconds: 1 },
      { pool, limit: 3, seconds: 60 },
    ];
    await stopClocks(NOON + 59_900);
    expect([sum(await takeMany(5, second)), sum(await takeMany(5, minute))]).toEqual([2, 3]);
    expect((await limits.take(minute, 1)).forMs).toBe(100);
    await stopClocks(NOON + 60_000);
    expect([sum(await takeMany(5, second)), sum(await takeMany(5, minute))]).toEqual([2, 3]);
    await stopClocks(NOON + 61_000);
    expect([sum(await takeMany(5, second)), sum(await takeMany(5, minute))]).toEqual([2, 0]);
  });

  it("are apart by pool and by shop", async () => {
    await stopClocks(NOON);
    const rate = { pool: newId("key"), limit: 1, seconds: 1 };
    expect((await limits.take(rate, 1)).granted).toBe(1);
    expect((await limits.take(rate, 1)).granted).toBe(0);
    expect((await limits.take({ ...rate, pool: newId("key") }, 1)).granted).toBe(1);
    expect((await open("rates-2").take(rate, 1)).granted).toBe(1);
  });
});

describe("the windows that the object knows", () => {
  const HOUR = { limit: 1, seconds: 3_600 };
  const inMeter = (act: (it: UsageMeter) => void) => runInDurableObject(env.USAGE.getByName(SHOP), act);
  const takeOfEach = (name: string, count: number, seconds: number) =>
    inMeter((it) => {
      for (let i = 0; i < count; i++) it.take({ pool: `${name} ${i}`, limit: 1, seconds }, 1);
    });
  const granted = async (pool: string) => (await objectLimits(env, SHOP).take({ pool, ...HOUR }, 1)).granted;

  it("outlive any number of others that are over", async () => {
    await stopClocks(NOON + 3_600_000);
    expect(await granted("lasting")).toBe(1);
    for (let second = 1; second <= 3; second++) {
      await stopClocks(NOON + 3_600_000 + second * 1_000);
      await takeOfEach(`brief ${second}`, 6_000, 1);
    }
    expect(await granted("lasting")).toBe(0);
  });

  it("of a minute and more outlive the object, also where too many are open; a second's do not", async () => {
    const at = NOON + 5 * 3_600_000;
    await stopClocks(at);
    const take = (pool: string, seconds: number) => objectLimits(env, SHOP).take({ pool, limit: 3, seconds }, 2);
    for (const seconds of [1, 60, 3_600]) expect((await take("evicted", seconds)).granted).toBe(2);
    await abortAllDurableObjects();
    await stopClocks(at + 500);
    expect(await take("evicted", 60)).toMatchObject({ granted: 1, left: 0 });
    expect(await take("evicted", 3_600)).toMatchObject({ granted: 1, left: 0 });
    expect((await take("evicted", 1)).granted).toBe(2);
    await stopClocks(at + 60_000);
    expect((await take("evicted", 60)).granted).toBe(2);
    expect((await take("evicted", 3_600)).granted).toBe(0);
  });

  it("of some seconds are forgotten oldest first where too many are open, never all at once", async () => {
    const brief = (pool: string) => ({ pool, limit: 1, seconds: 10 });
    await stopClocks(NOON + 2 * 3_600_000);
    expect((await objectLimits(env, SHOP).take(brief("oldest"), 1)).granted).toBe(1);
    await takeOfEach("ten", 10_050, 10);
    await inMeter((it) => {
      const latest = Array.from({ length: 9_900 }, (_, i) => brief(`ten ${10_049 - i}`));
      expect(latest.filter((rate) => it.take(rate, 1).granted > 0)).toEqual([]);
    });
    expect((await objectLimits(env, SHOP).take(brief("oldest"), 1)).granted).toBe(1);
  });
});

async function makePartner(): Promise<{ id: string; key: string }> {
  const { body } = await api("POST", "/api-keys", { shop: SHOP, body: { name: "P", scopes: ["usage:read"] } });
  return { id: body.api_key.id, key: body.key };
}

/** Reads the usage as a bronze partner, ten times a second at most, in an environment with this Redis. */
async function readUsage(key: string, own: object, calls: number): Promise<Record<string, number | undefined>> {
  const ask = () =>
    worker.fetch(
      new Request(`http://${SHOP}.localhost/api/v1/usage`, { headers: { authorization: `Bearer ${key}` } }),
      { ...env, ...own },
      createExecutionContext(),
    );
  const answers = await Promise.all(Array.from({ length: calls }, ask));
  const grouped = Object.groupBy(answers, (it) => it.status);
  return Object.fromEntries(Object.entries(grouped).map(([status, all]) => [status, all?.length]));
}

describe("a key's limit", () => {
  const away = { UPSTASH_REDIS_REST_URL: "http://127.0.0.1:1", UPSTASH_REDIS_REST_TOKEN: "x" };

  it.runIf(redis)("is counted in Redis where it is configured; the object goes on where Redis stopped", async () => {
    if (!redis) return;
    const shared = { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token };
    const { id, key } = await makePartner();
    await stopClocks(NOON + 600_000);
    await upstashLimits(redis, SHOP).take({ pool: `${id} usage_read`, limit: 10, seconds: 1 }, 3);
    expect(await readUsage(key, shared, 5)).toEqual({ 200: 5 });
    expect(await readUsage(key, shared, 20)).toEqual({ 200: 2, 429: 18 });
    expect(await readUsage(key, away, 20)).toEqual({ 200: 3, 429: 17 });
  });

  it("holds as exactly when Redis is away or does not know us, and nobody gets an error of ours", async () => {
    const { key } = await makePartner();
    await stopClocks(NOON + 700_000);
    expect(await readUsage(key, away, 40)).toEqual({ 200: 10, 429: 30 });
    await stopClocks(NOON + 800_000);
    const stranger = { UPSTASH_REDIS_REST_URL: redis?.url ?? "http://127.0.0.1:1", UPSTASH_REDIS_REST_TOKEN: "wrong" };
    expect(await readUsage(key, stranger, 40)).toEqual({ 200: 10, 429: 30 });
  });
});
