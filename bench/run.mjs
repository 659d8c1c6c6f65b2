import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { callShop, callShopOrThrow } from "../scripts/call-shop.mjs";
import { freePort } from "../scripts/free-port.mjs";
import { buildBundle, startServer } from "../scripts/serve.mjs";
import { checkout } from "./cases/checkout.mjs";
import { flashHold, flashOrder, participate } from "./cases/flash-sale.mjs";
import { hello } from "./cases/hello.mjs";
import { journal } from "./cases/journal.mjs";
import { metered } from "./cases/metered.mjs";
import { pipeline } from "./cases/pipeline.mjs";
import { productJson } from "./cases/product-json.mjs";
import { productPage } from "./cases/product-page.mjs";
import { reserve } from "./cases/reserve.mjs";
import { reserve4, reserve8 } from "./cases/reserve-sharded.mjs";
import { rpc } from "./cases/rpc.mjs";
import { search } from "./cases/search.mjs";
import { stockRead } from "./cases/stock-read.mjs";
import { journalDriver } from "./drive-journal.mjs";
import { load, median, probe, requireWrk, untilIdle } from "./measure.mjs";
import { serveHello } from "./serve-hello.mjs";

/**
 * `npm run bench [case ...] [-- --seconds 8 --rounds 3]`: one JSON line for each case, beside its reference and hello of the same run.
 * `settled_per_s` also counts the time until the runtime rested again: by then orders and stock are in D1.
 */
const cases = [
  hello,
  pipeline,
  metered,
  stockRead,
  rpc,
  journal,
  reserve,
  reserve4,
  reserve8,
  flashHold,
  flashOrder,
  participate,
  checkout,
  productPage,
  productJson,
  search,
];
const WARM_UP_SECONDS = 1;
const SKU = "BENCH-1";
const HANDLE = "bench-teapot";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string", default: "8" }, rounds: { type: "string", default: "3" } },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const chosen = positionals.length > 0 ? positionals.map(caseNamed) : cases;

requireWrk();
const state = mkdtempSync(join(tmpdir(), "souk-bench-"));
const bundle = buildBundle(join(state, "dist"));
const closing = [];
let errors = 0;
let helloRps;
try {
  const bare = await serveHello(await freePort());
  closing.push(bare.close);
  const journalPort = await freePort();
  const beside = [await journalDriver(journalPort)];
  const server = await startServer({ port: await freePort(), state, bundle, beside });
  closing.push(server.close);
  const listeningAt = performance.now();
  await callShop(server.origin, "GET", "/api/v1/health");
  const firstAnswerMs = performance.now() - listeningAt;
  print({ case: "bundle", gzip_bytes: gzipBytes(bundle), start_ms: Math.round(server.startMs + firstAnswerMs) });
  const place = {
    ...(await fillBenchShop(server)),
    origin: server.origin,
    operatorKey: server.operatorKey,
    helloOrigin: bare.origin,
    journalOrigin: `http://localhost:${journalPort}`,
    sku: SKU,
    handle: HANDLE,
    seconds,
  };
  for (const it of chosen) errors += (await compare(it, place)).errors;
} finally {
  for (const close of closing.reverse()) await close();
  rmSync(state, { recursive: true, force: true });
}
process.exitCode = errors > 0 ? 1 : 0;

/** Reference and case take turns, so that noise of the machine meets both. */
async function compare(it, place) {
  const reference = it.reference && caseNamed(it.reference);
  const own = [];
  const others = [];
  await warmUp(it, place);
  if (reference) await warmUp(reference, place);
  await untilIdle();
  for (let round = 0; round < rounds; round++) {
    if (reference) others.push(await load(await reference.prepare(place), seconds));
    const prepared = await it.prepare({ ...place, rate: it.rate });
    await untilIdle();
    const loaded = await load(prepared, seconds);
    const settleMs = await untilIdle();
    own.push({ ...loaded, settled: loaded.requests / (seconds + settleMs / 1000) });
  }
  const middle = (field) => median(own.map((one) => one[field]));
  const sum = (field) => own.reduce((total, one) => total + one[field], 0);
  const timesOf = (field) =>
    reference ? Number(median(own.map((one, i) => one[field] / others[i][field])).toFixed(3)) : null;
  const ratio = timesOf("rps");
  if (it === hello) helloRps = middle("rps");
  const line = {
    case: it.name,
    rps: Math.round(middle("rps")),
    p50_ms: Number(middle("p50_ms").toFixed(2)),
    p99_ms: Number(middle("p99_ms").toFixed(2)),
    errors: sum("errors"),
    requests: sum("requests"),
    reference: it.reference ?? null,
    ratio,
    of_hello: helloRps === undefined ? null : Number((middle("rps") / helloRps).toFixed(3)),
    settled_per_s: Math.round(middle("settled")),
    p99_ratio: timesOf("p99_ms"),
  };
  print(line);
  if (it.goal)
    console.error(
      `${it.name}: ${ratio} of ${it.reference}, goal ${it.goal}: ${ratio >= it.goal ? "reached" : "missed"}`,
    );
  return line;
}

/** Also learns how fast the case is, so that the next rounds prepare neither too little nor far too much. */
async function warmUp(it, place) {
  const prepared = await it.prepare({ ...place, seconds: WARM_UP_SECONDS });
  await probe(prepared);
  const { rps } = await load(prepared, WARM_UP_SECONDS);
  it.rate = Math.ceil(rps * 2) + 200;
}

async function fillBenchShop({ origin, operatorKey }) {
  const { api_key: key } = await callShopOrThrow(origin, "POST", "/api/v1/tenants", {
    key: operatorKey,
    body: { id: "demo", name: "Bench", currency: "USD", locale: "en" },
  });
  const product = {
    handle: HANDLE,
    title: "Bench teapot",
    description_html: "<p>A pot that is ordered all day.</p>",
    status: "active",
    variants: [{ sku: SKU, price: { amount: 4_200, currency: "USD" } }],
  };
  const created = await callShop(origin, "POST", "/api/v1/products", { key, body: product });
  if (created.status !== 201)
    console.error(`No product for the checkout and product cases: ${created.text.slice(0, 200)}`);
  await callShopOrThrow(origin, "PUT", `/api/v1/stock/${SKU}`, { key, body: { on_hand: 999_999_999 } });
  const partner = await callShopOrThrow(origin, "POST", "/api/v1/api-keys", {
    key,
    body: { name: "Partner", plan: "gold", scopes: ["orders:read"] },
  });
  return { key, partnerKey: partner.key };
}

function caseNamed(name) {
  const found = cases.find((it) => it.name === name);
  if (!found) throw new Error(`There is no case ${name}. Cases: ${cases.map((it) => it.name).join(", ")}`);
  return found;
}

function gzipBytes(folder) {
  const scripts = readdirSync(folder).filter((name) => name.endsWith(".js"));
  return scripts.reduce((total, name) => total + gzipSync(readFileSync(join(folder, name))).length, 0);
}

function print(line) {
  console.log(JSON.stringify(line));
}
