import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { writeCanaryConfigs } from "./canary-config.mjs";
import { generateSecrets, readSecrets } from "./generate-secrets.mjs";
import { EVENT_LOST_AFTER_MS } from "./lost-events.mjs";

/**
 * `npm run serve`: the deployed bundle on plain workerd, without the development proxy: about ten times the throughput of
 * `npm start` on the same state. Benchmarks and crash tests start it as a module.
 */
const CRON_MS = 60_000;
const root = fileURLToPath(new URL("..", import.meta.url));
const CONFIG = join(root, "wrangler.toml");
const WRANGLER = join(root, "node_modules/wrangler/bin/wrangler.js");
// Also quiets wrangler inside this process, which reads the configuration here.
Object.assign(process.env, { WRANGLER_LOG: "error", WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true" });

/** Builds the bundle as a deployment would. */
export function buildBundle(outdir = join(root, "dist"), flags = []) {
  runWrangler(["deploy", "--dry-run", "--outdir", outdir, ...flags]);
  return outdir;
}

/** Brings the state folder's D1 up to the migrations, and makes the secrets of this machine unless they are there. */
export function prepareState(state) {
  generateSecrets();
  runWrangler(["d1", "migrations", "apply", "souk", "--local", "--persist-to", state]);
  return readSecrets();
}

/**
 * wrangler.toml and the bundle as Miniflare's options: the app listens on `port`, Miniflare's own routes on another. `canary` is
 * the bundle of a canary Worker beside it, `beside` are Miniflare's options of others; `vars` stand before those of wrangler.toml.
 */
export function serverOptions({ port, state, bundle, canary, beside = [], vars = {} }) {
  const front = { vars, unsafeDirectSockets: [{ host: "127.0.0.1", port, entrypoint: "web" }] };
  const workers = () => {
    if (canary === undefined) return [workerOf(CONFIG, "souk", bundle, front)];
    const configs = writeCanaryConfigs();
    return [workerOf(configs.stable, "souk", bundle, front), workerOf(configs.canary, "souk-canary", canary)];
  };
  return convertV4MiniflareOptions({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    resourcePersistencePath: join(resolve(state), "v3"),
    workers: [...workers(), ...beside],
  });
}

function workerOf(config, name, bundle, { vars = {}, ...more } = {}) {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(config);
  // Miniflare refuses rules beside modules that are named one by one.
  delete workerOptions.modulesRules;
  const bindings = { ...workerOptions.bindings, ...vars };
  const modules = bundledModules(bundle);
  return { ...workerOptions, name, bindings, rootPath: undefined, modulesRoot: bundle, modules, ...more };
}

/** Starts one server and answers when it listens. `state` is the folder that `npm start` calls `--persist-to`. */
export async function startServer({
  port = 8787,
  state = join(root, ".wrangler/state"),
  bundle = buildBundle(),
  canary,
  beside,
} = {}) {
  const secrets = prepareState(state);
  const options = serverOptions({ port, state, bundle, canary, beside });
  const startedAt = performance.now();
  const miniflare = new Miniflare(options);
  await miniflare.ready;
  const startMs = performance.now() - startedAt;
  const runSchedules = async (scheduledTime = new Date()) =>
    (await miniflare.getWorker("souk")).scheduled({ cron: "* * * * *", scheduledTime });
  const timer = setInterval(
    () => runSchedules().catch((error) => console.error(`Schedules did not run: ${error.message}`)),
    CRON_MS,
  );
  return {
    origin: `http://localhost:${port}`,
    operatorKey: secrets.OPERATOR_KEY,
    startMs,
    runSchedules,
    close: async () => {
      clearInterval(timer);
      await miniflare.dispose();
    },
  };
}

/** The main module first, as workerd wants it. */
function bundledModules(bundle) {
  const files = readdirSync(bundle).filter((name) => /\.(js|mjs|wasm)$/.test(name));
  files.sort((a, b) => Number(b === "worker.js") - Number(a === "worker.js"));
  return files.map((name) => ({
    type: name.endsWith(".wasm") ? "CompiledWasm" : "ESModule",
    path: join(bundle, name),
    contents: readFileSync(join(bundle, name)),
  }));
}

function runWrangler(args) {
  const env = { ...process.env, CI: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [WRANGLER, ...args], {
    cwd: root,
    encoding: "utf8",
    env,
  });
  if (status !== 0) throw new Error(`wrangler ${args.slice(0, 3).join(" ")} failed:\n${stdout}${stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { port: { type: "string", default: "8787" }, state: { type: "string" } } });
  const server = await startServer({ port: Number(values.port), state: values.state });
  console.log(
    `Souk serves on ${server.origin}. Shops are those of the state folder; \`npm start\` makes two. Ctrl-C stops it.`,
  );
  await server.runSchedules(new Date(Date.now() + EVENT_LOST_AFTER_MS));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => server.close().then(() => process.exit(0)));
}
