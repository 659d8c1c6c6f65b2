import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import { codes, csvOf, exportFile, importFile, newShop, startImport, type TestRow } from "./import-kit.ts";

const tea = (handle: string, more: TestRow = {}): TestRow => ({
  Handle: handle,
  Title: "Tea",
  "Option1 Name": "Title",
  "Option1 Value": "Default Title",
  "Variant SKU": "",
  "Variant Price": "9.99",
  ...more,
});
const size = (handle: string, value: string, more: TestRow = {}): TestRow => ({
  ...tea(handle),
  "Option1 Name": "Size",
  "Option1 Value": value,
  ...more,
});

describe("a catalogue import", () => {
  it("202: changes only what differs", async () => {
    const shop = await newShop();
    const rows = ["a", "b", "c"].map((handle) => tea(handle));
    expect(await importFile(shop, csvOf(rows))).toMatchObject({
      status: "done",
      rows: 3,
      products_created: 3,
      variants: 3,
      errors: [],
    });
    const [a, ...rest] = rows;
    const changed = csvOf([{ ...a, "Variant Price": "8.00" }, ...rest]);
    expect(await importFile(shop, changed)).toMatchObject({
      products_created: 0,
      products_updated: 1,
      products_unchanged: 2,
    });
    expect(await importFile(shop, changed)).toMatchObject({ products_updated: 0, products_unchanged: 3 });
    expect((await api("GET", "/products/a", { shop })).body).toMatchObject({
      version: 2,
      price_range: { min: { amount: 800, currency: "USD" } },
    });
    expect((await api("GET", "/products/b", { shop })).body.version).toBe(1);
  });

  it("leaves alone what the file has no column for", async () => {
    const shop = await newShop();
    await importFile(
      shop,
      csvOf([tea("a", { "Body (HTML)": "<p>Long</p>", Vendor: "Kiln", "Variant SKU": "A-1", "Cost per item": "3" })]),
    );
    const id = (await api("GET", "/products/a", { shop })).body.variants[0].id;
    await api("PATCH", "/products/a", { shop, body: { translations: { "zh-CN": { title: "茶" } } } });
    const prices = csvOf([{ Handle: "a", Title: "Tea", "Variant SKU": "A-1", "Variant Price": "12" }]);
    expect(await importFile(shop, prices)).toMatchObject({ products_updated: 1, rows_rejected: 0 });
    const product = (await api("GET", "/products/a", { shop })).body;
    expect(product).toMatchObject({
      description_html: "<p>Long</p>",
      vendor: "Kiln",
      translations: { "zh-CN": { title: "茶" } },
    });
    expect(product.variants[0]).toMatchObject({ id, sku: "A-1", price: { amount: 1200 } });
    expect(await exportFile(shop)).toContain(",3,");
  });
});

describe("the stock of an import", () => {
  it("sets stock once: the same quantity again leaves sales alone", async () => {
    const shop = await newShop();
    const file = (qty: string) => csvOf([tea("a", { "Variant SKU": "S1", "Variant Inventory Qty": qty })]);
    await importFile(shop, file("10"));
    await api("POST", "/stock/S1/adjustments", { shop, body: { delta: -3, reason: "sold at the fair" } });
    await importFile(shop, file("10"));
    expect((await api("GET", "/stock/S1", { shop })).body.on_hand).toBe(7);
    expect(await importFile(shop, file("20"))).toMatchObject({ products_updated: 1 });
    expect((await api("GET", "/stock/S1", { shop })).body.on_hand).toBe(20);
    expect(await importFile(shop, file("-1"))).toMatchObject({ rows_rejected: 0 });
    expect((await api("GET", "/stock/S1", { shop })).body.on_hand).toBe(20);
    await importFile(
      shop,
      csvOf([tea("b", { "Variant SKU": "S2", "Variant Inventory Qty": "5", "Variant Inventory Tracker": "shipwire" })]),
    );
    expect((await api("GET", "/stock/S2", { shop })).status).toBe(404);
  });
});

