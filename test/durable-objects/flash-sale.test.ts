import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { WAITING_ORDERS_MAX } from "../../durable-objects/stock/order-outbox.ts";
import type { StockCounter } from "../../durable-objects/stock-counter.ts";
import { api } from "../support/api.ts";
import { disturb } from "../support/disturbed-counter.ts";
import { codeOf, join, left, openSale, orderAtOnce, orderHeld, passFor, readSale } from "../support/flash-sale.ts";
import { eventually, expectInvariantsHold } from "../support/settled.ts";
import { play } from "../support/shopper.ts";

interface Sale {
  id: string;
  sku: string;
}

const counterOf = ({ id, sku }: Sale) => env.STOCK.getByName(`demo:${sku}#${id}`);
const stock = async (sku: string) => (await api("GET", `/stock/${sku}`)).body;

/** Keeps the sale's orders from their journal, and units from other counters, until the object starts anew. */
const cutOff = (sale: Sale) =>
  runInDurableObject(counterOf(sale), (it: StockCounter) => {
    const refuse = () => Promise.reject(new Error("cut off"));
    const journal = { getByName: () => ({ intake: refuse }) };
    const stub = { getByName: () => ({ takeIn: refuse }) };
    Object.assign(it["pool"]["outbox"] ?? {}, { env: { JOURNAL: journal } });
    Object.assign(it["transfers"], { env: { STOCK: stub } });
  });

describe("a flash sale's counter", () => {
  it("loses and doubles nothing when it dies between the commit and the journal", async () => {
    const sale = await openSale("CRASH-1", { quantity: 40 });
    await cutOff(sale);
    const buyers = Array.from({ length: 40 }, (_, i) => ({ email: `c${i}@example.com`, key: `crash-${i}` }));
    const enter = () => Promise.all(buyers.map(({ email, key }) => join(sale.id, email, { key, body: orderAtOnce })));
    const first = await enter();
    expect(new Set(first.map(codeOf))).toEqual(new Set(["201"]));
    expect(new Set(first.map((it) => it.body.checkout.order.number)).size).toBe(40);
    await abortAllDurableObjects();
    expect((await enter()).map((it) => it.text)).toEqual(first.map((it) => it.text));
    await eventually(async () => {
      const placed = (await api("GET", "/orders?limit=100")).body.data.map((it: { id: string }) => it.id);
      expect(placed.toSorted()).toEqual(first.map((it) => it.body.checkout.order.id).toSorted());
    });
    expect((await enter()).map((it) => it.text)).toEqual(first.map((it) => it.text));
    await expectInvariantsHold();
  });

  it("shows, pays and cancels orders that their journal has not got yet", async () => {
    const sale = await openSale("EARLY-1");
    await cutOff(sale);
    const [seen, paid, cancelled] = await Promise.all(
      ["ann", "bob", "cid"].map(async (name) => {
        const joined = await join(sale.id, `${name}@example.com`, { body: orderAtOnce });
        expect(joined.status, joined.text).toBe(201);
        return joined.body.checkout;
      }),
    );
    const read = await api("GET", `/orders/${seen.order.id}?token=${seen.order_token}`, { key: null });
    expect(read.body).toEqual(seen.order);
    expect((await play(paid.payment.id, "paid")).status).toBe(200);
    const { id } = cancelled.order;
    const gone = await api("POST", `/orders/${id}/cancel?token=${cancelled.order_token}`, { key: null });
    expect([gone.status, gone.body.state]).toEqual([200, "cancelled"]);
    await eventually(async () => expect((await api("GET", `/orders/${paid.order.id}`)).body.state).toBe("paid"));
    await abortAllDurableObjects();
    await left(sale.id, 8);
    await expectInvariantsHold();
  });

  it(`refuses orders while ${WAITING_ORDERS_MAX} wait, holds nothing for them, and takes them again after`, async () => {
    const sale = await openSale("FULL-1");
    await cutOff(sale);
    await runInDurableObject(counterOf(sale), (it: StockCounter) => {
      const waiting = it["pool"]["outbox"]?.["waiting"];
      for (let i = 0; i < WAITING_ORDERS_MAX; i++) waiting?.set(`ord_${i}`, -i);
    });
    const refused = await join(sale.id, "ann@example.com", { body: orderAtOnce });
    expect([codeOf(refused), refused.headers.get("retry-after")]).toEqual(["429 journal_full", "2"]);
    await left(sale.id, 10);
    expect((await join(sale.id, "bob@example.com")).status).toBe(201);
    await abortAllDurableObjects();
    expect((await join(sale.id, "ann@example.com", { body: orderAtOnce })).status).toBe(201);
  });

  it("brings units that are on their way when it or the SKU's counter dies", async () => {
    const sale = await openSale("WAY-1", { quantity: 30 });
    await cutOff(sale);
    await api("POST", `/flash-sales/${sale.id}/cancel`);
    expect((await stock("WAY-1")).on_hand).toBe(70);
    await abortAllDurableObjects();
    await eventually(async () => expect((await stock("WAY-1")).on_hand).toBe(100));
    await expectInvariantsHold();
  });
});

