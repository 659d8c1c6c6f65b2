import type { MiniflareOptions } from "miniflare";

export interface Server {
  /** `http://localhost:8787`; shops answer below it as `http://<shop>.localhost:8787`. */
  origin: string;
  operatorKey: string;
  /** How long workerd took to listen. */
  startMs: number;
  /** `scheduledTime` is the time that the schedules believe it is. */
  runSchedules(scheduledTime?: Date): Promise<unknown>;
  close(): Promise<void>;
}

/** Builds the bundle as a deployment would; `flags` go to `wrangler deploy`. Answers its folder. */
export function buildBundle(outdir?: string, flags?: string[]): string;
export function prepareState(state: string): { SOUK_SECRET: string; OPERATOR_KEY: string };
export function serverOptions(of: {
  port: number;
  state: string;
  bundle: string;
  /** The bundle of a canary Worker beside it. */
  canary?: string;
  /** Miniflare's options of Workers beside it. */
  beside?: object[];
  /** Stand before those of wrangler.toml. */
  vars?: Record<string, string>;
}): MiniflareOptions;
export function startServer(options?: {
  port?: number;
  state?: string;
  bundle?: string;
  canary?: string;
  beside?: object[];
}): Promise<Server>;
