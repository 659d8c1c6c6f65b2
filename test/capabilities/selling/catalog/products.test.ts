import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";

const usd = (amount: number) => ({ amount, currency: "USD" });
let n = 0;
const newHandle = (word: string) => `${word}-${++n}-${crypto.randomUUID().slice(0, 8)}`;

const create = async (body: Record<string, unknown> = {}) => {
  const handle = newHandle("bowl");
  const answer = await api("POST", "/products", {
    body: { handle, title: "Bowl", variants: [{ price: usd(1200) }], ...body },
  });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
};

describe("POST /products", () => {
  it("201: makes a product with one variant and a SKU from its handle", async () => {
    const product = await create();
    expect(product).toMatchObject({
      title: "Bowl",
      status: "active",
      options: [{ name: "Title", values: ["Default Title"] }],
      price_range: { min: usd(1200), max: usd(1200) },
      collections: [],
      version: 1,
    });
    expect(product.id).toMatch(/^prd_/);
    expect(product.variants[0]).toMatchObject({ sku: product.handle.toUpperCase(), title: "", position: 1 });
  });

  it("201: takes options, images, translations and stock", async () => {
    const sku = newHandle("cup");
    const product = await create({
      options: [{ name: "Size", values: ["L", "S"] }],
      images: [
        { src: "/demo/b.svg", position: 2 },
        { src: "/demo/a.svg", alt: "A", width: 100, height: 80, position: 1 },
      ],
      translations: { "zh-CN": { title: "碗", options: { Size: "尺寸", S: "小" } } },
      seo: { title: "Bowls" },
      variants: [
        { sku, options: ["S"], price: usd(900), compare_at_price: usd(1000), on_hand: 7, grams: 300 },
        { options: ["L"], price: usd(1500), image: "/demo/b.svg" },
      ],
    });
    expect(product.image).toEqual({ src: "/demo/a.svg", alt: "A", width: 100, height: 80, position: 1 });
    expect(product.options).toEqual([{ name: "Size", values: ["L", "S"] }]);
    expect(product.variants.map((it: { title: string }) => it.title)).toEqual(["S", "L"]);
    expect(product.translations["zh-CN"].title).toBe("碗");
    expect((await api("GET", `/stock/${sku}`)).body).toMatchObject({ on_hand: 7 });
  });
});

describe("POST /products refuses", () => {
  it("409 handle_taken, also when two ask at once", async () => {
    const handle = newHandle("twin");
    const body = { handle, title: "Twin", variants: [{ price: usd(1) }] };
    const answers = await Promise.all(Array.from({ length: 10 }, () => api("POST", "/products", { body })));
    expect(answers.map((it) => it.status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect(answers.find((it) => it.status === 409)?.body.code).toBe("handle_taken");
  });

  it("409 sku_taken: by another product and inside one", async () => {
    const sku = newHandle("sku");
    await create({ variants: [{ sku, price: usd(1) }] });
    const other = await api("POST", "/products", {
      body: { handle: newHandle("x"), title: "X", variants: [{ sku, price: usd(1) }] },
    });
    expect([other.status, other.body.code]).toEqual([409, "sku_taken"]);
    const variants = ["a", "b"].map((value) => ({ sku: `${sku}-2`, options: [value], price: usd(1) }));
    const twice = await api("POST", "/products", {
      body: { handle: newHandle("x"), title: "X", options: [{ name: "O" }], variants },
    });
    expect([twice.status, twice.body.code]).toEqual([409, "sku_taken"]);
  });

  it("422: names what is wrong", async () => {
    const good = { handle: newHandle("x"), title: "X", variants: [{ price: usd(1) }] };
    const cases: [Record<string, unknown>, string, string?][] = [
      [{ variants: [{ price: { amount: 1, currency: "EUR" } }] }, "wrong_currency"],
      [{ variants: [{ price: usd(1), options: ["a", "b"] }] }, "invalid_request", "variants.0.options"],
      [{ variants: [{ price: usd(-1) }] }, "invalid_request", "variants.0.price.amount"],
      [{ variants: [{ price: usd(1.5) }] }, "invalid_request", "variants.0.price.amount"],
      [{ variants: [] }, "invalid_request", "variants"],
      [{ title: "x".repeat(256) }, "invalid_request", "title"],
      [{ handle: "No Handle" }, "invalid_request", "handle"],
      [{ surprise: 1 }, "invalid_request", "surprise"],
      [{ images: [{ src: "javascript:alert(1)" }] }, "invalid_request", "images.0.src"],
    ];
    for (const [change, code, field] of cases) {
      const answer = await api("POST", "/products", { body: { ...good, ...change } });
      expect([answer.status, answer.body.code, field && answer.body.errors[0].field], JSON.stringify(change)).toEqual([
        422,
        code,
        field,
      ]);
    }
  });

  it("422: refuses two variants with the same options", async () => {
    const variants = [1, 2].map(() => ({ options: ["a"], price: usd(1) }));
    const answer = await api("POST", "/products", {
      body: { handle: newHandle("x"), title: "X", options: [{ name: "O" }], variants },
    });
    expect([answer.status, answer.body.errors[0].code]).toEqual([422, "duplicate_options"]);
  });

  it("401 and 403: needs a key with catalog:write", async () => {
    expect((await api("POST", "/products", { key: null, body: {} })).status).toBe(401);
  });
});

describe("PATCH /products/{handle}", () => {
  it("200: changes what is named and keeps the rest", async () => {
    const { handle } = await create({ vendor: "Kiln", tags: ["a"] });
    const answer = await api("PATCH", `/products/${handle}`, { body: { title: "New", tags: [] } });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ title: "New", vendor: "Kiln", tags: [], version: 2 });
    expect((await api("GET", `/products/${handle}`, { key: null })).body.title).toBe("New");
  });

  it("200: a list of variants replaces by SKU and keeps ids", async () => {
    const [a, b, c] = [newHandle("a"), newHandle("b"), newHandle("c")];
    const product = await create({
      options: [{ name: "O" }],
      variants: [
        { sku: a, options: ["1"], price: usd(1) },
        { sku: b, options: ["2"], price: usd(2) },
      ],
    });
    const body = {
      variants: [
        { sku: c, options: ["3"], price: usd(3) },
        { sku: b, options: ["2"], price: usd(4) },
      ],
    };
    const changed = (await api("PATCH", `/products/${product.handle}`, { body })).body;
    expect(changed.variants.map((it: { sku: string }) => it.sku)).toEqual([c, b]);
    expect(changed.variants[1].id).toBe(product.variants[1].id);
    expect(changed.options).toEqual([{ name: "O", values: ["2", "3"] }]);
    expect((await create({ variants: [{ sku: a, price: usd(1) }] })).variants[0].sku).toBe(a);
  });

  it("200: twenty changes of different fields at once lose none", async () => {
    const { handle } = await create();
    const fields = [{ vendor: "V" }, { type: "T" }, { title: "N" }];
    const answers = await Promise.all(fields.map((body) => api("PATCH", `/products/${handle}`, { body })));
    expect(answers.map((it) => it.status)).toEqual([200, 200, 200]);
    expect((await api("GET", `/products/${handle}`)).body).toMatchObject({
      vendor: "V",
      type: "T",
      title: "N",
      version: 4,
    });
  });

  it("404 not_found", async () => {
    expect((await api("PATCH", "/products/nothing", { body: {} })).status).toBe(404);
  });
});

