import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { kVoid, Miniflare, serializeConfig } from "miniflare";
import { serverOptions } from "../../../scripts/serve.mjs";

type Config = Parameters<typeof serializeConfig>[0];

/** Miniflare's own tools; each would cost a restart 20 to 30 ms. */
const NOT_NEEDED = /^(core:entry|MINIFLARE_DEV_CONTROL|r2:public|email:)/;
export const SCHEDULES = "schedules";

/**
 * Writes the configuration that `npm run serve` would run with into `file`, so that `workerd serve` can be started without
 * Miniflare. Its entry and its tools are left out; a socket `schedules` runs the cron handler instead.
 */
export async function recordConfig(of: { port: number; state: string; bundle: string }, file: string): Promise<void> {
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

function trimmed(config: Config): Config {
  const services = (config.services ?? []).filter(({ name = "" }) => !NOT_NEEDED.test(name));
  for (const service of services) {
    // JSON has no word for the void value that stands for "in memory".
    if ("worker" in service && service.worker?.durableObjectStorage && isEmpty(service.worker.durableObjectStorage))
      service.worker.durableObjectStorage = { inMemory: kVoid };
    if ("network" in service) service.network = { allow: ["public", "private"], deny: [] };
  }
  const sockets = (config.sockets ?? []).filter(({ name }) => name !== "entry");
  return {
    ...config,
    services: [...services, schedules],
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

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

function withBytes(key: string, value: unknown): unknown {
  const isBytes = key === "data" && typeof value === "object" && value !== null && !Array.isArray(value);
  return isBytes ? Uint8Array.from(Object.values(value)) : value;
}
