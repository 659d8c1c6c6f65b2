import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { callShop, callShopOrThrow } from "./call-shop.mjs";
import { writeCanaryConfigs } from "./canary-config.mjs";
import { fillShop, nameShop } from "./fill-shop.mjs";
import { generateSecrets, readSecrets } from "./generate-secrets.mjs";
import { inviteOwner, ownerOf } from "./invite-owner.mjs";
import { EVENT_LOST_AFTER_MS } from "./lost-events.mjs";
import { openSales } from "./open-sales.mjs";
import { openShop, readShops, rememberShop } from "./open-shop.mjs";
import { mailReader } from "./show-mails.mjs";
import { welcome } from "./welcome.mjs";

/**
 * `npm start`: the whole platform on this machine, with two filled shops, until Ctrl-C. Flags go on to `wrangler dev`, but for
 * `--canary` (`npm run canary`), which runs the canary Worker beside it, and `--canary-from <folder>` with the canary's code.
 */
const READY_MS = 90_000;
const CRON_MS = 60_000;
const STOP_MS = 5_000;
const SHOPS = [
  { id: "demo", currency: "CNY", locale: "en", file: "demo/catalog.ts", sales: "demo/sales.ts" },
  {
    id: "acme",
    currency: "USD",
    locale: "en",
    theme: { accent: "#2f5d62", accent_dark: "#8fc1c6" },
    file: "demo/acme.ts",
  },
];
const CANARY_CODE = "--canary-from";
const root = fileURLToPath(new URL("..", import.meta.url));
const WRANGLER = join(root, "node_modules/wrangler/bin/wrangler.js");
process.chdir(root);
Object.assign(process.env, {
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
});

const given = process.argv.slice(2).filter((flag, i, all) => !/^--canary/.test(flag) && all[i - 1] !== CANARY_CODE);
const { values } = parseArgs({
  args: process.argv.slice(2),
  strict: false,
  options: {
    port: { type: "string", default: "8787" },
    "local-protocol": { type: "string", default: "http" },
    "persist-to": { type: "string" },
    canary: { type: "boolean", default: false },
    "canary-from": { type: "string" },
  },
});
const state = values["persist-to"];
const keysFile = state ? join(state, "keys.json") : ".souk/keys.json";
const origin = `${values["local-protocol"]}://localhost:${values.port}`;

let worker;
let isStopping = false;
let isOpen = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(0, signal));

try {
  await refuseTakenPort(Number(values.port));
  generateSecrets();
  runQuietly("node", [join(root, "scripts/build-assets.mjs")]);
  runQuietly("wrangler", [
    WRANGLER,
    "d1",
    "migrations",
    "apply",
    "souk",
    "--local",
    ...(state ? ["--persist-to", state] : []),
  ]);
  worker = spawn(
    process.execPath,
    [
      ...[WRANGLER, "dev", ...configs(), "--show-interactive-dev-session=false", "--log-level", "error"],
      // A receiver under development listens on this machine.
      ...["--var", "WEBHOOKS_TO_LOOPBACK:on"],
      // Mail is read in the studio's outbox, and its links lead here.
      ...["--var", "MAIL_PROVIDER:console", "--var", `PLATFORM_ORIGIN:${origin}`, ...given],
    ],
    {
      stdio: ["ignore", "inherit", "pipe"],
      env: { ...process.env, SOUK_KEEPS_LAST_BUILD: "1" },
      // A process group of its own, so that nothing of it outlives this process, however it ends.
      detached: true,
    },
  );
  const readMails = mailReader(
    (text) => process.stderr.write(text),
    () => isOpen,
  );
  worker.stderr.setEncoding("utf8").on("data", readMails);
  worker.on(
    "exit",
    (code) => isStopping || fail(`wrangler dev ended by itself (code ${code}). What it said stands above.`, code || 1),
  );
  await waitUntilReady();
  const opened = await openShops();
  const testKey = await testKeyOf(opened[0]);
  welcome({ origin, keysFile, opened, testKey, stockWatch: await linkStockWatch(opened[0].key) });
  isOpen = true;
  for (const { id } of opened) rememberShop(keysFile, id, { shown: true });
  driveSchedules();
} catch (error) {
  if (!isStopping) fail(error.message, 1);
}

