import type { Visited } from "../schema.ts";
import type { CachePurger } from "./cache-purger.ts";

const API = "https://api.cloudflare.com/client/v4";
/** Addresses that one call takes (Cloudflare, purge cache: operations per request). */
const URLS_MAX = 100;
const ANSWER_MS = 10_000;

/** Cloudflare's cache in every location, by its API; a plan's rate limit answers 429 and the task is tried again. */
export class CloudflarePurger implements CachePurger {
  readonly name = "cloudflare";

  constructor(private readonly env: Pick<Env, "PURGE_ZONE_ID" | "PURGE_TOKEN">) {}

  async purge(urls: readonly string[]): Promise<Visited[]> {
    for (let i = 0; i < urls.length; i += URLS_MAX) await this.purgeSome(urls.slice(i, i + URLS_MAX));
    return urls.map((url) => ({ url, outcome: "purged" }));
  }

  private async purgeSome(files: readonly string[]): Promise<void> {
    const answer = await fetch(`${API}/zones/${this.env.PURGE_ZONE_ID}/purge_cache`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.env.PURGE_TOKEN}`, "content-type": "application/json" },
      body: JSON.stringify({ files }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!answer.ok) throw new Error(`Cloudflare answered ${answer.status} to a purge`);
  }
}
