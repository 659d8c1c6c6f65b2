import { writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { experimental_readRawConfig } from "wrangler";

/**
 * The canary Worker is the second deployment of this code, or of the code in another folder. Both configurations are made from
 * wrangler.toml, so that a binding is written once: the canary owns no object, cron or queue, it borrows them; the stable Worker
 * gets the service binding that reaches it. They lie beside wrangler.toml, where relative paths and .dev.vars mean the same.
 */
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const STABLE = "wrangler.with-canary.json";
const CANARY = "wrangler.canary.json";

export function writeCanaryConfigs(codeFolder = ROOT) {
  const { rawConfig } = experimental_readRawConfig({ config: join(ROOT, "wrangler.toml") });
  const paths = { stable: join(ROOT, STABLE), canary: join(ROOT, CANARY) };
  const write = (path, config) => writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`);
  write(paths.stable, withCanary(rawConfig));
  write(paths.canary, asCanary(rawConfig, relative(ROOT, resolve(codeFolder))));
  return paths;
}

/** The stable Worker, which asks the canary one. */
export const withCanary = (config) => ({
  ...config,
  services: [...(config.services ?? []), { binding: "CANARY", service: canaryName(config) }],
});

/** The canary Worker; `folder` is where its code lies, seen from the configuration. */
export function asCanary({ exports: _classes, triggers: _crons, build, queues, ...config }, folder = "") {
  const within = (path) => join(folder, path);
  return {
    ...config,
    name: canaryName(config),
    main: within(config.main),
    assets: { ...config.assets, directory: within(config.assets.directory) },
    // Only the stable Worker reaches it.
    workers_dev: false,
    preview_urls: false,
    routes: [],
    vars: { ...config.vars, RELEASE: "canary" },
    queues: { producers: queues.producers },
    durable_objects: { bindings: config.durable_objects.bindings.map((it) => ({ ...it, script_name: config.name })) },
    // Code elsewhere builds its own assets; this folder's are built with the stable Worker.
    ...(folder !== "" && { build: { ...build, cwd: folder, watch_dir: undefined } }),
  };
}

const canaryName = ({ name }) => `${name}-canary`;

if (process.argv[1] === fileURLToPath(import.meta.url)) writeCanaryConfigs(process.argv[2]);
