import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** `npm run build:client`: the typed client as a package in `dist/client`, one module and its types, for Node, browsers and Workers. */
const root = fileURLToPath(new URL("..", import.meta.url));
const OUT = join(root, "dist/client");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

rmSync(OUT, { recursive: true, force: true });
run("scripts/generate-client.mjs");
run("node_modules/typescript/bin/tsc", "-p", "tsconfig.client.json");
const { metafile } = await build({
  entryPoints: [join(root, "src/client/connect.ts")],
  outfile: join(OUT, "connect.js"),
  bundle: true,
  format: "esm",
  target: "es2023",
  logLevel: "warning",
  metafile: true,
});
const manifest = {
  name: "@souk/client",
  version,
  type: "module",
  license: "UNLICENSED",
  sideEffects: false,
  exports: {
    ".": { types: "./connect.d.ts", default: "./connect.js" },
    "./types": { types: "./compiled/operations.d.ts" },
  },
};
writeFileSync(join(OUT, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
const [{ bytes }] = Object.values(metafile.outputs);
console.log(`dist/client is @souk/client ${version}, ${Math.round(bytes / 1000)} kB; install it from there.`);

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error(`${script} failed`);
}