describe("the errors of an import", () => {
  it("keeps good rows beside bad ones, and names line and column", async () => {
    const shop = await newShop();
    const outcome = await importFile(
      shop,
      csvOf([
        size("a", "S"),
        size("a", "M", { "Variant Price": "-1" }),
        size("a", "L", { "Variant Price": "1.999" }),
        size("a", "XL", { "Variant Price": "cheap" }),
        size("a", "S", { "Variant SKU": "other" }),
        tea("b", { Title: "" }),
        tea("B"),
        tea("c", { Status: "sold" }),
        tea("d", { "Image Src": "javascript:x" }),
        tea("e"),
        tea("a"),
        tea("f", { "Variant SKU": "DUP" }),
        tea("g", { "Variant SKU": "DUP" }),
        tea("h", { "Variant SKU": "with blank" }),
        tea(""),
        tea("i", { "Variant Price": "" }),
        tea("j", { Title: "x".repeat(300) }),
      ]),
    );
    expect(codes(outcome)).toEqual([
      [3, "Variant Price", "invalid_price"],
      [4, "Variant Price", "invalid_price"],
      [5, "Variant Price", "invalid_price"],
      [6, "Option1 Value", "duplicate_options"],
      [7, "Title", "title_missing"],
      [8, "Handle", "invalid_handle"],
      [9, "Status", "invalid_status"],
      [10, "Image Src", "invalid_url"],
      [12, "Handle", "duplicate_handle"],
      [14, "Variant SKU", "sku_taken"],
      [15, "Variant SKU", "invalid_sku"],
      [16, "Handle", "handle_missing"],
      [17, "Variant Price", "price_missing"],
      [18, "Title", "too_long"],
    ]);
    expect(outcome).toMatchObject({ status: "done", rows: 17, products_created: 5, variants: 5, rows_rejected: 12 });
    const skus = await Promise.all(
      ["f", "g", "h"].map(async (it) => (await api("GET", `/products/${it}`, { shop })).body.variants[0].sku),
    );
    expect(skus).toEqual(["DUP", "G", "WITH-BLANK"]);
  });
});

describe("an import of a file with flaws", () => {
  it("never removes a variant because its row could not be read", async () => {
    const shop = await newShop();
    await importFile(shop, csvOf([size("a", "S"), size("a", "M"), size("a", "L")]));
    await importFile(shop, csvOf([size("a", "S"), size("a", "M", { "Variant Price": "x" })]));
    expect((await api("GET", "/products/a", { shop })).body.variants).toHaveLength(3);
    await importFile(shop, csvOf([size("a", "S"), size("a", "M")]));
    expect((await api("GET", "/products/a", { shop })).body.variants).toHaveLength(2);
  });

  it("reads BOM, CRLF, quoted line breaks and doubled quotes, and passes over blank lines", async () => {
    const shop = await newShop();
    const text =
      '\uFEFFHandle,Title,Body (HTML),Variant Price\r\na,"Say ""hi"", all","<p>1</p>\r\n<p>2</p>\n",5\r\n\n,,,\nb,B,,6';
    expect(await importFile(shop, text)).toMatchObject({ rows: 2, products_created: 2, errors: [] });
    expect((await api("GET", "/products/a", { shop })).body).toMatchObject({
      title: 'Say "hi", all',
      description_html: "<p>1</p>\r\n<p>2</p>\n",
    });
  });

  it("rejects a row that is not UTF-8, too short, too long a record or badly quoted, and goes on", async () => {
    const shop = await newShop();
    const head = "Handle,Title,Variant Price\n";
    const latin1 = new Uint8Array([...new TextEncoder().encode("bad,Caf"), 0xe9, ...new TextEncoder().encode(",5\n")]);
    const parts = [
      head,
      "a,A,1\n",
      latin1,
      "short,S\n",
      `big,"${"x".repeat(10_000_000)}\n",5\n`,
      "b,B,2\n",
      'q,"Q"uote,3\n',
      "n,N\0,3\n",
      "c,C,4\n",
      'open,"never closed,5\n',
    ];
    const outcome = await importFile(shop, new Blob(parts));
    expect(codes(outcome)).toEqual([
      [3, null, "not_utf8"],
      [4, null, "column_count"],
      [5, null, "record_too_long"],
      [8, "Title", "bad_quote"],
      [9, null, "invalid_text"],
      [11, "Title", "bad_quote"],
    ]);
    expect(outcome).toMatchObject({ status: "done", products_created: 3, rows_rejected: 6, rows: 9 });
  });
});

