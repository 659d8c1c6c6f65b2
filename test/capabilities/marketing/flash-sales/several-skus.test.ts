import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { type Answer, api } from "../../../support/api.ts";
import {
  codeOf,
  inMinutes,
  join,
  left,
  orderAtOnce,
  orderHeld,
  passFor,
  readSale,
  scheduleSale,
} from "../../../support/flash-sale.ts";
import { eventually, expectInvariantsHold } from "../../../support/settled.ts";
import { putOnSale } from "../../../support/shopper.ts";

const usd = (amount: number) => ({ amount, currency: "USD" });
const stock = async (sku: string) => (await api("GET", `/stock/${sku}`)).body.on_hand;

/** A campaign of two SKUs: 3 lamps at 9.99, one each; 5 mats at 4.99, two each. */
async function openTwo(name: string, terms: object = {}): Promise<{ id: string; lamp: string; mat: string }> {
  const [lamp, mat] = [`${name}-LAMP`, `${name}-MAT`];
  for (const sku of [lamp, mat]) await putOnSale(sku, 100, 1_999);
  const made = await schedule(
    [
      { sku: lamp, sale_price: usd(999), quantity: 3 },
      { sku: mat, sale_price: usd(499), quantity: 5, per_buyer_limit: 2 },
    ],
    terms,
  );
  expect(made.status, made.text).toBe(201);
  return { id: made.body.id, lamp, mat };
}

const schedule = (items: object[], terms: object = {}, key?: string) =>
  scheduleSale({ items, sale_price: undefined, quantity: undefined, ...terms }, key === undefined ? {} : { key });

const take = (id: string, email: string, sku: string, body: object = {}, key?: string) =>
  join(id, email, { body: { sku, ...body }, ...(key !== undefined && { key }) });
const edit = (id: string, body: object) => api("PATCH", `/flash-sales/${id}`, { body });
const fieldsOf = (answer: Answer): string[] => answer.body.errors?.map((it: { field: string }) => it.field);

describe("a flash sale of several SKUs", () => {
  it("takes the units of each out of its stock, sells each at its own price and limit, and says what is left of each", async () => {
    const { id, lamp, mat } = await openTwo("SEV-1");
    expect([await stock(lamp), await stock(mat)]).toEqual([97, 95]);
    const placed = await take(id, "ann@example.com", mat, { quantity: 2, ...orderAtOnce });
    expect(placed.status, placed.text).toBe(201);
    expect(placed.body).toMatchObject({ sku: mat, checkout: { order: { total: usd(998), lines: [{ sku: mat }] } } });
    await left(id, 6);
    expect(await readSale(id)).toMatchObject({
      state: "live",
      quantity: 8,
      items: [
        { sku: lamp, sale_price: usd(999), quantity: 3, remaining: 3, per_buyer_limit: 1 },
        { sku: mat, sale_price: usd(499), quantity: 5, remaining: 3, per_buyer_limit: 2 },
      ],
    });
    await expectInvariantsHold();
  });

  it("lets one buyer have some of each, counts participation for each, and numbers every order once", async () => {
    const { id, lamp, mat } = await openTwo("SEV-2");
    const [first, second] = [
      await take(id, "ann@example.com", lamp, orderAtOnce),
      await take(id, "ann@example.com", mat, orderAtOnce),
    ];
    expect([codeOf(first), codeOf(second)]).toEqual(["201", "201"]);
    expect(first.body.checkout.order.number).not.toBe(second.body.checkout.order.number);
    expect(codeOf(await take(id, "Ann+2@example.com", lamp))).toBe("409 already_participated");
    expect(codeOf(await take(id, "ann@example.com", mat))).toBe("201");
    expect(codeOf(await take(id, "ann@example.com", mat))).toBe("409 already_participated");
    await expectInvariantsHold();
  });

  it("asks which SKU, and orders later what is held of it at its price", async () => {
    const { id, mat } = await openTwo("SEV-3");
    for (const body of [{}, { sku: "SEV-3-HAT" }]) {
      const unnamed = await join(id, "ann@example.com", { body });
      expect([codeOf(unnamed), fieldsOf(unnamed)]).toEqual(["422 invalid_request", ["sku"]]);
    }
    const held = await take(id, "ann@example.com", mat, {}, "mine");
    expect((await take(id, "ann@example.com", mat, {}, "mine")).text).toBe(held.text);
    const ordered = await orderHeld(id, held.body.id);
    expect(ordered.body.order).toMatchObject({ total: usd(499), lines: [{ sku: mat }] });
    const forged = held.body.id.replace(/_1_([\w-]{32})$/, "_$1");
    expect(codeOf(await orderHeld(id, forged))).toBe("404 unknown_participation");
    await expectInvariantsHold();
  });

  it("is sold out when all of them are", async () => {
    const { id, lamp, mat } = await openTwo("SEV-4");
    for (const name of ["ann", "bob", "cyd"]) await take(id, `${name}@example.com`, lamp);
    expect(codeOf(await take(id, "dan@example.com", lamp))).toBe("409 sold_out");
    await left(id, 5);
    expect((await readSale(id)).state).toBe("live");
    for (const name of ["ann", "bob"]) await take(id, `${name}@example.com`, mat, { quantity: 2 });
    expect((await take(id, "cyd@example.com", mat)).status).toBe(201);
    await left(id, 0);
    expect((await readSale(id)).state).toBe("sold_out");
    const live = await api("GET", `/flash-sales/${id}/live`, { key: null });
    expect(live.body.items).toEqual([
      { sku: lamp, remaining: 0, quantity: 3 },
      { sku: mat, remaining: 0, quantity: 5 },
    ]);
  });

  it("sells no unit twice while 50 ask for each at once", async () => {
    const { id, lamp, mat } = await openTwo("SEV-5");
    const wishes = Array.from({ length: 100 }, (_, i) =>
      take(id, `b${i}@example.com`, i % 2 ? lamp : mat, orderAtOnce),
    );
    const taken = (await Promise.all(wishes)).filter((it) => it.status === 201).map((it) => it.body.sku);
    expect(taken.toSorted()).toEqual([lamp, lamp, lamp, mat, mat, mat, mat, mat]);
    await expectInvariantsHold();
  });

  it("takes a pass once for each SKU, from its own buyer", async () => {
    const { id, lamp, mat } = await openTwo("SEV-6", { waiting_room: { admit_per_second: 50 } });
    const pass = passFor(id, "ann@example.com");
    expect(codeOf(await take(id, "ann@example.com", lamp))).toBe("403 pass_required");
    expect(codeOf(await take(id, "ann@example.com", mat, { pass }))).toBe("201");
    expect(codeOf(await take(id, "ann@example.com", lamp, { pass }))).toBe("201");
    expect(codeOf(await take(id, "ann@example.com", mat, { pass }))).toBe("403 pass_used");
    expect(codeOf(await take(id, "bob@example.com", mat, { pass }))).toBe("403 pass_foreign");
  });

  it("is listed once, by each of its SKUs", async () => {
    const { id, lamp, mat } = await openTwo("SEV-7");
    for (const sku of [lamp, mat]) {
      const { data } = (await api("GET", `/flash-sales?sku=${sku}`, { key: null })).body;
      expect(data.map((it: { id: string; items: object[] }) => [it.id, it.items.length])).toEqual([[id, 2]]);
    }
  });
});

