import { abortAllDurableObjects } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { api, page } from "../../../support/api.ts";
import { eventually } from "../../../support/settled.ts";
import { find, handlesFor, newShop, settled, stockShop } from "./search-kit.ts";

const zh = (title: string) => ({ "zh-CN": { title } });
let shop: string;
afterEach(() => {
  vi.restoreAllMocks();
});

beforeAll(async () => {
  shop = await newShop();
  await stockShop(shop, [
    { handle: "teapot", title: "Stoneware teapot", vendor: "Kiln", tags: ["tea", "clay"], price: 4_200 },
    { handle: "cup", title: "Tea cup", vendor: "Kiln", tags: ["tea"], price: 900, on_hand: 0 },
    {
      handle: "headset",
      title: "Bluetooth headset X200",
      vendor: "Sono",
      price: 15_000,
      translations: zh("无线蓝牙耳机降噪"),
    },
    {
      handle: "lantern",
      title: "Paper lantern",
      description_html: "<p>Goes well with a teapot.</p>",
      price: 2_500,
      on_hand: 3,
    },
    {
      handle: "battery",
      title: "Batteries, pack of four",
      tags: ["power"],
      price: 700,
      translations: zh("七号电池四节装"),
    },
  ]);
  await eventually(async () => {
    const { facets } = await find(shop, { limit: rising() });
    expect(facets.availability).toEqual({ in_stock: 4, sold_out: 1 });
  });
});

describe("a search", () => {
  it("finds words in titles before words in descriptions, whatever their case, accents and number", async () => {
    expect(await handlesFor(shop, "teapot")).toEqual(["teapot", "lantern"]);
    expect(await handlesFor(shop, "TEAPOTS")).toEqual(["teapot", "lantern"]);
    expect(await handlesFor(shop, "battery")).toEqual(["battery"]);
    expect(await handlesFor(shop, "stòneware")).toEqual(["teapot"]);
  });

  it("takes the last word as a beginning and the others as whole words", async () => {
    expect(await handlesFor(shop, "stone")).toEqual(["teapot"]);
    expect(await handlesFor(shop, "paper lant")).toEqual(["lantern"]);
  });

  it("finds Chinese words wherever they stand in a title, of one character or several", async () => {
    for (const q of ["蓝牙", "耳机", "降噪耳机", "无线", "蓝牙耳机", "机"])
      expect(await handlesFor(shop, q), q).toEqual(["headset"]);
    expect(await handlesFor(shop, "电池")).toEqual(["battery"]);
  });

  it("finds vendors, tags and SKUs", async () => {
    expect(await handlesFor(shop, "sono")).toEqual(["headset"]);
    expect(await handlesFor(shop, "power")).toEqual(["battery"]);
    expect(await handlesFor(shop, "x 200")).toEqual(["headset"]);
  });

  it("corrects misspelt words and says so", async () => {
    const found = await find(shop, { q: "stonware teapto" });
    expect(found).toMatchObject({ way: "corrected", did_you_mean: "stoneware teapot", total: 1 });
    expect(found.data[0].handle).toBe("teapot");
    expect(await find(shop, { q: "bluetoth" })).toMatchObject({ did_you_mean: "bluetooth", total: 1 });
  });

  it("lets those that come near follow where few have all of many words", async () => {
    const own = await newShop();
    await stockShop(own, [
      { handle: "exact", title: "Round blue oak table, waxed" },
      { handle: "near", title: "Round blue oak table" },
      { handle: "far", title: "Blue cup" },
    ]);
    expect(await handlesFor(own, "round blue waxed oak table")).toEqual(["exact", "near"]);
    expect(await handlesFor(own, "waxed table")).toEqual(["exact"]);
    const guessed = await find(own, { q: "teal oak table" });
    expect([guessed.way, guessed.did_you_mean]).toEqual(["some", null]);
  });

  it("is content with some of the words where no product has all", async () => {
    const found = await find(shop, { q: "paper teapot submarine" });
    expect(found.way).toBe("some");
    expect(found.data.map((it: { handle: string }) => it.handle)).toContain("lantern");
  });

  it("marks what matched, in pieces and not in HTML", async () => {
    const [hit] = (await find(shop, { q: "teapots" })).data;
    expect(hit.highlights.title).toEqual([
      { text: "Stoneware ", is_match: false },
      { text: "teapot", is_match: true },
    ]);
    const lantern = (await find(shop, { q: "teapot" })).data[1];
    expect(lantern.highlights.text).toContainEqual({ text: "teapot", is_match: true });
  });

  it("shows price, picture and stock of each hit", async () => {
    await eventually(async () => {
      const [hit] = (await find(shop, { q: "lantern", limit: rising() })).data;
      expect(hit).toMatchObject({
        price_range: { min: { amount: 2_500, currency: "USD" } },
        stock: { state: "few", left: 3 },
        image: null,
      });
      const [cup] = (await find(shop, { q: "tea cup", limit: rising() })).data;
      expect(cup.stock).toEqual({ state: "sold_out", left: null });
    });
  });
});

