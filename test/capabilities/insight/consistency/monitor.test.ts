import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { StockMonitor } from "../../../../durable-objects/stock-monitor.ts";
import { api, openShop } from "../../../support/api.ts";
import { later, rest } from "../../../support/monitor.ts";
import { ring } from "../../../support/ring.ts";
import { eventually } from "../../../support/settled.ts";

interface Drift {
  sku: string;
  reason: string;
  seen: unknown;
  expected: unknown;
  repaired_at: string | null;
}
type Row = { on_hand: number; reserved: number; sold: number; version: number };

const monitor = (shop: string) => env.MONITOR.getByName(shop);
const check = async (shop: string) => (await api("POST", "/consistency/checks", { shop })).body;
const drifts = async (shop: string): Promise<Drift[]> => (await api("GET", "/consistency", { shop })).body.drifts;
const mirrored = (shop: string, sku: string) =>
  env.DB.prepare("SELECT on_hand, reserved, sold, version FROM stock_levels WHERE tenant_id = ? AND sku = ?")
    .bind(shop, sku)
    .first<Row>();
const plant = (sql: string, shop: string, sku: string) =>
  env.DB.prepare(`${sql} WHERE tenant_id = ? AND sku = ?`).bind(shop, sku).run();

/** A shop of its own for each test, whose monitor checks when it is told to, with mirrored and checked stock: what a monitor counts is all of a shop. */
async function stockedShop(id: string, skus: Record<string, number>): Promise<void> {
  await openShop({ id });
  await Promise.all(
    Object.entries(skus).map(async ([sku, on_hand]) => {
      await api("PUT", `/stock/${sku}`, { shop: id, body: { on_hand } });
      await ring(env.STOCK.getByName(`${id}:${sku}`));
      await eventually(async () => expect(await mirrored(id, sku)).toMatchObject({ on_hand }));
    }),
  );
  await rest(id);
  expect(await check(id)).toMatchObject({ ratio: 1, skus: Object.keys(skus).length, drifts: [] });
}

describe("the stock monitor finds and repairs a mirror row that", () => {
  it("was edited", async () => {
    await stockedShop("edited", { A: 10, B: 5 });
    await plant("UPDATE stock_levels SET on_hand = 99", "edited", "A");
    expect((await check("edited")).ratio).toBe(0.5);
    const [found, ...more] = await drifts("edited");
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      sku: "A",
      reason: "levels_differ",
      seen: { on_hand: 99, reserved: 0, sold: 0, version: 1 },
      expected: { on_hand: 10, reserved: 0, sold: 0, version: 1 },
    });
    expect(found?.repaired_at).not.toBeNull();
    expect(await mirrored("edited", "A")).toMatchObject({ on_hand: 10, version: 1 });
    expect(await check("edited")).toMatchObject({ ratio: 1 });
    expect(await drifts("edited")).toHaveLength(1);
  });

  it("is ahead of its counter, which would never overwrite it", async () => {
    await stockedShop("ahead", { A: 10 });
    await plant("UPDATE stock_levels SET version = 500, on_hand = 7", "ahead", "A");
    await check("ahead");
    expect(await drifts("ahead")).toMatchObject([{ reason: "copy_ahead", seen: { version: 500, on_hand: 7 } }]);
    expect(await mirrored("ahead", "A")).toMatchObject({ on_hand: 10, version: 1 });
  });

  it("was deleted, once the mirror had its time", async () => {
    await stockedShop("deleted", { A: 10 });
    await plant("DELETE FROM stock_levels", "deleted", "A");
    expect(await check("deleted")).toMatchObject({ ratio: 1, lagging: 1, drifts: [] });
    await later("deleted", 2_500);
    expect((await check("deleted")).ratio).toBe(0);
    expect(await drifts("deleted")).toMatchObject([{ sku: "A", reason: "row_missing", seen: null }]);
    expect(await mirrored("deleted", "A")).toMatchObject({ on_hand: 10, version: 1 });
    expect(await check("deleted")).toMatchObject({ ratio: 1, lagging: 0 });
  });

  it("stays behind its counter for more than two seconds", async () => {
    await stockedShop("behind", { A: 10 });
    await api("POST", "/stock/A/adjustments", { shop: "behind", body: { delta: 5, reason: "found" } });
    await ring(env.STOCK.getByName("behind:A"));
    await eventually(async () => expect(await mirrored("behind", "A")).toMatchObject({ version: 2 }));
    await plant("UPDATE stock_levels SET version = 1, on_hand = 10", "behind", "A");
    expect(await check("behind")).toMatchObject({ lagging: 1, drifts: [] });
    await later("behind", 1_500);
    expect(await check("behind")).toMatchObject({ lagging: 1, drifts: [] });
    await later("behind", 2_500);
    await check("behind");
    expect(await drifts("behind")).toMatchObject([
      { reason: "copy_behind", seen: { version: 1 }, expected: { version: 2 } },
    ]);
    expect(await mirrored("behind", "A")).toMatchObject({ on_hand: 15, version: 2 });
  });

  it("no counter stands behind", async () => {
    await stockedShop("orphan", { A: 10 });
    await env.DB.prepare("INSERT INTO stock_levels VALUES ('orphan', 'GHOST', 3, 0, 0, 4, 0)").run();
    await check("orphan");
    expect(await drifts("orphan")).toMatchObject([{ sku: "GHOST", reason: "row_orphaned", expected: null }]);
    expect(await mirrored("orphan", "GHOST")).toBeNull();
    expect(await check("orphan")).toMatchObject({ ratio: 1 });
    expect(await check("orphan")).toMatchObject({ skus: 1 });
  });
});