describe("GET /products/{handle}", () => {
  it("404: visitors see no drafts, staff do", async () => {
    const { handle } = await create({ status: "draft" });
    expect((await api("GET", `/products/${handle}`, { key: null })).status).toBe(404);
    expect((await api("GET", `/products/${handle}`)).status).toBe(200);
    await api("PATCH", `/products/${handle}`, { body: { status: "active" } });
    expect((await api("GET", `/products/${handle}`, { key: null })).status).toBe(200);
  });

  it("404: another shop's product", async () => {
    const { handle } = await create();
    expect((await api("GET", `/products/${handle}`, { shop: "acme" })).status).toBe(404);
    expect((await api("DELETE", `/products/${handle}`, { shop: "acme" })).status).toBe(404);
  });
});

describe("DELETE /products/{handle}", () => {
  it("204, then 404", async () => {
    const { handle } = await create();
    expect((await api("DELETE", `/products/${handle}`)).status).toBe(204);
    expect((await api("GET", `/products/${handle}`, { key: null })).status).toBe(404);
    expect((await api("DELETE", `/products/${handle}`)).status).toBe(404);
  });
});

describe("GET /products", () => {
  it("200: pages through all active products, newest first, each once", async () => {
    const handles: string[] = [];
    for (let i = 0; i < 5; i++) handles.push((await create({ status: i === 2 ? "draft" : "active" })).handle);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page = await api("GET", `/products?limit=2${query}`, { key: null });
      expect(page.status, page.text).toBe(200);
      seen.push(...page.body.data.map((it: { handle: string }) => it.handle));
      cursor = page.body.next_cursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((it) => handles.includes(it))).toHaveLength(4);
    expect(seen).not.toContain(handles[2]);
    const drafts = await api("GET", "/products?status=draft");
    expect(drafts.body.data.every((it: { status: string }) => it.status === "draft")).toBe(true);
  });

  it("403 forbidden: visitors may not ask for drafts", async () => {
    const answer = await api("GET", "/products?status=draft", { key: null });
    expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
  });

  it("422 invalid_request: a cursor that was tampered with, or of another shop", async () => {
    await create();
    await create();
    const { next_cursor: cursor } = (await api("GET", "/products?limit=1")).body;
    for (const [wrong, shop] of [
      ["x!", "demo"],
      [`${cursor}AA`, "demo"],
      [cursor, "acme"],
      [btoa("[]"), "demo"],
    ]) {
      const answer = await api("GET", `/products?cursor=${wrong}`, { shop });
      expect([answer.status, answer.body.errors?.[0].field], wrong).toEqual([422, "cursor"]);
    }
    for (const limit of ["0", "101", "1e9", "-1", "", "x"])
      expect((await api("GET", `/products?limit=${limit}`)).status, limit).toBe(422);
  });

  it("404 not_found: an unknown collection", async () => {
    expect((await api("GET", "/products?collection=none")).status).toBe(404);
  });
});