/** One process runs both Workers; the first configuration gets the port. */
function configs() {
  if (!values.canary && values["canary-from"] === undefined) return [];
  const { stable, canary } = writeCanaryConfigs(values["canary-from"]);
  return ["-c", stable, "-c", canary];
}

/** What runs out on this port would otherwise be found by wrangler only after the whole build. */
async function refuseTakenPort(port) {
  const probe = createServer();
  await new Promise((resolve, reject) => {
    probe.once("error", (error) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Error(`Port ${port} is taken. Stop what runs there or choose another: npm start -- --port ${port + 1}`)
          : error,
      ),
    );
    probe.listen(port, "127.0.0.1", resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

function runQuietly(name, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...process.env, CI: "1" },
  });
  if (status !== 0) throw new Error(`${name} failed:\n${stdout}${stderr}`);
}

async function waitUntilReady() {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline && !isStopping) {
    const status = await callShop(origin, "GET", "/api/v1/health").then(
      (answer) => answer.status,
      () => 0,
    );
    if (status > 0 && status < 500) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`The platform did not answer within ${READY_MS / 1000} s.`);
}

async function openShops() {
  const opened = [];
  for (const { file, sales, ...facts } of SHOPS) {
    const catalogue = await import(join(root, file));
    const shop = { ...facts, name: catalogue.shop.name.en };
    const key = await openShop(origin, readSecrets().OPERATOR_KEY, keysFile, shop);
    const address = origin.replace("localhost", `${shop.id}.localhost`);
    await nameShop(address, key, catalogue.shop);
    let products = 0;
    if (readShops(keysFile)[shop.id].filled !== catalogue.products.length) {
      products = await fillShop(address, key, shop.currency, catalogue);
      rememberShop(keysFile, shop.id, { filled: catalogue.products.length });
    }
    const wanted = sales ? (await import(join(root, sales))).sales : [];
    const on = await openSales(address, key, shop.currency, wanted);
    // The demo shop answers on the platform's own name, and a session counts on the name where it began.
    const owner = await inviteOwner(shop.id === "demo" ? origin : address, key, ownerOf(shop.id));
    opened.push({ id: shop.id, key, owner, products, sales: on, isNew: !readShops(keysFile)[shop.id].shown });
  }
  return opened;
}

/** A key that reads and changes nothing, for whoever tries the API from its docs page. */
async function testKeyOf({ id, key }) {
  const known = readShops(keysFile)[id].testKey;
  if (known) return known;
  const body = { name: "Docs", mode: "test", scopes: ["*"] };
  const { key: testKey } = await callShopOrThrow(origin, "POST", "/api/v1/api-keys", { key, body });
  rememberShop(keysFile, id, { testKey });
  return testKey;
}

/** The monitor's page opens by a link that staff makes. */
async function linkStockWatch(key) {
  const { url } = await callShopOrThrow(origin, "POST", "/api/v1/consistency/links", { key, body: {} });
  return url;
}

/** Locally no cron ever fires by itself; the first run also sends again what the queue lost with the last process. */
function driveSchedules() {
  const fire = (time = Date.now()) =>
    callShop(origin, "GET", `/cdn-cgi/local/scheduled?cron=*+*+*+*+*&time=${time}`).catch((error) =>
      console.error(`Schedules did not run: ${error.message}`),
    );
  void fire(Date.now() + EVENT_LOST_AFTER_MS);
  setInterval(() => fire(), CRON_MS);
}

function fail(message, code) {
  console.error(`\n${message}\n`);
  stop(code, "SIGTERM");
}

function stop(code, signal) {
  if (isStopping) return;
  isStopping = true;
  const end = () => {
    signalGroup("SIGKILL");
    process.exit(code);
  };
  if (!worker || worker.exitCode !== null || worker.signalCode !== null) return end();
  worker.once("exit", end);
  setTimeout(end, STOP_MS);
  signalGroup(signal);
}

function signalGroup(signal) {
  try {
    if (worker) process.kill(-worker.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
