import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { api, openShop, page } from "../../../support/api.ts";
import { eventually } from "../../../support/settled.ts";
import { fillCart, home, putOnSale } from "../../../support/shopper.ts";

const rule = (more: object = {}) => ({
  name: "Gold sees teal",
  when: 'headers.get("X-User-Group") == "gold"',
  target: "feature",
  arm: "teal",
  overlay: { theme: { accent: "#2f5d62" }, payment_window_minutes: 7 },
  ...more,
});

const gold = { "x-user-group": "gold" };

/** A shop of its own with these rules. */
async function shopWith(shop: string, ...rules: object[]): Promise<string[]> {
  await openShop({ id: shop, currency: "EUR" });
  const ids: string[] = [];
  for (const body of rules) {
    const made = await api("POST", "/canary/rules", { shop, body });
    expect(made.status, made.text).toBe(201);
    ids.push(made.body.id);
  }
  return ids;
}

const armOf = async (shop: string, headers: Record<string, string> = {}) =>
  (await api("GET", "/health", { shop, key: null, headers })).headers.get("x-gray-tag");

describe("canary rules", () => {
  it("choose the arm of a request from what it says of itself, first position first", async () => {
    await shopWith(
      "rules-shop",
      rule({ arm: "late", overlay: null, when: "true", position: 900 }),
      rule({ arm: "cn", overlay: null, when: 'country == "CN" && device == "ios"', position: 1 }),
      rule({ arm: "app", overlay: null, when: 'channel == "wechat" && version.atLeast("8.2")', position: 2 }),
      rule({ arm: "elite", overlay: null, when: 'tier in ["pro", "elite"] && tenant == "rules-shop"', position: 3 }),
      rule({ arm: "flag", overlay: null, when: 'headers.get("X-Canary") == "true"', position: 4 }),
    );
    expect(await armOf("rules-shop")).toBe("ab:late");
    expect(await armOf("rules-shop", { "cf-ipcountry": "CN", "user-agent": "iPhone" })).toBe("ab:cn");
    expect(await armOf("rules-shop", { "x-channel": "wechat", "x-app-version": "8.10.1" })).toBe("ab:app");
    expect(await armOf("rules-shop", { "x-member-tier": "Elite" })).toBe("ab:elite");
    expect(await armOf("rules-shop", { "x-canary": "true" })).toBe("ab:flag");
    expect(await armOf("demo", { "x-canary": "true" })).toBe("ab:control");
  });

  it("are live with the next request when they are changed, switched or deleted", async () => {
    const [id] = await shopWith("edit-shop", rule());
    expect(await armOf("edit-shop", gold)).toBe("ab:teal");
    const path = `/canary/rules/${id}`;
    expect((await api("PATCH", path, { shop: "edit-shop", body: { enabled: false } })).status).toBe(200);
    expect(await armOf("edit-shop", gold)).toBe("ab:control");
    await api("PATCH", path, { shop: "edit-shop", body: { enabled: true, arm: "blue" } });
    expect(await armOf("edit-shop", gold)).toBe("ab:blue");
    expect((await api("DELETE", path, { shop: "edit-shop" })).status).toBe(204);
    expect(await armOf("edit-shop", gold)).toBe("ab:control");
    expect((await api("GET", path, { shop: "edit-shop" })).body.code).toBe("unknown_rule");
  });

  it("are not asked while the shop has the capability switched off", async () => {
    await shopWith("off-shop", rule());
    expect(await armOf("off-shop", gold)).toBe("ab:teal");
    await api("PUT", "/capabilities/canary", { shop: "off-shop", body: { enabled: false } });
    expect(await armOf("off-shop", gold)).toBe("ab:control");
  });

  it("never take the arm from what a caller claims", async () => {
    expect(await armOf("demo", { "x-gray-tag": "ab:teal" })).toBe("ab:control");
  });

  it.each([
    ["invalid_expression", { when: 'country == "CN" &&' }],
    ["invalid_expression", { when: "bucket" }],
    ["invalid_expression", { when: "headers.get('a').matches('(a+)+$')" }],
    ["overlay_unwanted", { target: "canary" }],
    ["arm_differs", { name: "Other", overlay: null }],
    ["invalid_request", { arm: "control" }],
    ["invalid_request", { overlay: { order_shards: 3 } }],
  ])("refuse %s", async (code, more) => {
    const shop = "flaws-shop";
    await openShop({ id: shop }).catch(() => undefined);
    await api("POST", "/canary/rules", { shop, body: rule() });
    const answer = await api("POST", "/canary/rules", { shop, body: rule(more) });
    expect(answer.body.code, answer.text).toBe(code);
    if (code === "invalid_expression")
      expect(answer.body.position).toMatchObject({ line: 1, start: expect.any(Number) });
  });

  it("are at most fifty a shop, listed by pages in the order they are asked", async () => {
    const shop = "many-shop";
    await shopWith(
      shop,
      ...Array.from({ length: 50 }, (_, i) => rule({ overlay: null, position: 50 - i, name: `R${i}` })),
    );
    const more = await api("POST", "/canary/rules", { shop, body: rule({ overlay: null }) });
    expect(more.body.code).toBe("too_many_rules");
    const first = await api("GET", "/canary/rules?limit=30", { shop });
    const rest = await api("GET", `/canary/rules?limit=30&cursor=${first.body.next_cursor}`, { shop });
    const positions = [...first.body.data, ...rest.body.data].map((it: { position: number }) => it.position);
    expect(positions).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(rest.body.next_cursor).toBeNull();
  });
});

