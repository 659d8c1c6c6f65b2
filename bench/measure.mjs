import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { callShop } from "../scripts/call-shop.mjs";

const CONCURRENCY = 64;
/** Resting: at most two ticks in each of six looks. A rush is written out in steps with pauses of a second. */
const LOOK_MS = 250;
const QUIET_LOOKS = 6;
const IDLE_TICKS = 2;
const IDLE_MS_MAX = 60_000;
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

/**
 * Waits until the runtimes that this process started rest, so that what one load left to be done does not slow the next one.
 * Answers the milliseconds until then; after a minute it gives up.
 */
export async function untilIdle() {
  const from = performance.now();
  let used = cpuTicks();
  for (let quiet = 0; quiet < QUIET_LOOKS && performance.now() - from < IDLE_MS_MAX; ) {
    await new Promise((resume) => setTimeout(resume, LOOK_MS));
    const now = cpuTicks();
    quiet = now - used <= IDLE_TICKS ? quiet + 1 : 0;
    used = now;
  }
  return Math.max(0, performance.now() - from - QUIET_LOOKS * LOOK_MS);
}

/** Ticks (10 ms each) of processor time of all workerd processes that this one started: proc(5), fields 14 and 15 of stat. */
function cpuTicks() {
  const { stdout } = spawnSync("pgrep", ["-P", String(process.pid), "workerd"], { encoding: "utf8" });
  const pids = stdout.split("\n").filter(Boolean);
  const fields = pids.map((pid) => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" "));
  return fields.reduce((sum, it) => sum + Number(it[11]) + Number(it[12]), 0);
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