describe("scheduling several SKUs", () => {
  it("is all or nothing: where one has too few units the others keep theirs, and the same key may try again", async () => {
    for (const sku of ["ALL-1", "ALL-2"]) await putOnSale(sku, 10);
    const items = ["ALL-1", "ALL-2"].map((sku) => ({ sku, sale_price: usd(1), quantity: sku === "ALL-2" ? 11 : 4 }));
    const times = { starts_at: inMinutes(-1), ends_at: inMinutes(60) };
    const refused = await schedule(items, times, "all");
    expect([codeOf(refused), refused.body.sku, refused.body.available]).toEqual(["409 not_enough_stock", "ALL-2", 10]);
    await eventually(async () => expect([await stock("ALL-1"), await stock("ALL-2")]).toEqual([10, 10]));
    expect((await api("GET", "/flash-sales?sku=ALL-1", { key: null })).body.data).toEqual([]);
    expect(
      codeOf(
        await schedule([
          { ...items[0], sku: "ALL-1" },
          { ...items[1], sku: "NOBODY" },
        ]),
      ),
    ).toBe("404 unknown_sku");
    await api("PUT", "/stock/ALL-2", { body: { on_hand: 11 } });
    const made = await schedule(items, times, "all");
    expect(made.status, made.text).toBe(201);
    expect([await stock("ALL-1"), await stock("ALL-2")]).toEqual([6, 0]);
    expect((await schedule(items, times, "all")).body.id).toBe(made.body.id);
    expect(codeOf(await schedule(items.slice(0, 1), times, "all"))).toBe("422 key_reused");
    await expectInvariantsHold();
  });

  it("posted 10 times with one key is one sale that takes its units once", async () => {
    for (const sku of ["TEN-1", "TEN-2"]) await putOnSale(sku, 10);
    const items = ["TEN-1", "TEN-2"].map((sku) => ({ sku, sale_price: usd(1), quantity: 4 }));
    const times = { starts_at: inMinutes(5), ends_at: inMinutes(60) };
    const made = await Promise.all(Array.from({ length: 10 }, () => schedule(items, times, "ten")));
    expect(new Set(made.map((it) => `${it.status} ${it.body.id}`)).size).toBe(1);
    expect([await stock("TEN-1"), await stock("TEN-2")]).toEqual([6, 6]);
  });

  it("sells nothing of a SKU before all of them have their units", async () => {
    const { id, lamp } = await openTwo("DRAFT-1");
    const counter = env.STOCK.getByName(`demo:${lamp}#${id}`);
    const sale = await counter.sale();
    if (!sale) throw new Error("the sale is gone");
    const wish = { key: "k", buyer: "ann@example.com", quantity: 1, ttlMs: 1_000, version: sale.version };
    await counter.changeSale({ kind: "open" });
    expect((await counter.participate(wish)).outcome).toBe("reserved");
    const draft = env.STOCK.getByName("demo:DRAFT-2#fls_draft");
    const terms = { ...sale, id: "fls_draft", sku: "DRAFT-2", isDraft: true };
    await draft.changeSale({ kind: "schedule", sale: terms });
    expect((await draft.participate(wish)).outcome).toBe("unknown");
  });

  const item = { sku: "ANY", sale_price: usd(1), quantity: 1 };
  it.each([
    ["items", { items: [] }],
    ["items", { items: [item, item] }],
    ["items", { items: Array.from({ length: 21 }, (_, i) => ({ ...item, sku: `ANY-${i}` })) }],
    ["items.1.quantity", { items: [item, { ...item, sku: "TWO", quantity: 0 }] }],
    [
      "items.1.sale_price.currency",
      { items: [item, { ...item, sku: "TWO", sale_price: { amount: 1, currency: "EUR" } }] },
    ],
    ["items.0.colour", { items: [{ ...item, colour: "red" }] }],
    ["sku", { items: [item], sku: "ANY" }],
    ["sku", { sale_price: usd(1), quantity: 1 }],
    ["sale_price", { sku: "ANY", quantity: 1 }],
  ])("with a wrong %s is refused by name", async (field, terms) => {
    const answer = await scheduleSale({ sale_price: undefined, quantity: undefined, ...terms });
    expect([answer.status, fieldsOf(answer)]).toEqual([422, [field]]);
  });
});

