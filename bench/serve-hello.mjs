import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

/** Serves the bare Worker on a direct socket, as scripts/serve.mjs serves Souk. */
export async function serveHello(port) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("hello-worker.mjs", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    workers: [
      {
        config: {
          name: "hello",
          compatibilityDate: "2026-10-23",
          manifest: { mainModule: "hello.js", modules: { "hello.js": { type: "esm", contents: outputFiles[0].text } } },
        },
        dev: { unsafeDirectSockets: [{ host: "127.0.0.1", port, entrypoint: "web" }] },
      },
    ],
  });
  await miniflare.ready;
  return { origin: `http://localhost:${port}`, close: () => miniflare.dispose() };
}
