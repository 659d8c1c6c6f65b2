import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newEvent, type SoukEvent, sweepOutbox } from "../../src/platform/events.ts";

const EVENTS = 1_234;

describe("the sweep of the outbox", () => {
  it("sends every lost event again, each once, and leaves those that may still be on their way", async () => {
    const now = Date.now();
    const events = Array.from({ length: EVENTS }, (_, i) =>
      newEvent("demo", "lost", now - 60_000 - (i % 7), "control", {}),
    );
    const fresh = newEvent("demo", "fresh", now - 1_000, "control", {});
    const insert = env.DB.prepare("INSERT INTO outbox (id, tenant_id, type, created_at, event) VALUES (?, ?, ?, ?, ?)");
    await env.DB.batch(
      [...events, fresh].map((it) => insert.bind(it.id, it.tenantId, it.type, it.at, JSON.stringify(it))),
    );
    const sent: string[] = [];
    const queue = {
      sendBatch: async (messages: Iterable<{ body: SoukEvent }>) => {
        sent.push(...[...messages].map((it) => it.body.id));
      },
    };
    expect(await sweepOutbox({ ...env, EVENTS: Object.assign(Object.create(env.EVENTS), queue) }, now)).toBe(EVENTS);
    expect(new Set(sent)).toEqual(new Set(events.map((it) => it.id)));
    expect(sent).toHaveLength(EVENTS);
  });
});