describe("the stock monitor of a divided SKU", () => {
  it("compares each shard with what its parent heard, and has it heard anew", async () => {
    await stockedShop("divided", { A: 400, B: 5 });
    const parent = env.STOCK.getByName("divided:A");
    await parent.reshard(4);
    await eventually(async () => expect((await parent.shape())?.isSettled).toBe(true));
    await eventually(async () => {
      const { ratio, shards } = await check("divided");
      expect([ratio, shards.length]).toEqual([1, 5]);
    });
    const { shards } = await check("divided");
    expect(shards).toContainEqual({ shard: null, ratio: 1, skus: 2 });
    expect(shards).toContainEqual({ shard: 3, ratio: 1, skus: 1 });
    await runInDurableObject(parent, (it) => {
      const link = Reflect.get(it, "split").links.get(3);
      link.report = { ...link.report, level: { ...link.report.level, version: 9_999 } };
    });
    const found = await check("divided");
    expect(found.drifts).toMatchObject([{ sku: "A", shard: 3, copy: "parent", reason: "copy_ahead" }]);
    expect(found.shards).toContainEqual({ shard: 3, ratio: 0, skus: 1 });
  });
});

describe("the stock monitor", () => {
  it("calls a copy in time consistent while stock moves, and never repairs it", async () => {
    await stockedShop("moving", { A: 1_000, B: 1_000 });
    for (let round = 0; round < 5; round++) {
      await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          api("POST", `/stock/${i % 2 ? "A" : "B"}/reservations`, {
            shop: "moving",
            body: { buyer: `b${i}`, quantity: 1 },
            headers: { "idempotency-key": `${round}-${i}` },
          }),
        ),
      );
      expect((await check("moving")).drifts).toEqual([]);
    }
  });

  it("watches by its own alarm, second after second, and goes on after a crash", async () => {
    await stockedShop("alarm", { A: 10 });
    await runInDurableObject(monitor("alarm"), (_: StockMonitor, { storage }) => storage.setAlarm(Date.now()));
    expect((await api("GET", "/consistency", { shop: "alarm" })).body.running).toBe(true);
    await abortAllDurableObjects();
    await plant("UPDATE stock_levels SET sold = 4", "alarm", "A");
    await eventually(async () => expect(await drifts("alarm")).toMatchObject([{ reason: "levels_differ" }]));
    expect(await mirrored("alarm", "A")).toMatchObject({ sold: 0 });
  });

  it("rests in a shop without stock", async () => {
    await openShop({ id: "empty" });
    const { body } = await api("GET", "/consistency", { shop: "empty" });
    expect(body).toMatchObject({ running: false, ratio: 1, skus: 0, checked_at: null });
    await monitor("empty").wake();
    await eventually(async () =>
      expect((await api("GET", "/consistency", { shop: "empty" })).body.running).toBe(false),
    );
  });

  it("finds every one of many drifts within a bounded number of checks", async () => {
    const skus = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`S${i}`, 10]));
    await stockedShop("many", skus);
    for (let i = 0; i < 70; i += 7) await plant("UPDATE stock_levels SET reserved = 1", "many", `S${i}`);
    for (let i = 0; i < 6; i++) await check("many");
    const { ratio, mismatches } = await check("many");
    expect(ratio).toBe(1);
    expect(mismatches).toContainEqual({ copy: "mirror", reason: "levels_differ", total: 10 });
  });

  it("counts one open drift once, however often its repair fails", async () => {
    await stockedShop("stuck", { A: 10 });
    await env.DB.prepare(
      "CREATE TRIGGER stuck BEFORE UPDATE ON stock_levels WHEN old.tenant_id = 'stuck' AND new.changed_at > 0 BEGIN SELECT raise(ABORT, 'no'); END",
    ).run();
    await plant("UPDATE stock_levels SET changed_at = 0, sold = 1", "stuck", "A");
    for (let i = 0; i < 3; i++) await check("stuck");
    expect(await drifts("stuck")).toMatchObject([{ reason: "levels_differ", repaired_at: null }]);
    await env.DB.prepare("DROP TRIGGER stuck").run();
    await check("stuck");
    const [only, ...more] = await drifts("stuck");
    expect([only?.repaired_at === null, more]).toEqual([false, []]);
    expect(await check("stuck")).toMatchObject({ ratio: 1 });
  });

  it("speaks Prometheus", async () => {
    await stockedShop("metrics", { A: 10, B: 1 });
    await plant("UPDATE stock_levels SET on_hand = 99", "metrics", "A");
    await check("metrics");
    const { text, headers } = await api("GET", "/consistency/metrics", { shop: "metrics" });
    expect(headers.get("content-type")).toContain("text/plain; version=0.0.4");
    expect(text).toContain('inventory_consistency_ratio{shop="metrics",shard="whole"} 0.5\n');
    expect(text).toContain('inventory_mismatch_total{shop="metrics",copy="mirror",reason="levels_differ"} 1\n');
    expect(text).toContain('inventory_mismatch_total{shop="metrics",copy="mirror",reason="row_missing"} 0\n');
    expect((await api("GET", "/consistency/metrics", { shop: "metrics", key: null })).status).toBe(401);
  });
});
