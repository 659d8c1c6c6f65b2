import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { api, openShop } from "../../../support/api.ts";
import { BILLED, issue, monthsAgo, used } from "../../../support/invoiced.ts";

/** 20,000, or a million by `npm run bench:invoice`. */
const EVENTS = env.REPLAY_EVENTS;
const AT_ONCE = 1_000;
const CLIENT = "key_01kajx2xc8f1vrd1d1mc0fg9y6";
const FROM = monthsAgo(2, 1, 0);
const MONTH_MS = 28 * 86_400_000;
const METERS = ["orders_read", "search", "stock_read", "catalog_read", "checkout"];
const PLANS = ["bronze", "silver", "gold"];

/** The n-th event; which is which hangs on n alone, so that they can be told again and in another order. */
function event(n: number) {
  const dice = (n * 2_654_435_761) % 4_294_967_296;
  const bytes = dice % 9_973;
  const isGood = dice % 17 !== 0;
  return used(CLIENT, `use_${n.toString(36).padStart(8, "0")}`, {
    at: FROM + (dice % MONTH_MS),
    meter: METERS[dice % METERS.length] ?? "",
    plan: PLANS[dice % PLANS.length] ?? "",
    late: dice % 29 === 0,
    ...(isGood ? { bytes, micros: 1_000 + (bytes >> 1) } : { status: 409, units: 0, micros: 0, bytes: 0 }),
  });
}

/** Tells a shop's meter of every event in this order, and of one in fifty twice. Answers the milliseconds it took. */
async function tell(shop: string, order: (n: number) => number): Promise<number> {
  const startedAt = performance.now();
  for (let n = 0; n < EVENTS; n += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, EVENTS - n) }, (_, i) => event(order(n + i)));
    await env.USAGE.getByName(shop).report([...batch, ...batch.slice(0, AT_ONCE / 50)]);
  }
  return performance.now() - startedAt;
}

it(`An invoice of ${EVENTS} events comes out the same from its single events, and from the same events in another order`, async () => {
  for (const id of ["replay-1", "replay-2"]) await openShop({ id });
  const bookMs = await tell("replay-1", (n) => n);
  await issue("replay-1");
  const path = `/invoices/inv_${BILLED}_${CLIENT}_0`;
  const invoice = (await api("GET", path, { shop: "replay-1" })).body;
  expect(invoice.lines.reduce((sum: number, it: { calls: number }) => sum + it.calls, 0)).toBe(EVENTS);
  const startedAt = performance.now();
  const { body } = await api("POST", `${path}/replay`, { shop: "replay-1" });
  const replayMs = performance.now() - startedAt;
  expect(body).toMatchObject({ events: EVENTS, equal: true, replayed_hash: invoice.hash, hash: invoice.hash });
  await tell("replay-2", (n) => EVENTS - 1 - n);
  await issue("replay-2");
  const other = (await api("GET", path, { shop: "replay-2" })).body;
  expect(JSON.stringify([other.lines, other.total_micros])).toBe(JSON.stringify([invoice.lines, invoice.total_micros]));
  console.log(JSON.stringify({ events: EVENTS, book_ms: Math.round(bookMs), replay_ms: Math.round(replayMs) }));
}, 1_800_000);
