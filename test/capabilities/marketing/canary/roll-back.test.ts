import { describe, expect, it } from "vitest";
import { api, openShop, page } from "../../../support/api.ts";
import { eventually } from "../../../support/settled.ts";

const toCanary = { "x-canary": "true" };

/** A shop whose requests with `X-Canary: true` go to the canary Worker that vitest.config.ts plants. */
async function shopOnCanary(shop: string, guard: object = {}): Promise<string> {
  await openShop({ id: shop });
  const when = 'headers.get("X-Canary") == "true"';
  const full = { max_error_percent: 5, slow_ms: 30_000, max_slow_percent: 20, min_calls: 10, ...guard };
  const body = { name: "New release", when, target: "canary", arm: "next", guard: full };
  const made = await api("POST", "/canary/rules", { shop, body });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
}

/** A page, since an operation's answer would be held to its contract, which the planted canary does not know. */
const ask = (shop: string, plant = "none", method = "GET") =>
  page(method, "/robots.txt", { shop, headers: { ...toCanary, "x-plant": plant, origin: `http://${shop}.localhost` } });

const ruleOf = async (shop: string, id: string) => (await api("GET", `/canary/rules/${id}`, { shop })).body;

describe("the canary Worker", () => {
  it("gets the requests of its rule with their tag and body, and nobody else's", async () => {
    const shop = "to-canary";
    await shopOnCanary(shop);
    const answer = await page("POST", "/cart?x=1", { shop, raw: "a=1", headers: toCanary });
    expect(answer.body).toEqual({ canary: true, method: "POST", path: "/cart", tag: "ab:next", body: "a=1" });
    expect(answer.headers.get("x-gray-tag")).toBe("ab:next");
    expect((await page("GET", "/robots.txt", { shop })).text).toContain("User-agent");
  });

  it.each(["throw", "500", "hang"])("is answered for by the stable one when a read fails there (%s)", async (plant) => {
    const shop = `falls-back-${plant}`;
    await shopOnCanary(shop);
    const answer = await ask(shop, plant);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain("User-agent");
    expect(answer.headers.get("x-gray-tag")).toBe("ab:control");
  });

  it.each([
    ["throw", "internal_error"],
    ["500", undefined],
  ])("is not tried again with a write: it may have happened (%s)", async (plant, code) => {
    const shop = `writes-${plant}`;
    await shopOnCanary(shop);
    const answer = await ask(shop, plant, "POST");
    expect(answer.status).toBe(500);
    expect(answer.body?.code).toBe(code);
    expect(answer.headers.get("x-gray-tag")).toBe("ab:next");
  });
});

describe("a broken canary", () => {
  it("is rolled back by itself, with the reason, while every reader is answered", async () => {
    const shop = "broken-shop";
    const id = await shopOnCanary(shop);
    for (let i = 0; i < 5; i++) expect((await ask(shop, "throw")).status).toBe(200);
    await eventually(async () => {
      expect((await ruleOf(shop, id)).off).toEqual({ at: expect.any(String), why: "5 errors in a row." });
    });
    expect((await ask(shop)).text).toContain("User-agent");
    const { body } = await api("POST", "/canary/explanations", { shop, body: { headers: toCanary } });
    expect(body).toMatchObject({ arm: "control", rules: [{ id, outcome: "off" }] });
  });

  it("is rolled back for a rate of errors, and not for fewer", async () => {
    const shop = "flaky-shop";
    const id = await shopOnCanary(shop, { max_error_percent: 25, min_calls: 8 });
    for (const plant of ["none", "none", "none", "500", "none", "none", "none", "500"]) await ask(shop, plant);
    await eventually(async () => expect((await ruleOf(shop, id)).lately).toMatchObject({ calls: 8, failed: 2 }));
    expect((await ruleOf(shop, id)).off).toBeNull();
    for (const plant of ["500", "none", "500"]) await ask(shop, plant);
    await eventually(async () => expect((await ruleOf(shop, id)).off?.why).toMatch(/^[34] of \d+ requests failed/));
  });

  it("is rolled back for slow answers", async () => {
    const shop = "slow-shop";
    const id = await shopOnCanary(shop, { slow_ms: 10, min_calls: 3 });
    // Good answers are reported once a second.
    await eventually(async () => {
      await ask(shop, "slow");
      expect((await ruleOf(shop, id)).off?.why).toContain("took longer than 10 ms");
    });
  });

  it("is tried anew when its rule is enabled again", async () => {
    const shop = "anew-shop";
    const id = await shopOnCanary(shop);
    for (let i = 0; i < 5; i++) await ask(shop, "throw");
    await eventually(async () => expect((await ruleOf(shop, id)).off).not.toBeNull());
    const again = await api("PATCH", `/canary/rules/${id}`, { shop, body: { enabled: true } });
    expect(again.body.off).toBeNull();
    expect((await ask(shop)).body).toMatchObject({ canary: true });
    expect((await ruleOf(shop, id)).lately).toMatchObject({ failed: 0 });
  });
});
