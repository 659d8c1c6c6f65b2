import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { SearchIndex } from "../../../../durable-objects/search-index.ts";
import { api, openShop } from "../../../support/api.ts";
import { later, rest } from "../../../support/monitor.ts";
import { ring } from "../../../support/ring.ts";
import { eventually } from "../../../support/settled.ts";
import { putOnSale } from "../../../support/shopper.ts";

const index = (shop: string) => env.SEARCH.getByName(shop);
const check = async (shop: string) => (await api("POST", "/consistency/checks", { shop })).body;
const indexed = async (shop: string) => (await index(shop).levelsOf(["LAMP"]))[0];

/** Makes the index say something else, and keeps it from following the mirror. */
const plant = async (shop: string, wrong: { available: number; version: number }) => {
  const seen = await indexed(shop);
  if (!seen) throw new Error("the index knows no LAMP");
  await runInDurableObject(index(shop), (it: SearchIndex, { storage }) => {
    storage.kv.put("stock_read", Date.now() + 3_600_000);
    it.repairLevel("LAMP", seen, wrong);
  });
  expect(await indexed(shop)).toMatchObject(wrong);
};

/** A shop with ten lamps, which its search knows of. */
async function lampShop(shop: string): Promise<void> {
  await openShop({ id: shop, currency: "EUR" });
  await putOnSale("LAMP", 10, 1_999, shop);
  await ring(env.STOCK.getByName(`${shop}:LAMP`));
  await eventually(async () => expect(await indexed(shop)).toMatchObject({ available: 10, version: 1 }));
  await rest(shop);
  expect(await check(shop)).toMatchObject({ ratio: 1, drifts: [] });
}

describe("the stock monitor finds and repairs a search index that", () => {
  it("says other units than the counter", async () => {
    await lampShop("other");
    await plant("other", { available: 0, version: 1 });
    expect((await api("GET", "/search?in_stock=true", { shop: "other" })).body.total).toBe(0);
    const { ratio, drifts } = await check("other");
    expect(ratio).toBe(0);
    expect(drifts).toMatchObject([
      {
        copy: "search",
        reason: "levels_differ",
        seen: { available: 0, on_hand: null, version: 1 },
        expected: { available: 10, on_hand: 10 },
      },
    ]);
    expect(await indexed("other")).toMatchObject({ available: 10, version: 1 });
    expect(await check("other")).toMatchObject({ ratio: 1 });
    const { text } = await api("GET", "/consistency/metrics", { shop: "other" });
    expect(text).toContain('inventory_mismatch_total{shop="other",copy="search",reason="levels_differ"} 1\n');
  });

  it("is ahead of the counter", async () => {
    await lampShop("early");
    await plant("early", { available: 3, version: 77 });
    expect((await check("early")).drifts).toMatchObject([{ copy: "search", reason: "copy_ahead" }]);
    expect(await indexed("early")).toMatchObject({ available: 10, version: 1 });
  });

  it("stays behind for more than five seconds", async () => {
    await lampShop("late");
    await plant("late", { available: 4, version: 0 });
    expect(await check("late")).toMatchObject({ ratio: 1, lagging: 1, drifts: [] });
    await later("late", 4_000);
    expect(await check("late")).toMatchObject({ lagging: 1, drifts: [] });
    await later("late", 2_000);
    expect((await check("late")).drifts).toMatchObject([{ copy: "search", reason: "copy_behind" }]);
    expect(await indexed("late")).toMatchObject({ available: 10, version: 1 });
  });
});

describe("the stock monitor", () => {
  it("lets search follow by itself, and knows that it has products only", async () => {
    await lampShop("follows");
    await api("PUT", "/stock/SPARE", { shop: "follows", body: { on_hand: 5 } });
    await api("PUT", "/stock/LAMP", { shop: "follows", body: { on_hand: 2 } });
    for (const sku of ["SPARE", "LAMP"]) await ring(env.STOCK.getByName(`follows:${sku}`));
    await eventually(async () => {
      await check("follows");
      expect(await indexed("follows")).toMatchObject({ available: 2, version: 2 });
    });
    expect(await check("follows")).toMatchObject({ ratio: 1, skus: 2, drifts: [] });
  });
});
