import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { callShop } from "../scripts/call-shop.mjs";

const CONCURRENCY = 64;
const scripts = fileURLToPath(new URL("lua", import.meta.url));

export function requireWrk() {
  if (spawnSync("wrk", ["-v"]).error) throw new Error("The benchmarks need wrk: apt-get install wrk");
}

/** Makes one call and insists on its exact status, so that a fast error is never mistaken for speed. */
export async function probe({ url, method = "GET", key, status, probe: call = {} }) {
  const { origin, pathname } = new URL(url);
  const answer = await callShop(origin, method, pathname, { key, ...call });
  if (answer.status !== status)
    throw new Error(`${method} ${url} answered ${answer.status} instead of ${status}: ${answer.text.slice(0, 300)}`);
}

/** Loads one address for `seconds`: requests a second, latency percentiles in milliseconds, errors. */
export async function load({ url, method = "GET", key, script = "plain.lua", env = {} }, seconds) {
  const address = url.replace("//localhost", "//127.0.0.1");
  const args = ["-t1", `-c${CONCURRENCY}`, `-d${seconds}`, "--timeout", "10", "--latency", "-s", script, address];
  const { stdout } = await promisify(execFile)("wrk", args, {
    cwd: scripts,
    env: { ...process.env, BENCH_METHOD: method, ...(key && { BENCH_KEY: key }), ...env },
    timeout: (seconds + 30) * 1000,
  });
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
