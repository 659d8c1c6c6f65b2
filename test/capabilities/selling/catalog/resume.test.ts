import { abortAllDurableObjects } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import { csvOf, exportFile, importFile, newShop, outcomeOf, startImport } from "./import-kit.ts";

const PRODUCTS = 400;

describe("an interrupted import", () => {
  it("goes on where it was, with nothing lost, doubled or counted twice", async () => {
    const shop = await newShop();
    const rows = Array.from({ length: PRODUCTS }, (_, i) => ({
      ...{ Handle: `item-${i}`, Title: `Item ${i}`, "Variant SKU": `S-${i}`, "Variant Price": "5" },
      "Variant Inventory Qty": i % 10 === 0 ? "3" : "",
    }));
    const file = csvOf(rows);
    const id = await startImport(shop, file);
    for (let i = 0; i < 5; i++) {
      await new Promise((resume) => setTimeout(resume, 40));
      await abortAllDurableObjects();
    }
    const outcome = await outcomeOf(shop, id);
    expect(outcome).toMatchObject({ status: "done", rows: PRODUCTS, products_created: PRODUCTS, variants: PRODUCTS });
    expect(outcome).toMatchObject({ products_updated: 0, products_unchanged: 0, rows_rejected: 0, errors: [] });
    expect((await exportFile(shop)).split("\r\n")).toHaveLength(PRODUCTS + 2);
    expect((await api("GET", "/products/item-0", { shop })).body.version).toBe(1);
    expect((await api("GET", "/stock/S-390", { shop })).body).toMatchObject({ on_hand: 3 });
    expect(await importFile(shop, file)).toMatchObject({ products_unchanged: PRODUCTS, products_updated: 0 });
  });
});
