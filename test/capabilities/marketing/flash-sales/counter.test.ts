import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { WAITING_COMMANDS_MAX } from "../../../../durable-objects/kit/group-commit.ts";
import type { StockCounter } from "../../../../durable-objects/stock-counter.ts";
import { api, page } from "../../../support/api.ts";
import {
  codeOf,
  inMinutes,
  join,
  left,
  openSale,
  orderAtOnce,
  orderHeld,
  passFor,
  scheduleSale,
} from "../../../support/flash-sale.ts";
import { expectInvariantsHold } from "../../../support/settled.ts";
import { home, putOnSale } from "../../../support/shopper.ts";

interface Sale {
  id: string;
  sku: string;
  version: number;
}

const counterOf = ({ id, sku }: Sale) => env.STOCK.getByName(`demo:${sku}#${id}`);
const inCounter = (sale: Sale, work: (it: StockCounter) => void) => runInDurableObject(counterOf(sale), work);

/** Counts the participations that reach the sale's counter from now on. */
async function countAsked(sale: Sale): Promise<() => number> {
  let asked = 0;
  await inCounter(sale, (it) => {
    const pool = it["pool"];
    const decide = pool.decide.bind(pool);
    Object.assign(pool, {
      decide: (command: Parameters<typeof decide>[0]) => {
        if (command.kind === "participate") asked++;
        return decide(command);
      },
    });
  });
  return () => asked;
}

describe("a sale that is sold out", () => {
  afterEach(() => void vi.useRealTimers());

  it("is remembered where the losers come in: for a second they cost its counter nothing", async () => {
    const sale = await openSale("EDGE-1", { quantity: 1 });
    const winner = await join(sale.id, "ann@example.com", { key: "won" });
    expect(winner.status, winner.text).toBe(201);
    const asked = await countAsked(sale);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    // Each name is marked as a buyer by chance in about one of 32 cases; none of these is.
    const losers = Array.from({ length: 20 }, (_, i) => `loser${i}@example.org`);
    for (const email of losers) expect(codeOf(await join(sale.id, email))).toBe("409 sold_out");
    expect(asked()).toBe(1);
    expect((await join(sale.id, "ann@example.com", { key: "won" })).text).toBe(winner.text);
    expect(asked()).toBe(2);
    vi.setSystemTime(Date.now() + 1_001);
    expect(codeOf(await join(sale.id, "late@example.org"))).toBe("409 sold_out");
    expect(asked()).toBe(3);
  });
});

describe("whose clock decides", () => {
  const MINUTES_5 = 300_000;
  const setClock = (sale: Sale, ahead: number) =>
    inCounter(sale, (it) => void Object.assign(it, { now: () => Date.now() + ahead }));

  it.each([-MINUTES_5, 0, MINUTES_5])("not the caller's, %i ms off", async (skew) => {
    const date = new Date(Date.now() + skew).toUTCString();
    const [soon, on] = [
      await openSale(`CALLER-${skew}`, { starts_at: inMinutes(1) }),
      await openSale(`CALLER-ON-${skew}`, { ends_at: inMinutes(1) }),
    ];
    const take = ({ id }: Sale, body: object = {}) =>
      api("POST", `/flash-sales/${id}/participations`, {
        key: null,
        headers: { date },
        body: { email: "ann@example.com", ...body },
      });
    expect(codeOf(await take(soon))).toBe("409 not_started");
    expect(codeOf(await take(on, { at: date }))).toBe("422 invalid_request");
    expect((await take(on)).status).toBe(201);
  });

  it("but the counter's, whatever the edge believes", async () => {
    const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
    const slow = await openSale("CLOCK-1");
    await setClock(slow, -MINUTES_5);
    expect(codeOf(await join(slow.id, "ann@example.com"))).toBe("409 not_started");
    await setClock(slow, 0);
    expect((await join(slow.id, "ann@example.com")).status).toBe(201);
    // Stocked before, so that the moments are counted from here.
    for (const sku of ["CLOCK-2", "CLOCK-3"]) await putOnSale(sku, 100);
    const fast = (await scheduleSale({ sku: "CLOCK-3", ends_at: soon(10_000) })).body;
    await setClock(fast, MINUTES_5);
    expect(codeOf(await join(fast.id, "ann@example.com"))).toBe("409 ended");
    const open = (await scheduleSale({ sku: "CLOCK-2", starts_at: soon(3_000) })).body;
    await setClock(open, MINUTES_5);
    expect((await join(open.id, "ann@example.com")).status).toBe(201);
  });
});

