import type { SoukEvent } from "../../../../platform/events.ts";

/** An event as an endpoint gets it; `id` is the `webhook-id`, the same at every try. */
export interface Message {
  id: string;
  type: string;
  /** When it happened, in milliseconds since 1970. */
  at: number;
  body: string;
}

/** What `POST .../test` sends. It happens in no shop, so nobody can ask for it and no replay of a range sends it. */
export const TEST_TYPE = "webhook.test";

/** The body as Standard Webhooks recommends it: `{type, timestamp, data}`. */
export const messageOf = ({ id, type, at, payload }: Pick<SoukEvent, "id" | "type" | "at" | "payload">): Message => ({
  id,
  type,
  at,
  body: JSON.stringify({ type, timestamp: new Date(at).toISOString(), data: payload }),
});
