import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import { codeOf, inMinutes, join, openSale, readSale, scheduleSale } from "../../../support/flash-sale.ts";
import { eventually, expectInvariantsHold } from "../../../support/settled.ts";
import { putOnSale } from "../../../support/shopper.ts";

const stock = async (sku: string) => (await api("GET", `/stock/${sku}`)).body;

describe("a flash sale", () => {
  it("takes its units out of the SKU's stock and gives back what is left when it is cancelled", async () => {
    const sale = await openSale("POOL-1", { quantity: 40 });
    expect(await stock("POOL-1")).toMatchObject({ on_hand: 60, available: 60 });
    expect(await readSale(sale.id)).toMatchObject({ state: "live", remaining: 40, quantity: 40 });
    expect((await join(sale.id, "ann@example.com")).status).toBe(201);
    const cancelled = await api("POST", `/flash-sales/${sale.id}/cancel`);
    expect([cancelled.status, cancelled.body.state]).toEqual([200, "cancelled"]);
    await eventually(async () => expect(await stock("POOL-1")).toMatchObject({ on_hand: 99 }));
    expect(codeOf(await join(sale.id, "bob@example.com"))).toBe("409 ended");
    expect((await api("POST", `/flash-sales/${sale.id}/cancel`)).status).toBe(200);
    await expectInvariantsHold();
  });

  it("is refused when the SKU has too few units, and then takes none", async () => {
    await putOnSale("POOL-2", 5);
    const refused = await scheduleSale({ sku: "POOL-2", quantity: 6 }, { key: "few" });
    expect([codeOf(refused), refused.body.available]).toEqual(["409 not_enough_stock", 5]);
    expect(codeOf(await scheduleSale({ sku: "NOBODY-2" }))).toBe("404 unknown_sku");
    expect(await stock("POOL-2")).toMatchObject({ on_hand: 5 });
    await api("PUT", "/stock/POOL-2", { body: { on_hand: 6 } });
    expect((await scheduleSale({ sku: "POOL-2", quantity: 6 }, { key: "few" })).status).toBe(201);
    expect(await stock("POOL-2")).toMatchObject({ on_hand: 0 });
  });

  it("posted 20 times with one key is one sale that takes its units once", async () => {
    await putOnSale("POOL-3", 100);
    const terms = { sku: "POOL-3", starts_at: inMinutes(5), ends_at: inMinutes(60) };
    const made = await Promise.all(Array.from({ length: 20 }, () => scheduleSale(terms, { key: "sale-3" })));
    expect(new Set(made.map((it) => `${it.status} ${it.body.id}`)).size).toBe(1);
    expect(await stock("POOL-3")).toMatchObject({ on_hand: 90 });
    expect(codeOf(await scheduleSale({ ...terms, quantity: 11 }, { key: "sale-3" }))).toBe("422 key_reused");
  });

  it.each([
    ["ends_at", { ends_at: inMinutes(-1), starts_at: inMinutes(-2) }],
    ["ends_at", { starts_at: inMinutes(10), ends_at: inMinutes(9) }],
    ["sale_price.currency", { sale_price: { amount: 1, currency: "EUR" } }],
    ["starts_at", { starts_at: "tomorrow" }],
    ["quantity", { quantity: 0 }],
    ["per_buyer_limit", { per_buyer_limit: 0 }],
    ["shards", { shards: 65 }],
  ])("with a wrong %s is refused by name", async (field, terms) => {
    const answer = await scheduleSale({ sku: "ANY", ...terms });
    expect([answer.status, answer.body.errors?.[0].field]).toEqual([422, field]);
  });

  it("is listed by its SKU, the latest start first, page by page", async () => {
    await putOnSale("LIST-1", 100);
    const ids: string[] = [];
    for (const start of [1, 2, 3])
      ids.push((await scheduleSale({ sku: "LIST-1", starts_at: inMinutes(start) })).body.id);
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = await api("GET", `/flash-sales?sku=LIST-1&limit=2${cursor && `&cursor=${cursor}`}`, { key: null });
      expect(page.status, page.text).toBe(200);
      seen.push(...page.body.data.map((it: { id: string }) => it.id));
      cursor = page.body.next_cursor ?? "";
    } while (cursor);
    expect(seen).toEqual(ids.reverse());
  });
});