describe("a percentage", () => {
  it("keeps a browser in its arm by a mark that it gets with its first page", async () => {
    await shopWith("percent-shop", rule({ when: "bucket < 50", overlay: null, arm: "half" }));
    const arms = new Set<string | null>();
    for (let i = 0; i < 20; i++) {
      const first = await page("GET", "/", { shop: "percent-shop", headers: { accept: "text/html" } });
      const [cookie = ""] = (first.headers.get("set-cookie") ?? "").split(";");
      expect(cookie).toMatch(/^visitor=vis_/);
      const arm = first.headers.get("x-gray-tag");
      arms.add(arm);
      for (const path of ["/", "/cart"]) {
        const again = await page("GET", path, { shop: "percent-shop", headers: { accept: "text/html", cookie } });
        expect(again.headers.get("x-gray-tag")).toBe(arm);
        expect(again.headers.get("set-cookie")).toBeNull();
      }
    }
    expect(arms).toEqual(new Set(["ab:half", "ab:control"]));
  });

  it("follows the name that an app gives its user", async () => {
    const inArm = await Promise.all(
      Array.from({ length: 200 }, (_, i) => armOf("percent-shop", { "x-subject-id": `user-${i}` })),
    );
    const half = inArm.filter((arm) => arm === "ab:half").length;
    expect(half).toBeGreaterThan(70);
    expect(half).toBeLessThan(130);
    expect(await armOf("percent-shop", { "x-subject-id": "user-1" })).toBe(inArm[1]);
  });
});

