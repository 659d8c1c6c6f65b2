import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { callShopOrThrow } from "../scripts/call-shop.mjs";
import { freePort } from "../scripts/free-port.mjs";
import { startServer } from "../scripts/serve.mjs";
import { bringCatalogue, indexed } from "./catalogue/bring.mjs";
import { madeUpCatalogue } from "./catalogue/made-up.mjs";

/**
 * `npm run bench:import [-- --products 50000] [-- real.csv]`: how fast catalogues come in and what memory workerd takes meanwhile. One
 * JSON line for each file: the made-up catalogue in two sizes, each twice, then real files. Memory is flat when the larger one's
 * peak is no higher than the smaller one's by more than noise.
 */
const SMALL_PART = 0.2;
/** Quantities make one object a SKU, each with a database of its own: a catalogue of this part shows what they cost. */
const STOCKED_PART = 0.01;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { products: { type: "string", default: "50000" } },
});
const largest = fileURLToPath(new URL("../../shared/data/catalog/shopify/snowdevil.csv", import.meta.url));
const files = positionals.length > 0 ? positionals : [largest].filter(existsSync);

const most = Number(values.products);
for (const products of [most * SMALL_PART, most])
  await inOwnServer(`made-up ${products}`, () => madeUpCatalogue(products));
await inOwnServer(`made-up ${most * STOCKED_PART} with stock`, () =>
  madeUpCatalogue(most * STOCKED_PART, { isStocked: true }),
);
for (const file of files) await inOwnServer(basename(file), () => [readFileSync(file)]);

/** Each file gets a fresh process, whose memory is its own; the second import finds nothing to change. */
async function inOwnServer(name, text) {
  const state = mkdtempSync(join(tmpdir(), "souk-import-"));
  const server = await startServer({ port: await freePort(), state });
  try {
    const { api_key: key } = await callShopOrThrow(server.origin, "POST", "/api/v1/tenants", {
      key: server.operatorKey,
      body: { id: "demo", name: "Import", currency: "USD", locale: "en" },
    });
    const first = await measured(`${name}: first`, (watch) => bringCatalogue(server.origin, key, text, watch));
    const products = first.products_created;
    await measured(`${name}: indexed`, (watch) => indexed(server.origin, key, products, watch));
    await measured(`${name}: again`, (watch) => bringCatalogue(server.origin, key, text, watch));
  } finally {
    await server.close();
    rmSync(state, { recursive: true, force: true });
  }
}

async function measured(name, work) {
  const memory = [workerdMegabytes()];
  const from = performance.now();
  const state = await work(() => memory.push(workerdMegabytes()));
  const seconds = (performance.now() - from) / 1_000;
  const middle = memory.slice(memory.length >> 1);
  const line = {
    case: name,
    seconds: Number(seconds.toFixed(1)),
    ...(state && {
      megabytes: Number((state.bytes_total / 1e6).toFixed(1)),
      products: state.products_created + state.products_updated + state.products_unchanged,
      changed: state.products_created + state.products_updated,
      rejected: state.rows_rejected,
      products_per_second: Math.round(
        (state.products_created + state.products_updated + state.products_unchanged) / seconds,
      ),
    }),
    rss_mb: { start: memory[0], half_way: middle[0], end: memory.at(-1), peak: Math.max(...memory) },
  };
  console.log(JSON.stringify(line));
  return state;
}

/** Resident memory of this process's own workerd, from /proc. */
function workerdMegabytes() {
  const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isOurWorkerd(name));
  const kilobytes = children.map((pid) => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0));
  return Math.round(kilobytes.reduce((sum, it) => sum + it, 0) / 1_024);
}

function isOurWorkerd(pid) {
  const status = read(`/proc/${pid}/status`);
  return status.includes("Name:\tworkerd") && status.includes(`PPid:\t${process.pid}\n`);
}

/** Empty for a process that has just ended. */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
