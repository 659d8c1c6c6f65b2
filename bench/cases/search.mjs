import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callShopOrThrow } from "../../scripts/call-shop.mjs";
import { bringCatalogue, indexed } from "../catalogue/bring.mjs";
import { madeUpCatalogue, madeUpQueries } from "../catalogue/made-up.mjs";

const PRODUCTS = 50_000;
/** As many different ones that the few seconds of remembered answers help nobody. */
const QUERIES = 20_000;
const SHOP = "big";

let ready;

/** Searches of a shop with 50,000 products: one word, two, a word typed half, a misspelt one; 24 hits and all facets each. */
export const search = {
  name: "search",
  reference: "pipeline",
  prepare: async ({ origin, operatorKey }) => {
    ready ??= await fillBigShop(origin, operatorKey);
    return {
      url: `${origin}/api/v1/search`,
      script: "search.lua",
      env: { BENCH_HOST: `${SHOP}.${new URL(origin).host}`, BENCH_QUERIES: ready },
      status: 200,
    };
  },
};

async function fillBigShop(origin, operatorKey) {
  const { api_key: key } = await callShopOrThrow(origin, "POST", "/api/v1/tenants", {
    key: operatorKey,
    body: { id: SHOP, name: "Big", currency: "USD", locale: "en" },
  });
  const own = origin.replace("//localhost", `//${SHOP}.localhost`);
  await bringCatalogue(own, key, () => madeUpCatalogue(PRODUCTS));
  await indexed(own, key, PRODUCTS);
  const file = join(mkdtempSync(join(tmpdir(), "souk-queries-")), "paths");
  const paths = [...madeUpQueries(QUERIES)].map((q) => `/api/v1/search?${new URLSearchParams({ q })}`);
  writeFileSync(file, `${paths.join("\n")}\n`);
  return file;
}
