import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { edgeCache } from "../../../src/platform/cache/edge-cache.ts";
import { changeKept, Kept } from "../../../src/platform/cache/kept.ts";
import { upstashCache } from "../../../src/platform/cache/upstash-cache.ts";
import { newId } from "../../../src/platform/ids.ts";
import { waitWithoutEnd } from "../../support/patient.ts";

beforeAll(waitWithoutEnd);
afterAll(() => void vi.restoreAllMocks());

const redis = inject("redis");
const adapters = [
  { name: "data centre cache", open: () => edgeCache(), own: {}, isAtomic: false },
  ...(redis
    ? [
        {
          name: "Upstash Redis",
          open: () => upstashCache(redis),
          own: { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
          isAtomic: true,
        },
      ]
    : []),
];

describe.each(adapters)("shared cache: $name", ({ open, isAtomic }) => {
  const cache = open();

  it("answers what was written, in the order of the keys, and nothing for others", async () => {
    const key = newId("key");
    await cache.write(key, '{"words":"茶壶 \\"pot\\""}', 60);
    expect(await cache.read([`${key}x`, key])).toEqual([undefined, '{"words":"茶壶 \\"pot\\""}']);
  });

  it("forgets", async () => {
    const keys = [newId("key"), newId("key")];
    for (const key of keys) await cache.write(key, "text", 60);
    await cache.forget(keys);
    expect(await cache.read(keys)).toEqual([undefined, undefined]);
  });

  it.runIf(isAtomic)("gives a lease to one of fifty", async () => {
    const key = newId("key");
    const answers = await Promise.all(Array.from({ length: 50 }, () => cache.lease(key, 5_000)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });
});

/** Two isolates: their memories are apart, the shared cache and the source are one. */
function twoIsolates(own: (typeof adapters)[number]["own"]) {
  const work: Promise<unknown>[] = [];
  const ctx = { env: { ...env, ...own }, waitUntil: (it: Promise<unknown>) => void work.push(it) };
  const name = newId("key");
  const open = () =>
    new Kept<{ title: string } | null>({ name, freshMs: 60_000, staleMs: 0, entriesMax: 10, sharedSeconds: 60 });
  const settle = async () => {
    for (let it = work.shift(); it; it = work.shift()) await it;
  };
  return { ctx, here: open(), there: open(), settle };
}

describe.each(adapters)("read through $name", ({ own }) => {
  it("loads once for both, also that there is nothing", async () => {
    const { ctx, here, there, settle } = twoIsolates(own);
    let loads = 0;
    const load = async () => {
      loads++;
      return null;
    };
    expect(await here.read(ctx, "a", { load })).toBeNull();
    await settle();
    expect(await there.read(ctx, "a", { load })).toBeNull();
    expect(loads).toBe(1);
  });

  it("shows a change everywhere, by key and by tag", async () => {
    const { ctx, here, there, settle } = twoIsolates(own);
    let title = "old";
    const load = async () => ({ title });
    const tags = [newId("tag")];
    await here.read(ctx, "a", { load });
    await here.read(ctx, "b", { load, tags });
    await settle();
    await changeKept(ctx, { kept: [{ of: here, keys: ["a"] }], tags }, async () => {
      title = "new";
    });
    for (const isolate of [here, there]) {
      expect(await isolate.read(ctx, "a", { load })).toEqual({ title: "new" });
      expect(await isolate.read(ctx, "b", { load, tags })).toEqual({ title: "new" });
    }
    await settle();
  });

  it("does not keep what a slow reader read before a change and wrote after it", async () => {
    const { ctx, here, there, settle } = twoIsolates(own);
    const { promise: answered, resolve: answerOld } = Promise.withResolvers<{ title: string }>();
    const slow = there.read(ctx, "a", { load: () => answered });
    await changeKept(ctx, { kept: [{ of: here, keys: ["a"] }], tags: [] }, async () => undefined);
    answerOld({ title: "old" });
    expect(await slow).toEqual({ title: "old" });
    await settle();
    const fresh = await here.read(ctx, "a", { load: async () => ({ title: "new" }) });
    expect(fresh).toEqual({ title: "new" });
    await settle();
  });

  it("lets one of a crowd load", async () => {
    const { ctx, here, settle } = twoIsolates(own);
    let loads = 0;
    const load = async () => {
      loads++;
      await new Promise((resume) => setTimeout(resume, 20));
      return { title: "one" };
    };
    const answers = await Promise.all(Array.from({ length: 50 }, () => here.read(ctx, "a", { load })));
    expect(new Set(answers.map((it) => it?.title))).toEqual(new Set(["one"]));
    expect(loads).toBe(1);
    await settle();
  });
});

describe.each(adapters)("two releases and $name", ({ own }) => {
  it("keep apart what they made of the same, and both forget it at a change", async () => {
    const { ctx, here, there, settle } = twoIsolates(own);
    const canary = { ...ctx, env: { ...ctx.env, RELEASE: "canary" } };
    const read = async (title: string, release: string) =>
      release === "stable"
        ? here.read(ctx, "a", { load: async () => ({ title }) })
        : there.read(canary, "a", { load: async () => ({ title }) });
    expect(await read("old", "stable")).toEqual({ title: "old" });
    await settle();
    expect(await read("new shape", "canary")).toEqual({ title: "new shape" });
    await settle();
    await changeKept(
      ctx,
      {
        kept: [
          { of: here, keys: ["a"] },
          { of: there, keys: ["a"] },
        ],
        tags: [],
      },
      async () => {},
    );
    expect(await read("changed", "stable")).toEqual({ title: "changed" });
    expect(await read("changed too", "canary")).toEqual({ title: "changed too" });
    await settle();
  });
});

describe("a shared cache that is away", () => {
  const away = { ...env, UPSTASH_REDIS_REST_URL: "http://127.0.0.1:9", UPSTASH_REDIS_REST_TOKEN: "none" };

  it("changes no answer", async () => {
    const ctx = { env: away, waitUntil: () => undefined };
    const kept = new Kept<string>({ name: newId("key"), freshMs: 0, staleMs: 0, entriesMax: 10, sharedSeconds: 60 });
    expect(await kept.read(ctx, "a", { load: async () => "from the source" })).toBe("from the source");
    await changeKept(ctx, { kept: [{ of: kept, keys: ["a"] }], tags: ["t"] }, async () => undefined);
    expect(await kept.read(ctx, "a", { load: async () => "changed" })).toBe("changed");
  });
});
