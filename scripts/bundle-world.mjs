import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const world = (name) => join(root, "test/proofs/world", name);

/** Bundles a program of the simulated world for Node: the product's own code, with the platform's modules replaced. */
export async function bundleWorld(entry, outfile) {
  await build({
    entryPoints: [world(entry)],
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    alias: { "cloudflare:workers": world("cloudflare-workers.ts"), "typeid-js": world("typeid.ts") },
    loader: { ".css": "text", ".svg": "text", ".txt": "text" },
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    logLevel: "error",
    sourcemap: "inline",
  });
}
