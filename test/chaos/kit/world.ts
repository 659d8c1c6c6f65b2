import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { freePort } from "../../../scripts/free-port.mjs";
import { buildBundle, prepareState } from "../../../scripts/serve.mjs";
import { recordConfig, SCHEDULES } from "./record-config.ts";

const START_MS = 110_000;
/** The binary itself, as Miniflare finds it: a kill must not hit a script in front of it. */
const workerd: string = createRequire(createRequire(import.meta.url).resolve("miniflare"))("workerd").default;
const folder = mkdtempSync(join(tmpdir(), "souk-chaos-"));
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** What every world is made of: the production bundle and a state folder with an empty, migrated D1. Built once a run. */
export interface Mould {
  bundle: string;
  state: string;
  operatorKey: string;
  /** Stand before those of wrangler.toml. */
  vars?: Record<string, string>;
}

/** The same with a readable bundle that differs in one place; refuses when the place is not there once. */
export function changedMould(mould: Mould, name: string, from: RegExp, to: string): Mould {
  const bundle = buildBundle(join(folder, `dist-${name}`), ["--no-minify"]);
  const file = join(bundle, "worker.js");
  const source = readFileSync(file, "utf8");
  if (source.match(new RegExp(from, "g"))?.length !== 1) throw new Error(`${from} is not in the bundle once`);
  writeFileSync(file, source.replace(from, to));
  return { ...mould, bundle };
}

export function buildMould(): Mould {
  const state = join(folder, "mould");
  return { bundle: buildBundle(join(folder, "dist")), state, operatorKey: prepareState(state).OPERATOR_KEY };
}

interface Own {
  port: number;
  cron: number;
  config: string;
  loopback: Server;
  loopbackPort: number;
}

/**
 * A platform of its own on 127.0.0.1: the production bundle on plain `workerd serve`, its state on disk. Miniflare writes the
 * configuration once and is gone after that, so nothing but this class starts, watches or restarts the process.
 */
export class World {
  readonly origin: string;
  /** The folder that holds objects and D1 as SQLite files. */
  readonly state: string;
  readonly name: string;
  readonly operatorKey: string;
  /** Decides for each message on its way to the queue whether it gets lost. */
  isMessageLost: () => boolean = () => false;
  messagesLost = 0;
  private readonly own: Own;
  private child: ChildProcess | undefined;

  private constructor(name: string, own: Own, operatorKey: string) {
    this.name = name;
    this.own = own;
    this.operatorKey = operatorKey;
    this.origin = `http://127.0.0.1:${own.port}`;
    this.state = join(folder, name, "state", "v3");
  }

  static async open(name: string, mould: Mould): Promise<World> {
    let world: World | undefined;
    const place = join(folder, name);
    const state = join(place, "state");
    cpSync(mould.state, state, { recursive: true });
    const port = await freePort();
    const config = join(place, "config.bin");
    await recordConfig({ port, state, bundle: mould.bundle, vars: mould.vars }, config);
    const loopback = createServer((request, response) => response.end(world?.answerFor(request.url ?? "/")));
    const own = { port, cron: await freePort(), config, loopback, loopbackPort: await listen(loopback) };
    world = new World(name, own, mould.operatorKey);
    await world.start();
    return world;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts the process on the state that is there; resolves when it listens. */
  async start(): Promise<void> {
    const { config, cron, loopbackPort } = this.own;
    const log = openSync(this.logFile, "a");
    const args = ["serve", "--binary", "--experimental", `--socket-addr=${SCHEDULES}=127.0.0.1:${cron}`];
    args.push(`--external-addr=loopback=127.0.0.1:${loopbackPort}`, "--control-fd=3", config);
    const child = spawn(workerd, args, { stdio: ["ignore", log, log, "pipe"], env: { ...process.env, TZ: "UTC" } });
    closeSync(log);
    running.add(child);
    child.once("exit", () => running.delete(child));
    this.child = child;
    await listening(child).catch((error) => {
      throw new Error(`${error.message}\n${this.logTail()}`);
    });
  }

  /** `kill -9`, by the process's own id; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  /** What cron would do; `at` is the time that it believes it is. */
  async runSchedules(at = Date.now()): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${this.own.cron}/?time=${at}`);
    if (!answer.ok) throw new Error(`the schedules answered ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
  }

  async close(): Promise<void> {
    await this.kill();
    await new Promise((resolve) => this.own.loopback.close(resolve));
  }

  /** The last things that the process said, for reports. */
  logTail(lines = 15): string {
    return readFileSync(this.logFile, "utf8").split("\n").slice(-lines).join("\n");
  }

  private answerFor(path: string): string {
    const count = Number(/^\/lost\?of=(\d+)$/.exec(path)?.[1] ?? 0);
    const lost = Array.from({ length: count }, () => this.isMessageLost());
    this.messagesLost += lost.filter(Boolean).length;
    return JSON.stringify(lost);
  }

  private get logFile(): string {
    return join(folder, this.name, "workerd.log");
  }
}

/** Answers the port that it was given. */
async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the driver listens nowhere");
  return address.port;
}

/** workerd names every socket that it listens on, one JSON line each. */
async function listening(child: ChildProcess): Promise<void> {
  const timer = setTimeout(() => child.kill("SIGKILL"), START_MS);
  const control = child.stdio[3] as Readable;
  const open = new Set<string>();
  for await (const line of createInterface(control)) {
    const { event, socket } = JSON.parse(line);
    if (event === "listen") open.add(socket);
    if (open.size >= 2) {
      clearTimeout(timer);
      control.resume();
      return;
    }
  }
  throw new Error(`workerd ended before it listened (${child.exitCode ?? child.signalCode})`);
}
