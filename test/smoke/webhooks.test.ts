import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { callShopOrThrow } from "../../scripts/call-shop.mjs";
import { buildMould, World } from "../chaos/kit/world.ts";

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

let world: World;
let receiver: Server;
let status = 500;
const received: Received[] = [];

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  world = await World.open("webhooks", { ...buildMould(), vars: { WEBHOOKS_TO_LOOPBACK: "on" } });
});
afterAll(async () => {
  await world?.close();
  receiver?.close();
});

describe("a webhook, with the deployed bundle on plain workerd", () => {
  it("arrives although the process is killed between its tries, with the same id and a good signature", async () => {
    const shop = { id: "demo", name: "Smoke", currency: "USD", locale: "en" };
    const origin = world.origin.replace("127.0.0.1", "demo.localhost");
    const { api_key: key } = await callShopOrThrow(world.origin, "POST", "/api/v1/tenants", {
      key: world.operatorKey,
      body: shop,
    });
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const { secret } = await callShopOrThrow(origin, "POST", "/api/v1/webhook-endpoints", {
      key,
      body: { url, events: ["collection.changed"] },
    });
    await callShopOrThrow(origin, "POST", "/api/v1/collections", { key, body: { handle: "lamps", title: "Lamps" } });
    await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 30_000 });
    await world.kill();
    status = 200;
    await world.start();
    // Nothing asks the object for anything: its alarm alone brings the second try, about five seconds after the first.
    await vi.waitFor(() => expect(received.length).toBeGreaterThan(1), { timeout: 60_000 });
    const [first, second] = received;
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    const event = new Webhook(secret).verify(second?.body ?? "", second?.headers as Record<string, string>);
    expect(event).toMatchObject({ type: "collection.changed", data: { handles: ["lamps"] } });
  });
});
