import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

/**
 * `npm run bench:arms`: what choosing an arm costs, in workerd: 50 rules, none true, beside reading and checking an order's request.
 * One JSON line. What counts is the CPU time of the workerd process (Linux tells it, in steps of 10 ms), so that other work on the
 * machine adds little; each figure is the median of the rounds.
 */
const TIMES = 50_000;
const ROUNDS = 7;
const TICK_MS = 10;
const GOAL_MICROS = 20;

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("choose-arm-worker.mjs", import.meta.url))],
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
  external: ["node:*", "cloudflare:*"],
  conditions: ["workerd", "worker", "browser"],
});
const modules = { "worker.mjs": { type: "esm", contents: outputFiles[0].text } };
const config = { compatibilityDate: "2026-10-23", compatibilityFlags: ["nodejs_compat"] };
const miniflare = new Miniflare({
  cf: false,
  workers: [{ config: { name: "arms", ...config, manifest: { mainModule: "worker.mjs", modules } } }],
});

try {
  await once("decide", TIMES);
  await once("parse", TIMES);
  const [decide, parse] = [await median("decide"), await median("parse")];
  const line = { case: "choose-arm", rules: 50, decide_us: decide, parse_us: parse, of: "parse" };
  const ratio = Number((decide / parse).toFixed(2));
  console.log(JSON.stringify({ ...line, ratio, goal_us: GOAL_MICROS, met: decide <= GOAL_MICROS }));
} finally {
  await miniflare.dispose();
}

async function median(of) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await once(of, TIMES));
  const ms = rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
  return Number(((ms * 1_000) / TIMES).toFixed(2));
}

/** The CPU milliseconds that the work took. */
async function once(of, times) {
  const headers = {
    accept: "text/html,application/xhtml+xml",
    "accept-language": "zh-CN,zh;q=0.9,en;q=0.8",
    cookie: "lang=zh-CN; cart=cart_0001m7yy6y2rfvps44tgyvgmhag2; visitor=vis_01m7yy6y2rfvps44tgyvgmhag2",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
    "x-request-id": "bench-request-1",
  };
  const before = cpuOfChildren();
  const answer = await miniflare.dispatchFetch(`http://demo.localhost/?of=${of}&times=${times}`, { headers });
  const done = Number(await answer.text());
  const took = cpuOfChildren() - before;
  if (of === "decide" ? done < times * 0.99 : done < times) throw new Error(`${of} did not do its work: ${done}`);
  return took;
}

/** User and system time of the processes that this one started (proc(5): fields 4, 14 and 15 of `stat`). */
function cpuOfChildren() {
  const stats = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(statOf);
  const own = stats.filter((fields) => Number(fields[1]) === process.pid);
  return own.reduce((sum, fields) => sum + (Number(fields[11]) + Number(fields[12])) * TICK_MS, 0);
}

/** From the state on, behind the name in brackets; empty for a process that has just ended. */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return [];
  }
}
