import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { kVoid, Miniflare, serializeConfig } from "miniflare";
import { serverOptions } from "../../../scripts/serve.mjs";

type Config = Parameters<typeof serializeConfig>[0];

/** Miniflare's own tools; each would cost a restart 20 to 30 ms. */
const NOT_NEEDED = /^(core:entry|MINIFLARE_DEV_CONTROL|r2:public|email:)/;
export const SCHEDULES = "schedules";
const EVENTS = "queues:queue:souk-events";
const LOSSY = "lossy-queue";

/**
 * Writes the configuration that `npm run serve` would run with into `file`, so that `workerd serve` can be started without
 * Miniflare. Its entry and its tools are left out; a socket `schedules` runs the cron handler instead, and a queue that can lose
 * messages stands in front of the queue.
 */
export async function recordConfig(of: Parameters<typeof serverOptions>[0], file: string): Promise<void> {
  const dump = `${file}.json`;
  process.env.MINIFLARE_WORKERD_CONFIG_DEBUG = dump;
  const miniflare = new Miniflare(serverOptions(of));
  await miniflare.ready;
  await miniflare.dispose();
  delete process.env.MINIFLARE_WORKERD_CONFIG_DEBUG;
  const config: Config = JSON.parse(readFileSync(dump, "utf8"), withBytes);
  rmSync(dump);
  writeFileSync(file, serializeConfig(trimmed(config)));
}

const isPlatform = (name: string | undefined): boolean => name === "core:user:souk";

/** Puts the lossy queue between the platform and its queue. */
function loseMessages(services: NonNullable<Config["services"]>): void {
  const platform = services.find(({ name }) => isPlatform(name));
  if (!platform || !("worker" in platform)) throw new Error("the configuration names no platform");
  for (const binding of platform.worker?.bindings ?? [])
    if ("queue" in binding && binding.queue?.name === EVENTS) binding.queue = { name: LOSSY };
}

function trimmed(config: Config): Config {
  const services = (config.services ?? []).filter(({ name = "" }) => !NOT_NEEDED.test(name));
  for (const service of services) {
    // JSON has no word for the void value that stands for "in memory".
    if ("worker" in service && service.worker?.durableObjectStorage && isEmpty(service.worker.durableObjectStorage))
      service.worker.durableObjectStorage = { inMemory: kVoid };
    if ("network" in service) service.network = { allow: ["public", "private"], deny: [] };
  }
  loseMessages(services);
  const sockets = (config.sockets ?? []).filter(({ name }) => name !== "entry");
  return {
    ...config,
    services: [...services, schedules, lossyQueue],
    sockets: [...sockets, { name: SCHEDULES, service: { name: SCHEDULES }, http: {} }],
  };
}

/** Miniflare keeps this behind its entry: `GET /?time=<milliseconds>` is one run of the cron handler. */
const schedules: NonNullable<Config["services"]>[number] = {
  name: SCHEDULES,
  worker: {
    compatibilityDate: "2026-01-01",
    compatibilityFlags: ["experimental", "service_binding_extra_handlers"],
    bindings: [{ name: "SOUK", service: { name: "core:user:souk" } }],
    modules: [
      {
        name: "schedules.js",
        esModule: `export default { async fetch(request, env) {
          const scheduledTime = new Date(Number(new URL(request.url).searchParams.get("time")));
          const { outcome } = await env.SOUK.scheduled({ scheduledTime, cron: "* * * * *" });
          return new Response(outcome, { status: outcome === "ok" ? 200 : 500 });
        } }`,
      },
    ],
  },
};

/** Asks the driver which messages of a batch get lost, and forwards the others. */
const lossyQueue: NonNullable<Config["services"]>[number] = {
  name: LOSSY,
  worker: {
    compatibilityDate: "2026-01-01",
    bindings: [
      { name: "QUEUE", service: { name: EVENTS } },
      { name: "DRIVER", service: { name: "loopback" } },
    ],
    modules: [
      {
        name: "lossy.js",
        esModule: `export default { async fetch(request, env) {
          if (!request.url.endsWith("/batch")) return env.QUEUE.fetch(request);
          const batch = await request.json();
          const lost = await (await env.DRIVER.fetch("http://driver/lost?of=" + batch.messages.length)).json();
          const messages = batch.messages.filter((_, i) => !lost[i]);
          return env.QUEUE.fetch(request.url, { method: "POST", headers: request.headers, body: JSON.stringify({ ...batch, messages }) });
        } }`,
      },
    ],
  },
};

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

function withBytes(key: string, value: unknown): unknown {
  const isBytes = key === "data" && typeof value === "object" && value !== null && !Array.isArray(value);
  return isBytes ? Uint8Array.from(Object.values(value)) : value;
}
