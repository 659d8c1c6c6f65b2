import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { expect, inject } from "vitest";
import type { WebhookSender } from "../../durable-objects/webhook-sender.ts";
import { api } from "./api.ts";

export interface Received {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface Scripted {
  status?: number;
  body?: string;
  headers?: Record<string, string>;
  delay_ms?: number;
  endless?: boolean;
}

/** One receiver of webhooks of its own, with what it was sent. */
export interface Receiver {
  url: string;
  received: () => Promise<Received[]>;
  /** How it answers from now on; the last one stays. */
  answers: (...script: Scripted[]) => Promise<void>;
}

export function openReceiver(): Receiver {
  const [origin, name] = [inject("receiver"), crypto.randomUUID()];
  return {
    url: `${origin}/hooks/${name}`,
    received: async () => (await fetch(`${origin}/control/${name}`)).json(),
    answers: async (...script) => {
      await fetch(`${origin}/control/${name}`, { method: "PUT", body: JSON.stringify(script) });
    },
  };
}

export interface Hook {
  id: string;
  secret: string;
  sender: ReturnType<typeof env.WEBHOOKS.getByName>;
}

export async function openHook(url: string, events: string[], shop = "demo"): Promise<Hook> {
  const { status, body, text } = await api("POST", "/webhook-endpoints", { shop, body: { url, events } });
  expect(status, text).toBe(201);
  const { id } = body.endpoint;
  return { id, secret: body.secret, sender: env.WEBHOOKS.getByName(`${shop}:${id}`) };
}

/** What a receiver would do: the public library checks signature and time, and answers the parsed body. */
export const verified = (it: Received, secret: string) =>
  new Webhook(secret).verify(it.body, it.headers) as { type: string; timestamp: string; data: Record<string, unknown> };

/** Moves the sender's clock by `ms` and runs its alarm if it has one that is due by then; answers whether it had. */
export async function passTime(hook: Hook, ms: number): Promise<boolean> {
  const isDue = await runInDurableObject(hook.sender, async (sender: WebhookSender, { storage }) => {
    const now = (Reflect.get(sender, "now") as () => number)() + ms;
    Reflect.set(sender, "now", () => now);
    const alarm = await storage.getAlarm();
    return alarm !== null && alarm <= now;
  });
  if (isDue) await runDurableObjectAlarm(hook.sender);
  return isDue;
}
