import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import { disturb, keepEditsBack, keepUnitsBack } from "../../../support/disturbed-counter.ts";
import { codeOf, inMinutes, openSale, readSale, scheduleSale } from "../../../support/flash-sale.ts";
import { eventually, expectInvariantsHold } from "../../../support/settled.ts";
import { putOnSale } from "../../../support/shopper.ts";

const usd = (amount: number) => ({ amount, currency: "USD" });
const stock = async (sku: string) => (await api("GET", `/stock/${sku}`)).body.on_hand;
const edit = (id: string, body: object, key?: string) =>
  api("PATCH", `/flash-sales/${id}`, { body, headers: key === undefined ? {} : { "idempotency-key": key } });

interface Two {
  id: string;
  lamp: string;
  mat: string;
}

/** Starts in half an hour: 3 lamps at 9.99, 5 mats at 4.99, each out of 100. */
async function planTwo(name: string): Promise<Two> {
  const [lamp, mat] = [`${name}-LAMP`, `${name}-MAT`];
  for (const sku of [lamp, mat]) await putOnSale(sku, 100, 1_999);
  const items = [
    { sku: lamp, sale_price: usd(999), quantity: 3 },
    { sku: mat, sale_price: usd(499), quantity: 5 },
  ];
  const times = { starts_at: inMinutes(30), ends_at: inMinutes(90) };
  const made = await scheduleSale({ items, sale_price: undefined, quantity: undefined, ...times });
  expect(made.status, made.text).toBe(201);
  return { id: made.body.id, lamp, mat };
}

/** What every counter of the sale says, and what is left of the SKUs. */
async function truthOf({ id, lamp, mat }: Two) {
  const parts = await Promise.all([lamp, mat].map((sku) => env.STOCK.getByName(`demo:${sku}#${id}`).sale()));
  return {
    titles: parts.map((it) => it?.title),
    prices: parts.map((it) => it?.price.amount),
    quantities: parts.map((it) => it?.quantity),
    stock: [await stock(lamp), await stock(mat)],
  };
}

const asPlanned = { titles: [null, null], prices: [999, 499], quantities: [3, 5], stock: [97, 95] };
const both = ({ lamp, mat }: Two) => ({
  title: "Both",
  items: [
    { sku: lamp, quantity: 10 },
    { sku: mat, quantity: 20, sale_price: usd(450) },
  ],
});
const asEdited = { titles: ["Both", "Both"], prices: [999, 450], quantities: [10, 20], stock: [90, 80] };

