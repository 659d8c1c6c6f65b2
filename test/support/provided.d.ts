import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Upstash's REST interface over a real Redis; null where redis-server is not installed. */
    redis: { url: string; token: string } | null;
    /** A receiver of webhooks on this machine: test/support/run-receiver.mjs says what it can do. */
    receiver: string;
  }
}