describe("facets", () => {
  it("count what each value would show, without their own filter", async () => {
    const { facets, total } = await find(shop, { q: "tea", vendor: "Kiln", in_stock: "true" });
    expect(total).toBe(1);
    expect(facets.availability).toEqual({ in_stock: 1, sold_out: 1 });
    const everything = await find(shop, {});
    expect(everything).toMatchObject({ way: "everything", total: 5 });
    expect(everything.facets.vendors).toEqual([
      { value: "Kiln", title: "Kiln", count: 2 },
      { value: "Sono", title: "Sono", count: 1 },
    ]);
    const sum = everything.facets.prices.reduce((total: number, it: { count: number }) => total + it.count, 0);
    expect(sum).toBe(5);
  });

  it("narrow by tags, price and collection, and follow a collection that changes", async () => {
    expect(await handlesFor(shop, "", { tag: "tea,clay" })).toEqual(["teapot"]);
    expect(await handlesFor(shop, "", { price_min: "2000", price_max: "5000", sort: "price_asc" })).toEqual([
      "lantern",
      "teapot",
    ]);
    const body = { handle: "gifts", title: "Gifts", product_handles: ["cup", "lantern"] };
    expect((await api("POST", "/collections", { shop, body })).status).toBe(201);
    await eventually(async () => {
      const { data, facets } = await find(shop, { collection: "gifts", sort: "price_desc", limit: "9" });
      expect(data.map((it: { handle: string }) => it.handle)).toEqual(["lantern", "cup"]);
      expect(facets.collections).toEqual([{ value: "gifts", title: "Gifts", count: 2 }]);
    });
  });

  it("refuse a price range that is turned round, which the page's form turns back", async () => {
    const turned = await api("GET", "/search?price_min=5000&price_max=2000", { shop, key: null });
    expect(turned).toMatchObject({ status: 422, body: { errors: [{ field: "price_max", code: "empty_range" }] } });
    expect((await api("GET", "/search?price_min=2000&price_max=2000", { shop, key: null })).status).toBe(200);
    for (const typed of ["from=50&to=20", "from=20&to=50"]) {
      const { status, headers } = await page("GET", `/search?${typed}`, { shop });
      expect([status, headers.get("location")]).toEqual([303, "/search?price_min=2000&price_max=5000"]);
    }
    expect((await page("GET", "/search?from=20&to=", { shop })).headers.get("location")).toBe("/search?price_min=2000");
  });

  it("follow the stock counters", async () => {
    await api("PUT", "/stock/CUP", { shop, body: { on_hand: 40 } });
    await eventually(async () => {
      const [hit] = (await find(shop, { q: "tea cup", limit: rising() })).data;
      expect(hit.stock.state).toBe("in_stock");
    });
    await api("PUT", "/stock/CUP", { shop, body: { on_hand: 0 } });
  });
});

describe("the first search after a quiet time", () => {
  it("sees the stock that came meanwhile", async () => {
    const own = await newShop();
    await stockShop(own, [{ handle: "drum", title: "Tin drum", on_hand: 0 }]);
    await api("PUT", "/stock/DRUM", { shop: own, body: { on_hand: 3 } });
    await eventually(async () => {
      const mirror = env.DB.prepare("SELECT on_hand FROM stock_levels WHERE tenant_id = ? AND sku = 'DRUM'").bind(own);
      expect(await mirror.first("on_hand")).toBe(3);
    });
    // A search waits for the mirror for a moment only, which may be over before a busy machine has read it.
    vi.spyOn(scheduler, "wait").mockReturnValue(new Promise(() => undefined));
    expect((await find(own, { q: "drum" })).data[0].stock).toEqual({ state: "few", left: 3 });
  });
});

describe("pages of a search", () => {
  it("follow each other without a gap, and no other search takes their cursor", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof find>> = await find(shop, {
        limit: "2",
        sort: "price_asc",
        ...(cursor && { cursor }),
      });
      seen.push(...page.data.map((it: { handle: string }) => it.handle));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(["battery", "cup", "lantern", "teapot", "headset"]);
    const { next_cursor } = await find(shop, { limit: "1" });
    for (const other of [`q=tea&cursor=${next_cursor}`, `sort=newest&cursor=${next_cursor}`, "cursor=zzz"])
      expect((await api("GET", `/search?${other}`, { shop, key: null })).status, other).toBe(422);
  });
});