describe("an edit of several SKUs", () => {
  it("that comes as the sale starts is refused whole by the clock of the counter", async () => {
    const sale = await planTwo("ATONCE-1");
    const clock = { now: () => Date.now() + 31 * 60_000 };
    const restore = await disturb(`${sale.lamp}#${sale.id}`, (it) => it, clock);
    const refused = await edit(sale.id, both(sale));
    expect([codeOf(refused), refused.body.fields]).toEqual(["409 would_break_promise", ["items.1.sale_price"]]);
    await eventually(async () => expect(await truthOf(sale)).toEqual(asPlanned));
    await restore();
    expect((await edit(sale.id, both(sale))).status).toBe(200);
    await eventually(async () => expect(await truthOf(sale)).toEqual(asEdited));
    await expectInvariantsHold();
  });

  it("whose last SKU has just lost its units brings none of the others", async () => {
    const sale = await planTwo("ATONCE-2");
    const none = { handOver: () => ({ outcome: "not_enough", available: 1, missing: 14 }) };
    const restore = await disturb(sale.mat, (it) => it["transfers"], none);
    const short = await edit(sale.id, both(sale));
    expect([codeOf(short), short.body.sku]).toEqual(["409 not_enough_stock", sale.mat]);
    await eventually(async () => expect(await truthOf(sale)).toEqual(asPlanned));
    await restore();
    expect((await edit(sale.id, both(sale))).status).toBe(200);
    expect(await truthOf(sale)).toEqual(asEdited);
    await expectInvariantsHold();
  });

  const cutOff = ({ id, lamp }: Two) => keepEditsBack(`${lamp}#${id}`);

  it("that dies half way is finished by the same call, and done once", async () => {
    const sale = await planTwo("ATONCE-3");
    const restore = await cutOff(sale);
    expect(codeOf(await edit(sale.id, both(sale), "half"))).toBe("503 overloaded");
    expect(codeOf(await edit(sale.id, both(sale), "half"))).toBe("503 overloaded");
    await restore();
    for (const title of ["Both", "Both"])
      expect((await edit(sale.id, both(sale), "half")).body).toMatchObject({ title, quantity: 30 });
    expect(await truthOf(sale)).toEqual(asEdited);
    await expectInvariantsHold();
  });

  it("that dies half way finishes by itself, and before anybody else's", async () => {
    const sale = await planTwo("ATONCE-4");
    const restore = await cutOff(sale);
    expect(codeOf(await edit(sale.id, both(sale)))).toBe("503 overloaded");
    expect(codeOf(await edit(sale.id, { title: "Next" }))).toBe("503 overloaded");
    await restore();
    await eventually(async () => expect(await truthOf(sale)).toEqual(asEdited));
    expect((await edit(sale.id, { title: "Next" })).body.title).toBe("Next");
    expect((await truthOf(sale)).titles).toEqual(["Next", "Next"]);
    expect((await readSale(sale.id)).items.map((it: { quantity: number }) => it.quantity)).toEqual([10, 20]);
  });

  it("keeps what a SKU has promised where it arrives after somebody has bought there", async () => {
    const sale = await planTwo("ATONCE-5");
    const mat = env.STOCK.getByName(`demo:${sale.mat}#${sale.id}`);
    const restore = await cutOff(sale);
    const cheaper = { title: "Late", items: [{ sku: sale.mat, quantity: 1, sale_price: usd(1) }] };
    expect(codeOf(await edit(sale.id, cheaper))).toBe("503 overloaded");
    await disturb(`${sale.mat}#${sale.id}`, (it) => it, { now: () => Date.now() + 31 * 60_000 });
    const { version = 0 } = (await mat.sale()) ?? {};
    const wish = { key: "early", buyer: "ann@example.com", quantity: 1, ttlMs: 60_000, version };
    expect((await mat.participate(wish)).outcome).toBe("reserved");
    await restore();
    await eventually(async () => expect(await truthOf(sale)).toEqual({ ...asPlanned, titles: ["Late", "Late"] }));
  });
});

describe("an edit that brings units", () => {
  it("brings them once, however often it is sent while they are late", async () => {
    const { id } = await openSale("LATE-1", { starts_at: inMinutes(30) });
    const restore = await keepUnitsBack("LATE-1");
    for (const key of [undefined, undefined, "late", "late"])
      expect(codeOf(await edit(id, { quantity: 25 }, key))).toBe("503 overloaded");
    expect(codeOf(await edit(id, { quantity: 5 }))).toBe("503 overloaded");
    await restore();
    expect((await edit(id, { quantity: 25 }, "late")).body.quantity).toBe(25);
    expect(await stock("LATE-1")).toBe(75);
    expect((await edit(id, { quantity: 5 })).body.quantity).toBe(5);
    expect((await edit(id, { quantity: 25 }, "late")).body.quantity).toBe(5);
    expect((await edit(id, { quantity: 25 })).body.quantity).toBe(25);
    await eventually(async () => expect(await stock("LATE-1")).toBe(75));
    expect(codeOf(await edit(id, { quantity: 26 }, "late"))).toBe("422 key_reused");
    await expectInvariantsHold();
  });

  it("brings as many as one of those says that are sent at once, and not the sum", async () => {
    const { id } = await openSale("SAME-1", { starts_at: inMinutes(30) });
    const answers = await Promise.all([20, 30, 20, 30, 30].map((quantity) => edit(id, { quantity })));
    expect(new Set(answers.map((it) => it.status)).isSubsetOf(new Set([200, 503]))).toBe(true);
    const { quantity } = await readSale(id);
    expect([20, 30]).toContain(quantity);
    await eventually(async () => expect(await stock("SAME-1")).toBe(100 - quantity));
    await expectInvariantsHold();
  });
});