describe("a flash sale over several shards", () => {
  const settled = (sale: Sale, shards: number) =>
    eventually(async () => expect(await counterOf(sale).shape()).toMatchObject({ shards, isSettled: true }));

  it("sells every unit once to uneven buyers, keeps their limits and answers replays", async () => {
    const sale = await openSale("PARTS-1", { quantity: 60, shards: 4, per_buyer_limit: 2 });
    await settled(sale, 4);
    const buyers = Array.from({ length: 90 }, (_, i) => ({ email: `p${i % 45}@example.com`, key: `parts-${i}` }));
    const enter = () => Promise.all(buyers.map(({ email, key }) => join(sale.id, email, { key, body: orderAtOnce })));
    const first = await enter();
    const won = first.filter((it) => it.status === 201);
    expect(won).toHaveLength(60);
    expect(new Set(first.filter((it) => it.status !== 201).map(codeOf))).toEqual(new Set(["409 sold_out"]));
    expect(new Set(won.map((it) => it.body.checkout.order.number)).size).toBe(60);
    const again = await enter();
    expect(again.filter((it) => it.status === 201).map((it) => it.text)).toEqual(won.map((it) => it.text));
    await play(won[0]?.body.checkout.payment.id, "paid");
    await left(sale.id, 0);
    await expectInvariantsHold();
  });

  it("keeps used passes, orders and limits when its buyers move to other counters", async () => {
    const sale = await openSale("MOVES-1", { quantity: 40, waiting_room: { admit_per_second: 99 } });
    const admitted = (email: string) => ({ ...orderAtOnce, pass: passFor(sale.id, email) });
    const emails = Array.from({ length: 20 }, (_, i) => `m${i}@example.com`);
    const buyers = emails.map((email) => ({ email, key: `moves-${email}`, body: admitted(email) }));
    const enter = () => Promise.all(buyers.map(({ email, key, body }) => join(sale.id, email, { key, body })));
    const first = await enter();
    expect(new Set(first.map(codeOf))).toEqual(new Set(["201"]));
    const held = await join(sale.id, "held@example.com", { body: { pass: passFor(sale.id, "held@example.com") } });
    // A sale of one counter would gather its buyers again by its next alarm.
    await disturb(`${sale.sku}#${sale.id}`, (it) => it, { divideSale: () => undefined });
    await counterOf(sale).reshard(3);
    await settled(sale, 3);
    expect((await enter()).map((it) => it.text)).toEqual(first.map((it) => it.text));
    for (const { email, body } of buyers) expect(codeOf(await join(sale.id, email, { body }))).toBe("403 pass_used");
    const fresh = { body: admitted("m1@example.com") };
    expect(codeOf(await join(sale.id, "m1@example.com", fresh))).toBe("409 already_participated");
    expect((await orderHeld(sale.id, held.body.id)).status).toBe(201);
    await expectInvariantsHold();
  });

  it("tells every shard of an edit before it is acknowledged, and brings all units home when it is over", async () => {
    const sale = await openSale("HOME-1", { quantity: 60, shards: 4 });
    await settled(sale, 4);
    const first = await Promise.all(Array.from({ length: 20 }, (_, i) => join(sale.id, `h${i}@example.com`)));
    expect(new Set(first.map(codeOf))).toEqual(new Set(["201"]));
    const edited = await api("PATCH", `/flash-sales/${sale.id}`, { body: { per_buyer_limit: 2, quantity: 70 } });
    expect(edited.body).toMatchObject({ per_buyer_limit: 2, quantity: 70 });
    const second = await Promise.all(Array.from({ length: 20 }, (_, i) => join(sale.id, `h${i}@example.com`)));
    expect(new Set(second.map(codeOf))).toEqual(new Set(["201"]));
    await api("POST", `/flash-sales/${sale.id}/cancel`);
    const late = await Promise.all(Array.from({ length: 20 }, (_, i) => join(sale.id, `late${i}@example.com`)));
    expect(new Set(late.map(codeOf))).toEqual(new Set(["409 ended"]));
    await settled(sale, 1);
    await eventually(async () => expect((await stock("HOME-1")).on_hand).toBe(60));
    expect((await readSale(sale.id)).state).toBe("cancelled");
    await expectInvariantsHold();
  });
});
