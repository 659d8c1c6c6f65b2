declare namespace Cloudflare {
  interface Env {
    TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
    /** Shopify product files by name; empty when the shared data folder is not there. */
    REAL_DATA: Record<string, string>;
    /** Usage events that the invoice's replay is tested with. */
    REPLAY_EVENTS: number;
    /** What `npm run prove` was asked for. */
    PROOF: { seed: number | null; long: boolean };
  }
}
