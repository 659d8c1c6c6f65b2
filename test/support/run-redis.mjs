import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../scripts/free-port.mjs";
import { startRedisBridge } from "./redis-bridge.mjs";

const TOKEN = "test-token";
const START_TRIES = 2_000;

/** Vitest's global set-up: a real redis-server behind the bridge for the tests that ask for it; none where it is not installed. */
export default async function runRedis({ provide }) {
  if (spawnSync("redis-server", ["--version"]).status !== 0) {
    console.log("redis-server is not installed: the tests of the Upstash adapter are skipped.");
    provide("redis", null);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "souk-redis-"));
  const port = await freePort();
  const server = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder], {
    stdio: "ignore",
  });
  const bridge = await untilUp(() => startRedisBridge({ redisUrl: `redis://127.0.0.1:${port}`, token: TOKEN }));
  provide("redis", { url: bridge.url, token: TOKEN });
  return async () => {
    await bridge.close();
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function untilUp(connect) {
  for (let attempt = 1; ; attempt++)
    try {
      return await connect();
    } catch (error) {
      if (attempt === START_TRIES) throw error;
      await new Promise((resume) => setTimeout(resume, 50));
    }
}
