import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { callShop, callShopOrThrow } from "./call-shop.mjs";

/** `npm run rush`: buyers take part in a flash sale through the public API while somebody watches its page. */
const USAGE =
  "npm run rush -- [--buyers 40] [--per-second 4] [--sale fls_...] [--shop demo] [--url http://localhost:8787]";
/** How long a buyer waits for their turn in a waiting room. */
const PATIENCE_MS = 300_000;
const ADDRESS = { name: "Mei Lin", line1: "10 Lamp Street", city: "Portland", region: "OR", country: "US" };

const { values } = parseArgs({
  options: {
    buyers: { type: "string", default: "40" },
    "per-second": { type: "string", default: "4" },
    sale: { type: "string" },
    shop: { type: "string", default: "demo" },
    url: { type: "string", default: "http://localhost:8787" },
  },
});
const origin = values.url.replace("//localhost", `//${values.shop}.localhost`);

try {
  const [buyers, perSecond] = [Number(values.buyers), Number(values["per-second"])];
  if (!(Number.isInteger(buyers) && buyers > 0 && perSecond > 0)) throw new Error(USAGE);
  const sale = await findSale();
  console.log(`${buyers} buyers are coming to ${values.url}/sales/${sale.id}`);
  console.log(await rush(sale, buyers, 1_000 / perSecond));
} catch (error) {
  console.error(
    error.code === "ECONNREFUSED" ? `Nothing answers on ${values.url}. Is \`npm start\` running?` : error.message,
  );
  process.exitCode = 1;
}

async function findSale() {
  if (values.sale) return callShopOrThrow(origin, "GET", `/api/v1/flash-sales/${values.sale}`);
  const { data } = await callShopOrThrow(origin, "GET", "/api/v1/flash-sales");
  const sale = data.find((it) => it.state === "live") ?? data.find((it) => it.state === "before");
  if (!sale)
    throw new Error("No flash sale is on or announced. `npm start` opens those of the demo again when they are over.");
  return sale;
}

/** Answers how many had which outcome. */
async function rush(sale, buyers, pauseMs) {
  const outcomes = {};
  const coming = [];
  for (let i = 0; i < buyers; i++) {
    coming.push(
      takePart(sale, i).then((outcome) => {
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      }),
    );
    await sleep(pauseMs);
  }
  await Promise.all(coming);
  return outcomes;
}

/** Two of three order at once, the others only hold. */
async function takePart(sale, i) {
  const email = `buyer.${randomUUID().slice(0, 8)}@example.com`;
  const turn = sale.waiting_room ? await waitForTurn(sale, email) : {};
  if (turn.missed) return turn.missed;
  const order = i % 3 === 0 ? {} : { shipping_address: ADDRESS, payment_provider: "sandbox" };
  const answer = await callShop(origin, "POST", `/api/v1/flash-sales/${sale.id}/participations`, {
    body: { email, sku: sale.items[i % sale.items.length].sku, pass: turn.pass, ...order },
    headers: { "idempotency-key": randomUUID() },
  });
  return answer.status === 201 ? (answer.body.checkout ? "ordered" : "held") : (answer.body?.code ?? answer.status);
}

/** Their pass, or why there is none. */
async function waitForTurn(sale, email) {
  const room = `/api/v1/flash-sales/${sale.id}/waiting-room/entries`;
  const entered = await callShop(origin, "POST", room, { body: { email } });
  if (entered.status !== 201) return { missed: entered.body?.code ?? entered.status };
  let { entry } = entered.body;
  for (const deadline = Date.now() + PATIENCE_MS; entry.state === "waiting" && Date.now() < deadline; ) {
    await sleep(entry.poll_after_seconds * 1_000);
    entry = await callShopOrThrow(origin, "GET", `${room}/${entry.id}?token=${entered.body.token}`);
  }
  return entry.pass === null ? { missed: entry.state } : { pass: entry.pass };
}