describe("the index", () => {
  it("holds what shoppers see: no drafts, no archived or deleted products, titles as they are now", async () => {
    const own = await newShop();
    await stockShop(own, [
      { handle: "kite", title: "Red kite" },
      { handle: "drum", title: "Red drum" },
    ]);
    await stockShop(own, [{ handle: "secret", title: "Red secret", status: "draft" }]);
    expect((await handlesFor(own, "red")).sort()).toEqual(["drum", "kite"]);
    await api("PATCH", "/products/kite", { shop: own, body: { title: "Blue kite" } });
    await api("PATCH", "/products/drum", { shop: own, body: { status: "archived" } });
    await api("PATCH", "/products/secret", { shop: own, body: { status: "active" } });
    await eventually(async () => expect(await handlesFor(own, "red ", { limit: rising() })).toEqual(["secret"]));
    await api("DELETE", "/products/secret", { shop: own });
    await eventually(async () => expect(await handlesFor(own, "red ", { limit: rising() })).toEqual([]));
    expect(await handlesFor(own, "blue")).toEqual(["kite"]);
  });

  it("is another one for each shop", async () => {
    const own = await newShop();
    await stockShop(own, [{ handle: "whistle", title: "Tin whistle" }]);
    expect(await handlesFor(own, "teapot")).toEqual([]);
    expect(await find(shop, { q: "whistle" })).toMatchObject({ total: 0 });
    expect((await find(own, { q: "teapto" })).did_you_mean).toBeNull();
  });

  it("finds the same after its object was lost, and after a rebuild", async () => {
    const before = await handlesFor(shop, "tea", { limit: "7" });
    await abortAllDurableObjects();
    expect(await handlesFor(shop, "tea", { limit: "8" })).toEqual(before);
    expect((await api("POST", "/search/rebuild", { shop })).body.rebuild.status).toBe("running");
    await settled(shop);
    expect(await handlesFor(shop, "tea", { limit: "9" })).toEqual(before);
  });
});

describe("synonyms", () => {
  it("find what is called otherwise, in one word or several, in any language", async () => {
    const data = [
      ["teapot", "brewer", "tea vessel", "茶壶"],
      ["lantern", "lamp"],
    ];
    expect((await api("PUT", "/search/synonyms", { shop, body: { data } })).status).toBe(200);
    expect((await api("GET", "/search/synonyms", { shop })).body).toEqual({ data });
    for (const q of ["brewer", "tea vessel", "stoneware brewer", "茶壶"])
      expect((await handlesFor(shop, q))[0], q).toBe("teapot");
    expect(await handlesFor(shop, "paper lamps")).toEqual(["lantern"]);
    const twice = {
      data: [
        ["cup", "mug"],
        ["mugs", "beaker"],
      ],
    };
    expect(await api("PUT", "/search/synonyms", { shop, body: twice })).toMatchObject({ status: 422 });
    await api("PUT", "/search/synonyms", { shop, body: { data: [] } });
    expect(await handlesFor(shop, "brewer", { limit: "11" })).toEqual([]);
  });
});

describe("hot words", () => {
  it("are what several searches found, in the shop's own words only", async () => {
    const own = await newShop();
    await stockShop(own, [
      { handle: "kite", title: "Red kite" },
      { handle: "drum", title: "Tin drum" },
    ]);
    for (let i = 0; i < 4; i++) {
      await find(own, { q: "kite" });
      await find(own, { q: "no such thing" });
      await find(own, { q: "ann@example.com kite" });
    }
    await find(own, { q: "drum" });
    const hot = async (q: string) =>
      (await api("GET", `/search/suggestions?${new URLSearchParams({ q, limit: rising() })}`, { shop: own, key: null }))
        .body;
    await eventually(async () => expect((await hot("")).queries).toEqual(["kite"]));
    expect((await hot("ki")).queries).toEqual(["kite"]);
    expect((await hot("ti")).products).toMatchObject([
      { handle: "drum", highlights: [{ text: "Tin", is_match: true }, {}] },
    ]);
    expect(await find(own, { q: "submarine" })).toMatchObject({ total: 0, popular: ["kite"] });
  });
});

let limit = 0;
/** Another limit for each call: the same question is answered from memory for two seconds. */
const rising = (): string => String(1 + (limit++ % 12));
