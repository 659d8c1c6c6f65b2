import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";

const newHandle = (word: string) => `${word}-${crypto.randomUUID().slice(0, 8)}`;

async function products(count: number, status = "active"): Promise<string[]> {
  const handles: string[] = [];
  for (let i = 0; i < count; i++) {
    const handle = newHandle("tea");
    const body = {
      handle,
      title: `Tea ${i}`,
      status,
      images: [{ src: `/${handle}.svg`, alt: "tea" }],
      variants: [{ price: { amount: 500, currency: "USD" } }],
    };
    expect((await api("POST", "/products", { body })).status).toBe(201);
    handles.push(handle);
  }
  return handles;
}

const handlesOf = (answer: { body: { data: { handle: string }[] } }) => answer.body.data.map((it) => it.handle);

describe("POST /collections", () => {
  it("201: hold products in the order given, with the first image as cover", async () => {
    const [a, b, c] = await products(3);
    const [hidden] = await products(1, "draft");
    const handle = newHandle("teas");
    const body = {
      handle,
      title: "Teas",
      translations: { "zh-CN": { title: "茶" } },
      product_handles: [c, hidden, a, b],
    };
    const created = await api("POST", "/collections", { body });
    expect(created.status, created.text).toBe(201);
    expect(created.body).toMatchObject({ handle, product_count: 4, image: { src: `/${c}.svg`, alt: "tea" } });
    expect((await api("GET", `/collections/${handle}`, { key: null })).body.product_count).toBe(3);
    expect(handlesOf(await api("GET", `/products?collection=${handle}`, { key: null }))).toEqual([c, a, b]);
    const first = await api("GET", `/products?collection=${handle}&limit=2`, { key: null });
    expect(handlesOf(first)).toEqual([c, a]);
    const second = await api("GET", `/products?collection=${handle}&limit=2&cursor=${first.body.next_cursor}`, {
      key: null,
    });
    expect(handlesOf(second)).toEqual([b]);
    expect(second.body.next_cursor).toBeNull();
    expect((await api("GET", `/products/${a}`)).body.collections).toEqual([handle]);
    expect(handlesOf(await api("GET", "/collections"))).toContain(handle);
  });
});

describe("PATCH and DELETE /collections/{handle}", () => {
  it("200: change title, image and members", async () => {
    const [a, b] = await products(2);
    const handle = newHandle("set");
    await api("POST", "/collections", { body: { handle, title: "Set", product_handles: [a, b] } });
    const body = { title: "Sets", image: { src: "/cover.svg", alt: "Cover" }, product_handles: [b] };
    const changed = await api("PATCH", `/collections/${handle}`, { body });
    expect(changed.body).toMatchObject({
      title: "Sets",
      image: { src: "/cover.svg", alt: "Cover" },
      product_count: 1,
      version: 2,
    });
    await api("DELETE", `/products/${b}`);
    expect((await api("GET", `/collections/${handle}`)).body.product_count).toBe(0);
  });

  it("204: deleting one leaves its products", async () => {
    const [a] = await products(1);
    const handle = newHandle("gone");
    await api("POST", "/collections", { body: { handle, title: "Gone", product_handles: [a] } });
    expect((await api("DELETE", `/collections/${handle}`)).status).toBe(204);
    expect((await api("GET", `/collections/${handle}`, { key: null })).status).toBe(404);
    expect((await api("DELETE", `/collections/${handle}`)).status).toBe(404);
    expect((await api("PATCH", `/collections/${handle}`, { body: {} })).status).toBe(404);
    expect((await api("GET", `/products/${a}`)).status).toBe(200);
  });

  it("409 handle_taken and 422 unknown_product", async () => {
    const handle = newHandle("one");
    expect((await api("POST", "/collections", { body: { handle, title: "One" } })).status).toBe(201);
    expect((await api("POST", "/collections", { body: { handle, title: "One" } })).body.code).toBe("handle_taken");
    const unknown = await api("PATCH", `/collections/${handle}`, { body: { product_handles: ["no-such"] } });
    expect([unknown.status, unknown.body.code]).toEqual([422, "unknown_product"]);
    const other = await api("GET", `/collections/${handle}`, { shop: "acme" });
    expect(other.status).toBe(404);
  });
});