describe("a pass", () => {
  it("is checked by the counter itself, whoever asks it", async () => {
    const sale = await openSale("DOOR-1", { waiting_room: { admit_per_second: 5 } });
    const take = async (pass: string | undefined) => {
      const wish = { key: crypto.randomUUID(), buyer: "ann@example.com", quantity: 1, ttlMs: 60_000 };
      return (await counterOf(sale).participate({ ...wish, version: sale.version, pass })).outcome;
    };
    const good = passFor(sale.id, "ann@example.com");
    expect(await take(undefined)).toBe("pass_required");
    expect(await take(`${good}x`)).toBe("pass_invalid");
    expect(await take(passFor(sale.id, "bob@example.com"))).toBe("pass_foreign");
    expect(await take(passFor("fls_other", "ann@example.com"))).toBe("pass_foreign");
    expect(await take(passFor(sale.id, "ann@example.com", { tenantId: "acme" }))).toBe("pass_foreign");
    expect(await take(passFor(sale.id, "ann@example.com", { expiresAt: Date.now() - 1 }))).toBe("pass_expired");
    expect(await take(good)).toBe("reserved");
    expect(await take(good)).toBe("pass_used");
    await left(sale.id, 9);
  });
});

describe("a counter that has too much to do", () => {
  it("turns participations away whole, and sells what it took", async () => {
    const asked = WAITING_COMMANDS_MAX + 500;
    const sale = await openSale("CROWD-1", { quantity: 100 });
    const wish = { quantity: 1, ttlMs: 60_000, version: sale.version };
    const answers: { outcome: string }[] = await Promise.all(
      Array.from({ length: asked }, (_, i) =>
        counterOf(sale).participate({ ...wish, key: `crowd-${i}`, buyer: `b${i}@example.com` }),
      ),
    );
    const count = (outcome: string) => answers.filter((it) => it.outcome === outcome).length;
    expect(count("busy")).toBeGreaterThan(0);
    expect(count("reserved")).toBe(100);
    expect(count("busy") + count("reserved") + count("sold_out")).toBe(asked);
    await left(sale.id, 0);
    await expectInvariantsHold();
  });

  it("is 503 with Retry-After, on the page with all that was filled in; the same request later goes through", async () => {
    const sale = await openSale("BUSY-1");
    await inCounter(sale, (it) => {
      Object.assign(it["turn"], { admit: () => Promise.resolve({ outcome: "busy" }) });
    });
    const busy = await join(sale.id, "ann@example.com", { key: "busy", body: orderAtOnce });
    expect([codeOf(busy), busy.headers.get("retry-after")]).toEqual(["503 overloaded", "1"]);
    const raw = new URLSearchParams({ ...home, email: "bob@example.com", way: "order", key: crypto.randomUUID() });
    const form = { raw, headers: { origin: "http://demo.localhost", "accept-language": "en" } };
    const shown = await page("POST", `/sales/${sale.id}`, form);
    expect([shown.status, shown.headers.get("retry-after")]).toEqual([503, "2"]);
    for (const part of ["A moment, please", `value="${home.line1}"`, `value="${raw.get("key")}"`])
      expect(shown.text, part).toContain(part);
    await left(sale.id, 10);
    await inCounter(sale, (it) => void Reflect.deleteProperty(it["turn"], "admit"));
    expect((await join(sale.id, "ann@example.com", { key: "busy", body: orderAtOnce })).status).toBe(201);
    await left(sale.id, 9);
    await expectInvariantsHold();
  });
});

describe("an acknowledged order", () => {
  const objectCalls = (headers: Headers) =>
    headers.get("server-timing")?.match(/\b(stock|journal|cart|ledger);/g) ?? [];

  it("is one call of an object where hold and order are one, and two where they are not", async () => {
    const sale = await openSale("CALLS-1");
    await join(sale.id, "warm@example.com");
    const once = await join(sale.id, "ann@example.com", { body: orderAtOnce });
    expect([once.status, objectCalls(once.headers)]).toEqual([201, ["stock;"]]);
    const held = await join(sale.id, "bob@example.com");
    const placed = await orderHeld(sale.id, held.body.id);
    expect([placed.status, [...objectCalls(held.headers), ...objectCalls(placed.headers)]]).toEqual([
      201,
      ["stock;", "stock;"],
    ]);
  });
});
