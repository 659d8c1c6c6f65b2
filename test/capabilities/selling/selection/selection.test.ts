import { beforeAll, describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import { eventually } from "../../../support/settled.ts";
import { checkOut, fillCart, play } from "../../../support/shopper.ts";
import { newShop, stockShop } from "../search/search-kit.ts";

let shop: string;
beforeAll(async () => {
  shop = await newShop();
  await stockShop(shop, [
    { handle: "teapot", title: "Teapot", tags: ["tea", "ai:cosy"], price: 4_200, on_hand: 120 },
    { handle: "cup", title: "Cup", tags: ["tea"], price: 900, on_hand: 49 },
    { handle: "lamp", title: "Lamp", tags: ["cosy"], price: 9_000, on_hand: 50 },
    { handle: "rug", title: "Rug", price: 30_000, on_hand: 0 },
  ]);
  const gifts = { handle: "gifts", title: "Gifts", product_handles: ["cup", "lamp"] };
  expect((await api("POST", "/collections", { shop, body: gifts })).status).toBe(201);
  await eventually(async () => {
    expect(await handles([{ kind: "category", collections: ["gifts"] }])).toEqual(["lamp", "cup"]);
    expect(await handles([{ kind: "stock", min: 1 }])).toHaveLength(3);
  });
});

type Selectors = Record<string, unknown>[];
const select = (selectors: Selectors, { query = "", combine }: { query?: string; combine?: string } = {}) =>
  api("POST", `/selection${query}`, { shop, body: { selectors, ...(combine && { combine }) } });
const handles = async (selectors: Selectors, combine?: string): Promise<string[]> => {
  const answer = await select(selectors, { combine });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data.map((it: { handle: string }) => it.handle);
};

describe("selectors", () => {
  it("choose by stock depth, deepest first, and scarcest first below a max", async () => {
    expect(await handles([{ kind: "stock", min: 50 }])).toEqual(["teapot", "lamp"]);
    expect(await handles([{ kind: "stock", max: 49 }])).toEqual(["rug", "cup"]);
  });

  it("choose by tag, and tell the tags of a program from those of the merchant", async () => {
    const cosy = (by?: string) => handles([{ kind: "tag", tags: ["cosy"], ...(by && { by }) }]);
    expect(await cosy()).toEqual(["teapot", "lamp"]);
    expect(await cosy("merchant")).toEqual(["lamp"]);
    expect(await cosy("ai")).toEqual(["teapot"]);
    expect(await handles([{ kind: "tag", tags: ["tea", "cosy"] }])).toEqual(["teapot", "lamp", "cup"]);
    expect(await handles([{ kind: "tag", tags: ["tea", "cosy"], match: "all" }])).toEqual(["teapot"]);
  });

  it("choose by price, both ends included", async () => {
    expect((await handles([{ kind: "price", min: 900, max: 4_200 }])).sort()).toEqual(["cup", "teapot"]);
  });

  it("choose by sales: what was paid counts, what was not does not", async () => {
    const ordered = async (sku: string, quantity: number, outcome?: string) => {
      const placed = await checkOut(await fillCart({ [sku]: quantity }, shop), { shop });
      expect(placed.status, placed.text).toBe(201);
      if (outcome) await play(placed.body.order.payments[0].id, outcome, undefined, shop);
    };
    await ordered("CUP", 14, "paid");
    await ordered("LAMP", 20);
    await ordered("TEAPOT", 3, "declined");
    await eventually(async () => expect((await api("GET", "/orders?state=paid", { shop })).body.data).toHaveLength(1));
    const fast = await select([{ kind: "sales", days: 7, min: 14 }]);
    expect(fast.body.data).toMatchObject([
      { handle: "cup", reasons: [{ selector: 0, kind: "sales", because: "14 sold in 7 days, at least 14 wanted." }] },
    ]);
    expect((await handles([{ kind: "sales", max: 13 }])).sort()).toEqual(["lamp", "rug", "teapot"]);
  });
});

describe("a selection", () => {
  const tea = { kind: "tag", tags: ["tea"] };
  const deep = { kind: "stock", min: 50 };

  it("intersects its selectors, or unites them", async () => {
    expect(await handles([tea, deep])).toEqual(["teapot"]);
    expect((await handles([tea, deep], "any")).sort()).toEqual(["cup", "lamp", "teapot"]);
  });

  it("ranks by the weighted strengths and says why each product is there", async () => {
    const { body } = await select([{ ...tea, weight: 3 }, deep], { combine: "any" });
    expect(body.total).toBe(3);
    expect(body.data[0]).toMatchObject({
      handle: "teapot",
      price_range: { min: { amount: 4_200, currency: "USD" } },
      reasons: [
        { selector: 0, kind: "tag", strength: 1, because: "Tagged tea." },
        { selector: 1, kind: "stock", because: "120 available, at least 50 wanted." },
      ],
    });
    expect(body.data[1]).toMatchObject({ handle: "cup", score: 0.75, reasons: [{ selector: 0 }] });
    const weighed = await select([tea, { ...deep, weight: 5 }], { combine: "any" });
    expect(weighed.body.data.map((it: { handle: string }) => it.handle)).toEqual(["teapot", "lamp", "cup"]);
  });

  it("comes in pages without a gap, whose cursors no other selection takes", async () => {
    const first = await select([{ kind: "stock" }], { query: "?limit=3" });
    const second = await select([{ kind: "stock" }], { query: `?limit=3&cursor=${first.body.next_cursor}` });
    const seen = [...first.body.data, ...second.body.data].map((it: { handle: string }) => it.handle);
    expect(seen.toSorted()).toEqual(["cup", "lamp", "rug", "teapot"]);
    expect(second.body.next_cursor).toBeNull();
    const other = await select([deep], { query: `?limit=3&cursor=${first.body.next_cursor}` });
    expect([other.status, other.body.errors[0].field]).toEqual([422, "cursor"]);
  });

  it.each([
    ["no selector", []],
    ["an unknown kind", [{ kind: "mood" }]],
    ["min above max", [{ kind: "stock", min: 2, max: 1 }]],
    ["an unknown field", [{ kind: "stock", minimum: 2 }]],
    ["31 days of sales", [{ kind: "sales", days: 31 }]],
    ["11 selectors", Array.from({ length: 11 }, () => ({ kind: "stock" }))],
  ])("is refused with %s", async (_, selectors) => {
    expect(await select(selectors)).toMatchObject({ status: 422, body: { code: "invalid_request" } });
  });

  it("is sold: a key on a plan pays for each call by its meter", async () => {
    const own = await newShop();
    const terms = { name: "Partner", plan: "silver", scopes: ["selection:read"] };
    const { body } = await api("POST", "/api-keys", { shop: own, body: terms });
    const call = { shop: own, key: body.key, body: { selectors: [{ kind: "stock" }] } };
    const paid = await api("POST", "/selection", call);
    expect([paid.status, paid.headers.get("souk-usage")]).toEqual([
      200,
      expect.stringMatching(/^meter=selection_calls, units=1,/),
    ]);
    const bad = await api("POST", "/selection", { ...call, body: { selectors: [] } });
    expect([bad.status, bad.headers.get("souk-usage")]).toEqual([422, expect.stringContaining("units=0")]);
  });

  it("is for staff with the scope, and sees its own shop only", async () => {
    const call = { shop, body: { selectors: [{ kind: "stock" }] } };
    expect((await api("POST", "/selection", { ...call, key: null })).status).toBe(401);
    const own = await newShop();
    expect((await api("POST", "/selection", { ...call, shop: own })).body).toMatchObject({ total: 0, data: [] });
  });
});
