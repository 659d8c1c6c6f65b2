import type { Ctx } from "../context.ts";
import { Memory } from "../memory.ts";
import { sharedCache } from "./shared-cache.ts";

type Waiting = Pick<Ctx, "env" | "waitUntil">;

/** One more than once loads what nobody has; the others look again after this time, this often, and then load themselves. */
const LOOK_AGAIN_MS = 5;
const LOOKS_MAX = 60;
/** Between isolates: how long one loads for all, and when the others look. */
const LEASE_MS = 1_000;
const SHARED_LOOKS_MS = [20, 40, 80, 160];
/** A reader that read the source before a change may write what it read after it: by then this time has passed. */
const SECOND_DELETE_MS = 100;
/** Longer than anything is kept. */
const STAMP_SECONDS = 86_400;
const PURGES_MAX = 20_000;

/** As the variable RELEASE names them. */
const RELEASES = ["stable", "canary"];

interface Settings {
  /** Part of the key in the shared cache. */
  name: string;
  freshMs: number;
  /** After `freshMs` a reader still gets what is there, for this long, while it is loaded anew behind. */
  staleMs: number;
  entriesMax: number;
  /** How long the shared cache keeps it; 0 keeps it in this isolate only. */
  sharedSeconds: number;
}

interface Entry<Value> {
  value: Value;
  at: number;
  /** When it was asked for, on this isolate's counter of purges. */
  tick: number;
  tags: readonly string[];
}

/** What a change makes wrong: keys of one `Kept`, or everything under a tag. */
export interface Wrong {
  kept: readonly { of: Pick<Kept<unknown>, "drop" | "isShared" | "sharedKeys">; keys: readonly string[] }[];
  tags: readonly string[];
}

let ticks = 0;
const purges = new Memory<number>(STAMP_SECONDS * 1000, PURGES_MAX);
const isPurged = (entry: Entry<unknown>): boolean => entry.tags.some((tag) => (purges.get(tag) ?? 0) > entry.tick);

/**
 * Reads through this isolate's memory and the shared cache to the source, and keeps what it finds, also that there was nothing.
 * Of many who want the same at once, one loads. Keys and tags start with the tenant; values survive JSON.
 */
export class Kept<Value> {
  private readonly memory: Memory<Entry<Value>>;
  private readonly loading = new Set<string>();

  constructor(private readonly settings: Settings) {
    this.memory = new Memory(settings.freshMs + settings.staleMs, settings.entriesMax);
  }

  async read(
    ctx: Waiting,
    key: string,
    {
      tags = [],
      load,
      isKept = () => true,
    }: { tags?: readonly string[]; load: () => Promise<Value>; isKept?: (value: Value) => boolean },
  ): Promise<Value> {
    const fetch = () => this.fetch(ctx, key, { tags, load, isKept });
    const entry = this.here(key);
    if (!entry) return this.loading.has(key) ? this.awaitOther(key, fetch) : fetch();
    const isStale = Date.now() - entry.at >= this.settings.freshMs;
    if (isStale && !this.loading.has(key)) ctx.waitUntil(fetch().catch(() => undefined));
    return entry.value;
  }

  /** Where the releases that run side by side keep it: a change is true for all of them. */
  sharedKeys = (key: string): string[] => RELEASES.map((release) => this.sharedKey(release, key));

  /** What one release's code has made of the source is nothing for another's. */
  private sharedKey = (release: string, key: string): string => `${release}:${this.settings.name}:${key}`;

  get isShared(): boolean {
    return this.settings.sharedSeconds > 0;
  }

  drop(key: string): void {
    this.memory.forget(key);
  }

  private here(key: string): Entry<Value> | undefined {
    const entry = this.memory.get(key);
    return entry && !isPurged(entry) ? entry : undefined;
  }

  /** Promises must not cross requests (the runtime ends such requests as hung), so a reader looks for what another one loads. */
  private async awaitOther(key: string, fetch: () => Promise<Value>): Promise<Value> {
    for (let looks = 0; looks < LOOKS_MAX && this.loading.has(key); looks++) {
      await pause(LOOK_AGAIN_MS);
      const entry = this.here(key);
      if (entry) return entry.value;
    }
    const entry = this.here(key);
    return entry ? entry.value : fetch();
  }

  private async fetch(ctx: Waiting, key: string, how: Required<Parameters<Kept<Value>["read"]>[2]>): Promise<Value> {
    this.loading.add(key);
    const tick = ++ticks;
    try {
      const value = this.isShared ? await this.fetchShared(ctx, key, how) : await how.load();
      if (how.isKept(value)) this.memory.set(key, { value, at: Date.now(), tick, tags: how.tags });
      return value;
    } finally {
      this.loading.delete(key);
    }
  }

  private async fetchShared(
    ctx: Waiting,
    key: string,
    { tags, load, isKept }: Required<Parameters<Kept<Value>["read"]>[2]>,
  ): Promise<Value> {
    const cache = sharedCache(ctx.env);
    const name = this.sharedKey(ctx.env.RELEASE, key);
    const look = async () => {
      const [text, ...stamps] = await cache.read([name, ...tags.map(stampOf)]);
      return { found: readEntry<Value>(text, stamps), stamps };
    };
    let { found, stamps } = await look();
    if (found) return found.value;
    if (!(await cache.lease(name, LEASE_MS)))
      for (const ms of SHARED_LOOKS_MS) {
        await pause(ms);
        ({ found, stamps } = await look());
        if (found) return found.value;
      }
    const value = await load();
    if (isKept(value))
      ctx.waitUntil(
        cache.write(name, JSON.stringify({ value, stamps: stamps.map((it) => it ?? "") }), this.settings.sharedSeconds),
      );
    return value;
  }
}

/** A change of what is kept: forgotten before it, after it, and once more when slow readers of the old are done. */
export async function changeKept<Answer>(ctx: Waiting, wrong: Wrong, change: () => Promise<Answer>): Promise<Answer> {
  await forgetKept(ctx, wrong);
  try {
    return await change();
  } finally {
    await forgetKept(ctx, wrong);
    ctx.waitUntil(pause(SECOND_DELETE_MS).then(() => forgetKept(ctx, wrong)));
  }
}

async function forgetKept(ctx: Waiting, { kept, tags }: Wrong): Promise<void> {
  for (const { of, keys } of kept) for (const key of keys) of.drop(key);
  for (const tag of tags) purges.set(tag, ++ticks);
  const cache = sharedCache(ctx.env);
  const names = kept.flatMap(({ of, keys }) => (of.isShared ? keys.flatMap(of.sharedKeys) : []));
  const stamp = crypto.randomUUID();
  await Promise.all([
    ...(names.length > 0 ? [cache.forget(names)] : []),
    ...tags.map((tag) => cache.write(stampOf(tag), stamp, STAMP_SECONDS)),
  ]);
}

const stampOf = (tag: string): string => `tag:${tag}`;

/** An entry counts only while its tags carry the stamps that they had before it was loaded. */
function readEntry<Value>(
  text: string | undefined,
  stamps: readonly (string | undefined)[],
): { value: Value } | undefined {
  if (text === undefined) return undefined;
  const entry: { value: Value; stamps: string[] } = JSON.parse(text);
  return stamps.every((stamp, i) => (stamp ?? "") === entry.stamps[i]) ? entry : undefined;
}

const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));
