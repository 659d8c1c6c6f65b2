import { beforeAll, describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import { find, newShop, stockShop } from "./search-kit.ts";

let shop: string;
beforeAll(async () => {
  shop = await newShop();
  await stockShop(shop, [
    { handle: "teapot", title: "Stoneware teapot", tags: ["tea"] },
    { handle: "cup", title: "Tea cup", tags: ["tea"] },
  ]);
});

describe("what a query is made of", () => {
  it.each([
    ...[
      '"',
      '"tea',
      "tea AND",
      "tea NOT cup",
      "NEAR(tea cup)",
      "title:tea",
      "tea*",
      "^tea",
      "-tea",
      "(tea",
      "tea) OR (cup",
    ],
    ...[
      "{title labels}: tea",
      "tea + cup",
      "%",
      "100% tea",
      "'; DROP TABLE docs;--",
      "\\",
      "🫖",
      "𠮷野家",
      "a".repeat(200),
    ],
    ...["tea\u200bcup", "ｔｅａ", "茶".repeat(200), "constructor __proto__ toString", "<script>alert(1)</script>"],
  ])("%s is text", async (q) => {
    const { way, data } = await find(shop, { q });
    expect(["all", "corrected", "some", "everything"]).toContain(way);
    expect(Array.isArray(data)).toBe(true);
  });

  it.each([
    ["NUL", "tea\0pot"],
    ["a line end", "tea\npot"],
    ["too long", "a".repeat(10_000)],
  ])("%s is refused", async (_, q) => {
    const answer = await api("GET", `/search?${new URLSearchParams({ q })}`, { shop, key: null });
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid_request", errors: [{ field: "q" }] } });
  });
});

describe("a search that is sold", () => {
  it("is paid by the key's plan as search_count, with or without hits; what is refused is free", async () => {
    const terms = { name: "Partner", plan: "bronze", scopes: ["search:read"] };
    const { body } = await api("POST", "/api-keys", { shop, body: terms });
    const usage = async (q: string) =>
      (await api("GET", `/search?q=${q}`, { shop, key: body.key })).headers.get("souk-usage");
    expect(await usage("teapot")).toMatch(/^meter=search_count, units=1,/);
    expect(await usage("submarine")).toMatch(/^meter=search_count, units=1,/);
    expect(await usage("a".repeat(10_000))).toMatch(/units=0, cost=0\.000000/);
  });
});
