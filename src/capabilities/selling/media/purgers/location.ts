import type { Visited } from "../schema.ts";
import type { CachePurger } from "./cache-purger.ts";

/** The Worker's cache in the location where this runs; on a machine of one's own that is all there is. */
export class LocationPurger implements CachePurger {
  readonly name = "this location";

  purge(urls: readonly string[]): Promise<Visited[]> {
    return Promise.all(
      urls.map(async (url) => ({ url, outcome: (await caches.default.delete(url)) ? "purged" : "was not cached" })),
    );
  }
}
