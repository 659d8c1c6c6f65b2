import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { callShopOrThrow } from "../scripts/call-shop.mjs";
import { freePort } from "../scripts/free-port.mjs";
import { startServer } from "../scripts/serve.mjs";
import { csvHead, csvRows } from "./catalogue/as-csv.mjs";
import { bringCatalogue, indexed } from "./catalogue/bring.mjs";
import { baselines } from "./search/baselines.mjs";
import { score } from "./search/score.mjs";
import { labelledSets, unlabelledQueries } from "./search/sets.mjs";

/**
 * `npm run search:quality`: real titles imported into shops of their own, real queries asked through the API, judged against
 * labels, beside SQLite's own full text over the same titles. One JSON line for each set and engine; SOUK_DATA names the folder.
 */
const HITS_MAX = 48;
/** Results that count for recall and precision. */
const FOUND_MAX = 240;
const AT_ONCE = 16;
/** Of the queries without labels every so manieth is asked. */
const UNLABELLED_STEP = 8;

const data = process.env.SOUK_DATA ?? fileURLToPath(new URL("../../shared/data", import.meta.url));
if (!existsSync(data)) throw new Error(`There is no folder ${data}: name the shared data by SOUK_DATA.`);

const state = mkdtempSync(join(tmpdir(), "souk-search-"));
const server = await startServer({ port: await freePort(), state });
try {
  const shops = new Map();
  let shop;
  for (const set of labelledSets(data)) {
    // Sets over the same titles share a shop.
    shop = shops.get(set.products) ?? (await openFilledShop(`set${shops.size}`, set.products));
    shops.set(set.products, shop);
    await compare(set, shop);
  }
  for (const [name, queries] of Object.entries(unlabelledQueries(data)))
    await countAnswers(
      name,
      queries.filter((_, i) => i % UNLABELLED_STEP === 0),
      shop,
    );
} finally {
  await server.close();
  rmSync(state, { recursive: true, force: true });
}

async function openFilledShop(id, products) {
  const { api_key: key } = await callShopOrThrow(server.origin, "POST", "/api/v1/tenants", {
    key: server.operatorKey,
    body: { id, name: id, currency: "USD", locale: "en" },
  });
  const origin = server.origin.replace("//localhost", `//${id}.localhost`);
  const rows = products.map((it, i) =>
    csvRows({
      ...it,
      title: it.title.slice(0, 255),
      handle: `doc-${i}`,
      variants: [{ sku: inLetters(i), price: "1.00" }],
    }),
  );
  await bringCatalogue(origin, key, csvHead + rows.join(""));
  await indexed(origin, key, products.length);
  return origin;
}

async function compare({ name, products, queries }, origin) {
  const judge = (engine, found) => {
    const judged = queries.map(({ relevant }, i) => ({ relevant, found: found[i] }));
    console.log(
      JSON.stringify({ set: name, engine, products: products.length, queries: queries.length, ...score(judged) }),
    );
  };
  judge("souk", await inTurns(queries, ({ query }) => find(origin, query)));
  for (const [engine, ask] of Object.entries(baselines(products, FOUND_MAX)))
    judge(
      engine,
      queries.map(({ query }) => ask(query)),
    );
}

async function countAnswers(name, queries, origin) {
  const ways = {};
  const answers = await inTurns(queries, (query) => ask(origin, { q: query.slice(0, 200), limit: 1 }));
  for (const { way, total } of answers)
    ways[total === 0 ? "nothing" : way] = (ways[total === 0 ? "nothing" : way] ?? 0) + 1;
  console.log(JSON.stringify({ set: `${name}-queries`, engine: "souk", queries: queries.length, ...ways }));
}

async function find(origin, q) {
  const found = [];
  for (let cursor; ; ) {
    const { data: hits, next_cursor: next } = await ask(origin, { q, limit: HITS_MAX, ...(cursor && { cursor }) });
    found.push(...hits.map((it) => Number(it.handle.slice("doc-".length))));
    if (next === null || found.length >= FOUND_MAX) return found;
    cursor = next;
  }
}

function ask(origin, query) {
  // The baselines block this process for seconds, in which the server gives up on idle connections.
  const headers = { connection: "close" };
  return callShopOrThrow(origin, "GET", `/api/v1/search?${new URLSearchParams(query)}`, { headers });
}

async function inTurns(items, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** A SKU without digits: it stands in the index too, and must not match numbers in queries. */
function inLetters(i) {
  const letters = i.toString(26).replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 26)));
  return `ZZQ${letters.padStart(4, "a").toUpperCase()}`;
}