describe("what an import keeps", () => {
  it("keeps columns and cells that it does not know, whatever they are called", async () => {
    const shop = await newShop();
    const rows = [
      tea("a", { __proto__x: "1", constructor: "2", "Custom, Field": "3", "Variant Tax Code": "T" }),
      { Handle: "a", "Image Src": "https://x.test/2.png", "Custom, Field": "on an image row" },
      { ...size("a", "unused"), Title: "Repeated", "Option1 Value": "Other", constructor: "on a variant row" },
    ];
    expect(await importFile(shop, csvOf(rows))).toMatchObject({ rows_rejected: 0 });
    const exported = await exportFile(shop);
    for (const cell of [
      "constructor",
      '"Custom, Field"',
      "on an image row",
      "on a variant row",
      "Repeated",
      "__proto__x",
    ])
      expect(exported).toContain(cell);
    expect(await importFile(shop, exported)).toMatchObject({ products_unchanged: 1, products_updated: 0 });
  });

  it("takes minor units from the shop's currency", async () => {
    const [yen, dinar] = [await newShop("JPY"), await newShop("KWD")];
    expect(
      codes(
        await importFile(yen, csvOf([tea("a", { "Variant Price": "1500" }), tea("b", { "Variant Price": "9.99" })])),
      ),
    ).toEqual([[3, "Variant Price", "invalid_price"]]);
    await importFile(dinar, csvOf([tea("a", { "Variant Price": "1.234" })]));
    expect((await api("GET", "/products/a", { shop: yen })).body.price_range.min.amount).toBe(1500);
    expect((await api("GET", "/products/a", { shop: dinar })).body.price_range.min.amount).toBe(1234);
  });
});

describe("a catalogue export", () => {
  it("stays unchanged by its own export after products were made and changed by API", async () => {
    const shop = await newShop();
    const price = { amount: 1000, currency: "USD" };
    await importFile(
      shop,
      csvOf([tea("csv", { "Variant Price": "50", Tags: "b,a", Published: "TRUE", "Variant Inventory Qty": "3" })]),
    );
    await api("PATCH", "/products/csv", { shop, body: { tags: ["x"], status: "draft", variants: [{ price }] } });
    const variants = [
      { options: ["S"], price, on_hand: 4 },
      { options: ["M"], price, sku: "M" },
    ];
    await api("POST", "/products", {
      shop,
      body: {
        handle: "api",
        title: "Api",
        options: [{ name: "Size", values: ["M", "S"] }],
        variants,
        images: [{ src: "/a.png", width: 4, height: 3 }],
      },
    });
    expect(await importFile(shop, await exportFile(shop))).toMatchObject({
      products_unchanged: 2,
      products_updated: 0,
      errors: [],
    });
    expect((await api("GET", "/products/api", { shop })).body.images[0]).toMatchObject({ width: 4, height: 3 });
  });
});

describe("POST /catalog/imports", () => {
  it("fails with one clear error when the file is no product file", async () => {
    const shop = await newShop();
    for (const text of ["name,price\nx,1\n", "\u0000\u0001", "Handle,Title,Title\n"]) {
      const outcome = await importFile(shop, text);
      expect(outcome, text).toMatchObject({ status: "failed", products_created: 0 });
      expect(outcome.errors).toHaveLength(1);
    }
    expect((await importFile(shop, "name,price\n")).errors[0].detail).toContain("lacks Handle and Title");
  });

  it("422 empty_file, 415 and 404", async () => {
    const shop = await newShop();
    const empty = await api("POST", "/catalog/imports", { shop, raw: "", headers: { "content-type": "text/csv" } });
    expect([empty.status, empty.body.code]).toEqual([422, "empty_file"]);
    expect(
      (await api("POST", "/catalog/imports", { shop, raw: "x", headers: { "content-type": "text/html" } })).status,
    ).toBe(415);
    expect((await api("GET", "/catalog/imports/imp_00000000000000000000000000", { shop })).status).toBe(404);
    const id = await startImport(shop, csvOf([tea("a")]));
    expect((await api("GET", `/catalog/imports/${id}`, { shop: "acme" })).status).toBe(404);
  });
});
