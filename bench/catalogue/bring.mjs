import { Readable } from "node:stream";
import { callShopOrThrow } from "../../scripts/call-shop.mjs";

const POLL_MS = 250;

/** Imports a file and answers the import's last state; `text` is a string or pieces of one, `watch` hears every state. */
export async function bringCatalogue(origin, key, text, watch = () => undefined) {
  const bytes = typeof text === "string" ? Buffer.byteLength(text) : lengthOf(text());
  const body = typeof text === "string" ? text : Readable.from(text(), { objectMode: false });
  const headers = { "content-type": "text/csv", "content-length": bytes };
  let state = await callShopOrThrow(origin, "POST", "/api/v1/catalog/imports", { key, headers, body });
  while (state.status === "receiving" || state.status === "running") {
    watch(state);
    await pause();
    state = await callShopOrThrow(origin, "GET", `/api/v1/catalog/imports/${state.id}`, { key });
  }
  if (state.status !== "done") throw new Error(`The import ended as ${state.status}: ${JSON.stringify(state.errors)}`);
  return state;
}

/** Waits until search knows of `products` products and of nothing that changed. */
export async function indexed(origin, key, products, watch = () => undefined) {
  for (;;) {
    const state = await callShopOrThrow(origin, "GET", "/api/v1/search/rebuild", { key });
    if (state.waiting === 0 && state.products === products && state.rebuild?.status === "done") return;
    watch(state);
    await pause();
  }
}

function lengthOf(pieces) {
  let bytes = 0;
  for (const piece of pieces) bytes += Buffer.byteLength(piece);
  return bytes;
}

function pause() {
  return new Promise((resume) => setTimeout(resume, POLL_MS));
}
