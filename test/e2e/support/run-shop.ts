import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callShopOrThrow } from "../../../scripts/call-shop.mjs";
import { freePort } from "../../../scripts/free-port.mjs";

const READY_MS = 110_000;
const READY = "Ctrl-C stops everything";

export interface RunningShop {
  origin: string;
  /** The demo shop's staff key. */
  key: string;
  /** Sets the units on hand of a SKU. */
  setStock: (sku: string, onHand: number) => Promise<unknown>;
  setPrice: (handle: string, amount: number) => Promise<unknown>;
  /** Any other call with the shop's staff key. */
  call: (method: string, path: string, body?: object) => ReturnType<typeof callShopOrThrow>;
  close: () => Promise<void>;
}

/** `npm start` on a free port with a state folder of its own: what a person sees, demo catalogue and all. */
export async function runShop(): Promise<RunningShop> {
  const state = mkdtempSync(join(tmpdir(), "souk-e2e-"));
  const port = String(await freePort());
  const flags = ["--port", port, "--inspector-port", "0", "--persist-to", state];
  const server = spawn(process.execPath, ["scripts/start.mjs", ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`npm start was not ready in time:\n${said}`)), READY_MS);
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes(READY)) return;
      clearTimeout(timer);
      resolve();
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.once("exit", (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });
  const origin = `http://localhost:${port}`;
  const key = await readKey(join(state, "keys.json"));
  return {
    origin,
    key,
    setStock: (sku, onHand) =>
      callShopOrThrow(origin, "PUT", `/api/v1/stock/${encodeURIComponent(sku)}`, { key, body: { on_hand: onHand } }),
    call: (method, path, body) => callShopOrThrow(origin, method, `/api/v1${path}`, { key, body }),
    setPrice: (handle, amount) => changePrice(origin, key, handle, amount),
    close: async () => {
      server.kill("SIGTERM");
      await ended;
      rmSync(state, { recursive: true, force: true });
    },
  };
}

/** The file is written once more after the welcome, so it may be half there. */
async function readKey(file: string): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return JSON.parse(readFileSync(file, "utf8")).demo.key;
    } catch (error) {
      if (tries === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function changePrice(origin: string, key: string, handle: string, amount: number): Promise<unknown> {
  const path = `/api/v1/products/${handle}`;
  const { variants } = await callShopOrThrow(origin, "GET", path);
  const changed = variants.map((it: { price: object; [field: string]: unknown }) => ({
    sku: it.sku,
    options: it.options,
    image: it.image,
    price: { amount, currency: "CNY" },
  }));
  return callShopOrThrow(origin, "PATCH", path, { key, body: { variants: changed } });
}
