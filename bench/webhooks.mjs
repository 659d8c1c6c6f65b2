import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { Webhook } from "standardwebhooks";
import { connect, each, orThrow } from "../src/client/connect.ts";
import { buildMould, World } from "../test/chaos/kit/world.ts";

/**
 * `npm run bench:webhooks [-- --events 500 --endpoints 4]`: signed deliveries a second to receivers on this machine. The events have
 * happened and were delivered once before the clock runs; then every endpoint is told to send all of them again.
 */
const { values } = parseArgs({
  options: { events: { type: "string", default: "500" }, endpoints: { type: "string", default: "1" } },
});
const events = Number(values.events);
const endpoints = Number(values.endpoints);
const MAKERS = 8;
const DONE_MS = 180_000;

const receivers = [];
const world = await World.open("webhooks", { ...buildMould(), vars: { WEBHOOKS_TO_LOOPBACK: "on" } });
try {
  const url = world.origin.replace("127.0.0.1", "localhost");
  const operator = connect({ url, apiKey: world.operatorKey });
  const { api_key } = orThrow(await operator.createShop({ id: "demo", name: "Bench", currency: "USD", locale: "en" }));
  const souk = connect({ url, apiKey: api_key });
  for (let i = 0; i < endpoints; i++) receivers.push(await openReceiver(souk));
  const startedAt = new Date().toISOString();
  let left = events;
  const make = async () => {
    while (left-- > 0) orThrow(await souk.createCollection({ handle: `c-${left}-${crypto.randomUUID()}`, title: "C" }));
  };
  await Promise.all(Array.from({ length: MAKERS }, make));
  await until(() => receivers.every((it) => it.count === events), "the first deliveries");
  for (const it of receivers) it.count = 0;
  const replayedAt = performance.now();
  const range = { from: startedAt, to: new Date(Date.now() + 1_000).toISOString(), states: ["delivered"] };
  await Promise.all(receivers.map(async ({ id }) => orThrow(await souk.replayWebhookDeliveries({ id, ...range }))));
  await until(() => receivers.every((it) => it.count === events), "the second deliveries");
  const seconds = (performance.now() - replayedAt) / 1000;
  let logged = 0;
  for (const { id } of receivers)
    for await (const delivery of each(souk.listWebhookDeliveries, { id, limit: 100 }))
      if (delivery.state === "delivered") logged++;
  const wrong = receivers.reduce((total, it) => total + it.wrong, 0);
  const perSecond = Math.round((events * endpoints) / seconds);
  console.log(JSON.stringify({ case: "webhooks", endpoints, events, per_second: perSecond, wrong, logged }));
  process.exitCode = wrong > 0 ? 1 : 0;
} finally {
  for (const it of receivers) it.close();
  await world.close();
}

/** An endpoint of its own that verifies each event as the public library does and answers 204. */
async function openReceiver(souk) {
  const seen = { id: "", count: 0, wrong: 0, close: () => server.close() };
  let webhook;
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    try {
      webhook.verify(Buffer.concat(parts).toString(), request.headers);
      seen.count++;
    } catch {
      seen.wrong++;
    }
    response.writeHead(204).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const { secret, endpoint } = orThrow(await souk.createWebhookEndpoint({ url, events: ["collection.changed"] }));
  webhook = new Webhook(secret);
  seen.id = endpoint.id;
  return seen;
}

async function until(isDone, what) {
  const deadline = Date.now() + DONE_MS;
  while (!isDone()) {
    if (Date.now() > deadline) throw new Error(`${what} did not arrive within ${DONE_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
