import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A Worker beside Souk that brings orders straight to its journals: Miniflare's options for it, listening on `port`. */
export async function journalDriver(port) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("journal-worker.mjs", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  return {
    name: "journal-driver",
    compatibilityDate: "2026-10-23",
    compatibilityFlags: ["nodejs_compat"],
    modules: [{ type: "ESModule", path: "driver.js", contents: outputFiles[0].text }],
    durableObjects: { JOURNAL: { className: "OrderJournal", scriptName: "souk", useSQLite: true } },
    unsafeDirectSockets: [{ host: "127.0.0.1", port, entrypoint: "web" }],
  };
}
