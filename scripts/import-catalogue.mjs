import { createReadStream, existsSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { callShopOrThrow } from "./call-shop.mjs";
import { readShops } from "./open-shop.mjs";

/** `npm run import -- products.csv`: brings a Shopify product export into a shop, here or anywhere, and reports what it did. */
const POLL_MS = 500;
/** How often in a row a status call may fail, while the server restarts: the import goes on where it was. */
const MISSED_POLLS_MAX = 60;
const BAR_WIDTH = 30;
const USAGE = "npm run import -- products.csv [--shop demo] [--url http://localhost:8787] [--key sk_live_...]";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    shop: { type: "string", default: "demo" },
    url: { type: "string", default: "http://localhost:8787" },
    key: { type: "string" },
    keys: { type: "string", default: ".souk/keys.json" },
  },
});

try {
  const [file] = positionals;
  if (!file || !existsSync(file)) throw new Error(file ? `There is no file ${file}.` : USAGE);
  const key = values.key ?? process.env.SOUK_KEY ?? readShops(values.keys)[values.shop]?.key;
  if (!key) throw new Error(`No staff key for the shop ${values.shop}: pass --key, or set SOUK_KEY.`);
  report(await importFile(values.url.replace("//localhost", `//${values.shop}.localhost`), key, file));
} catch (error) {
  console.error(
    error.code === "ECONNREFUSED" ? `Nothing answers on ${values.url}. Is \`npm start\` running?` : error.message,
  );
  process.exitCode = 1;
}

async function importFile(origin, key, file) {
  const headers = { "content-type": "text/csv", "content-length": statSync(file).size };
  let state = await callShopOrThrow(origin, "POST", "/api/v1/catalog/imports", {
    key,
    headers,
    body: createReadStream(file),
  });
  for (let missed = 0; state.status === "receiving" || state.status === "running"; ) {
    draw(state);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    try {
      state = await callShopOrThrow(origin, "GET", `/api/v1/catalog/imports/${state.id}`, { key });
      missed = 0;
    } catch (error) {
      if (++missed > MISSED_POLLS_MAX) throw error;
    }
  }
  draw(state);
  if (process.stderr.isTTY) process.stderr.write("\n");
  return state;
}

function draw({ bytes_read, bytes_total, rows }) {
  if (!process.stderr.isTTY) return;
  const share = bytes_total > 0 ? bytes_read / bytes_total : 0;
  const bar = "█".repeat(Math.round(share * BAR_WIDTH)).padEnd(BAR_WIDTH, "░");
  process.stderr.write(`\r${bar} ${Math.floor(share * 100)} %  ${rows} rows `);
}

function report(state) {
  const { products_created: created, products_updated: updated, products_unchanged: unchanged } = state;
  console.log(
    `${state.status}: ${created} products created, ${updated} updated, ${unchanged} unchanged; ${state.rows_rejected} rows rejected`,
  );
  for (const { line, column, detail } of state.errors)
    console.log(`  line ${line}${column ? `, ${column}` : ""}: ${detail}`);
  if (state.errors_total > state.errors.length) console.log(`  and ${state.errors_total - state.errors.length} more`);
  if (state.status === "failed" || state.rows_rejected > 0) process.exitCode = 1;
}