describe("an edit of several SKUs", () => {
  it("changes what it names of each, and the rest for all", async () => {
    const { id, lamp, mat } = await openTwo("SEDIT-1", { starts_at: inMinutes(30) });
    const changed = await edit(id, {
      title: "Two",
      items: [
        { sku: mat, quantity: 20, sale_price: usd(450) },
        { sku: lamp, quantity: 1 },
      ],
    });
    expect(changed.body).toMatchObject({
      title: "Two",
      items: [
        { sku: lamp, quantity: 1, remaining: 1, sale_price: usd(999) },
        { sku: mat, quantity: 20, remaining: 20, sale_price: usd(450) },
      ],
    });
    await eventually(async () => expect([await stock(lamp), await stock(mat)]).toEqual([99, 80]));
    const later = inMinutes(90);
    expect((await edit(id, { ends_at: later })).body.ends_at).toBe(later);
    for (const sku of [lamp, mat])
      expect((await env.STOCK.getByName(`demo:${sku}#${id}`).sale())?.endsAt).toBe(Date.parse(later));
    await expectInvariantsHold();
  });

  it("is refused by name, and then changes nothing of any of them", async () => {
    const { id, lamp, mat } = await openTwo("SEDIT-2");
    const worse = await edit(id, {
      title: "x",
      items: [
        { sku: lamp, quantity: 4 },
        { sku: mat, quantity: 4 },
      ],
    });
    expect([codeOf(worse), worse.body.fields]).toEqual(["409 would_break_promise", ["items.1.quantity"]]);
    const short = await edit(id, {
      items: [
        { sku: lamp, quantity: 4 },
        { sku: mat, quantity: 101 },
      ],
    });
    expect([codeOf(short), short.body.sku, short.body.available]).toEqual(["409 not_enough_stock", mat, 95]);
    const unnamed = await edit(id, { quantity: 9, items: [{ sku: "SEDIT-HAT", quantity: 9 }] });
    expect([codeOf(unnamed), fieldsOf(unnamed)]).toEqual(["422 invalid_request", ["items.0.sku", "quantity"]]);
    expect(await readSale(id)).toMatchObject({ title: null, quantity: 8 });
    expect([await stock(lamp), await stock(mat)]).toEqual([97, 95]);
  });

  it("that cancels gives back what is left of each", async () => {
    const { id, lamp, mat } = await openTwo("SEDIT-3");
    await take(id, "ann@example.com", lamp);
    expect((await api("POST", `/flash-sales/${id}/cancel`)).body.state).toBe("cancelled");
    await eventually(async () => expect([await stock(lamp), await stock(mat)]).toEqual([99, 100]));
    expect(codeOf(await take(id, "bob@example.com", mat))).toBe("409 ended");
    await expectInvariantsHold();
  });
});