describe("a feature arm", () => {
  it("shows its own theme and keeps it out of everybody else's pages", async () => {
    const shop = "theme-shop";
    await shopWith(shop, rule());
    const look = async (headers: Record<string, string>) => (await page("GET", "/", { shop, headers })).text;
    expect(await look({})).not.toContain("#2f5d62");
    expect(await look(gold)).toContain("#2f5d62");
    expect(await look({})).not.toContain("#2f5d62");
    expect(await look(gold)).toContain("#2f5d62");
  });

  it("marks the order, its events and its terms, with no branch in the business", async () => {
    const shop = "order-shop";
    await shopWith(shop, rule());
    await putOnSale("LAMP", 5, 1_999, shop);
    const checkOut = async (headers: Record<string, string>) =>
      api("POST", "/checkouts", {
        ...{ shop, key: null, headers },
        body: {
          cart_id: await fillCart({ LAMP: 1 }, shop),
          ...{ email: "ann@example.com", shipping_address: home, payment_provider: "sandbox" },
        },
      });
    const placed = await checkOut(gold);
    expect(placed.status, placed.text).toBe(201);
    const { order } = placed.body;
    expect(order.arm).toBe("teal");
    expect(Date.parse(order.pay_before) - Date.parse(order.placed_at)).toBe(7 * 60_000);
    await checkOut({ "x-gray-tag": "ab:teal" });
    await eventually(async () => {
      const ids = async (arm: string) =>
        (await api("GET", `/orders?arm=${arm}`, { shop })).body.data.map((it: { id: string }) => it.id);
      expect(await ids("teal")).toEqual([order.id]);
      expect(await ids("control")).toHaveLength(1);
    });
  });
});

describe("a metered call", () => {
  it("is booked with its arm", async () => {
    const shop = "usage-shop";
    await shopWith(shop, rule());
    const made = await api("POST", "/api-keys", {
      shop,
      body: { name: "Partner", plan: "bronze", scopes: ["orders:read"] },
    });
    for (const headers of [gold, {}]) await api("GET", "/orders", { shop, key: made.body.key, headers });
    await eventually(async () => {
      const booked = await runInDurableObject(env.USAGE.getByName(shop), (_: DurableObject, { storage }) =>
        storage.sql.exec("SELECT arm FROM events ORDER BY at, id").toArray(),
      );
      expect(booked).toEqual([{ arm: "teal" }, { arm: "control" }]);
    });
  });
});

describe("an explanation", () => {
  it("says which rule matched and what each condition came to", async () => {
    const shop = "why-shop";
    const [silver, teal] = await shopWith(
      shop,
      rule({
        name: "Silver",
        when: 'headers.get("X-User-Group") == "silver"',
        arm: "silver",
        overlay: null,
        position: 1,
      }),
      rule({ position: 2 }),
    );
    const { body } = await api("POST", "/canary/explanations", {
      shop,
      body: { headers: { "X-User-Group": "gold" }, country: "CN" },
    });
    expect(body).toMatchObject({ arm: "teal", tag: "ab:teal", rule_id: teal, facts: { country: "CN", device: "web" } });
    expect(body.why).toBe("“Gold sees teal” is the first rule that is on and true.");
    expect(body.rules).toMatchObject([
      {
        id: silver,
        outcome: "false",
        conditions: [{ value: "false", of: [{ source: 'headers.get("X-User-Group")', value: '"gold"' }] }],
      },
      { id: teal, outcome: "decides" },
    ]);
  });
});

describe("a preview link", () => {
  it("shows the arm of a rule that is off to whoever opens it, and to nobody else", async () => {
    const shop = "preview-shop";
    const [id] = await shopWith(shop, rule({ enabled: false }));
    const link = await api("POST", `/canary/rules/${id}/preview-links`, { shop, body: {} });
    const opened = await page("GET", new URL(link.body.url).pathname, { shop });
    expect(opened.headers.get("location")).toBe("/");
    const [cookie = ""] = (opened.headers.get("set-cookie") ?? "").split(";");
    const shown = await page("GET", "/", { shop, headers: { cookie } });
    expect(shown.headers.get("x-gray-tag")).toBe("ab:teal");
    expect(shown.text).toContain("#2f5d62");
    expect((await page("GET", "/", { shop })).headers.get("x-gray-tag")).toBe("ab:control");
    const forged = cookie.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    expect((await page("GET", "/", { shop, headers: { cookie: forged } })).headers.get("x-gray-tag")).toBe(
      "ab:control",
    );
    expect((await page("GET", "/", { headers: { cookie } })).headers.get("x-gray-tag")).toBe("ab:control");
  });
});
