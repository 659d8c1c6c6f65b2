import type { SharedCache } from "./shared-cache.ts";

/** A host that is no one's: the Cache API keeps by address. */
const ADDRESS = "https://cache.invalid/";

const addressOf = (key: string): string => ADDRESS + encodeURIComponent(key);

/** The cache of the data centre (Cache API). It knows no atomic step, so every caller may load; its isolates hold back their own. */
export const edgeCache = (): SharedCache => ({
  read: (keys) => Promise.all(keys.map(async (key) => await (await caches.default.match(addressOf(key)))?.text())),
  write: (key, text, seconds) =>
    caches.default.put(
      addressOf(key),
      new Response(text, { headers: { "cache-control": `max-age=${seconds}`, "content-type": "text/plain" } }),
    ),
  forget: async (keys) => {
    await Promise.all(keys.map((key) => caches.default.delete(addressOf(key))));
  },
  lease: async () => true,
});