describe("an edit of a flash sale", () => {
  it("before the start may change everything; units move with the quantity", async () => {
    const sale = await openSale("EDIT-1", { starts_at: inMinutes(30), quantity: 20 });
    const edit = (body: object) => api("PATCH", `/flash-sales/${sale.id}`, { body });
    expect((await edit({ quantity: 50, sale_price: { amount: 5, currency: "USD" } })).body).toMatchObject({
      quantity: 50,
      sale_price: { amount: 5 },
      remaining: 50,
    });
    expect(await stock("EDIT-1")).toMatchObject({ on_hand: 50 });
    expect((await edit({ quantity: 10 })).body).toMatchObject({ quantity: 10, remaining: 10 });
    await eventually(async () => expect(await stock("EDIT-1")).toMatchObject({ on_hand: 90 }));
    const tooMany = await edit({ quantity: 101 });
    expect([codeOf(tooMany), tooMany.body.available]).toEqual(["409 not_enough_stock", 90]);
    expect(codeOf(await edit({ ends_at: inMinutes(29) }))).toBe("422 invalid_request");
    await expectInvariantsHold();
  });

  it("while live keeps every promise, and what was allowed decides at once", async () => {
    const sale = await openSale("EDIT-2", { quantity: 1 });
    const edit = (body: object) => api("PATCH", `/flash-sales/${sale.id}`, { body });
    const refused = await edit({
      sale_price: { amount: 1, currency: "USD" },
      quantity: 0 + 1,
      starts_at: inMinutes(5),
    });
    expect([codeOf(refused), refused.body.fields]).toEqual(["409 would_break_promise", ["sale_price", "starts_at"]]);
    expect((await join(sale.id, "ann@example.com")).status).toBe(201);
    expect(codeOf(await join(sale.id, "bob@example.com"))).toBe("409 sold_out");
    expect((await edit({ quantity: 2, per_buyer_limit: 2 })).body).toMatchObject({ quantity: 2, remaining: 1 });
    expect((await join(sale.id, "ann@example.com")).status).toBe(201);
    expect(codeOf(await edit({ quantity: 1 }))).toBe("409 would_break_promise");
  });

  it("while live is refused by the name of each field that it would take from buyers, and changes nothing", async () => {
    const sale = await openSale("EDIT-4", {
      quantity: 5,
      per_buyer_limit: 2,
      eligibility: { countries: ["US", "CN"] },
      waiting_room: { admit_per_second: 50 },
    });
    const edits = {
      sale_price: { amount: 998, currency: "USD" },
      quantity: 4,
      starts_at: inMinutes(-2),
      ends_at: inMinutes(59),
      per_buyer_limit: 1,
      eligibility: { countries: ["US"] },
      waiting_room: { admit_per_second: 49 },
    };
    const edit = (body: object) => api("PATCH", `/flash-sales/${sale.id}`, { body });
    for (const [field, value] of Object.entries(edits)) {
      const refused = await edit({ [field]: value, title: "Changed" });
      expect([field, codeOf(refused), refused.body.fields]).toEqual([field, "409 would_break_promise", [field]]);
    }
    const all = await edit(edits);
    expect(all.body.fields.toSorted()).toEqual(Object.keys(edits).toSorted());
    expect((await readSale(sale.id)).title).toBeNull();
  });

  it("is refused once the sale is over", async () => {
    const sale = await openSale("EDIT-3");
    await api("POST", `/flash-sales/${sale.id}/cancel`);
    expect(codeOf(await api("PATCH", `/flash-sales/${sale.id}`, { body: { title: "x" } }))).toBe("409 sale_over");
  });
});
