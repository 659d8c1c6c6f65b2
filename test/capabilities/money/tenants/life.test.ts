import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { api, openShop, operate, page, shopKey } from "../../../support/api.ts";
import { attack, operations, refusalFlaws } from "../../../support/attack.ts";
import { eventually, expectInvariantsHold } from "../../../support/settled.ts";
import { checkOut, fillCart, play, putOnSale } from "../../../support/shopper.ts";
import { openStall, type Stall } from "../../../support/stall.ts";

const states = ["trial", "active", "suspended", "closed"] as const;
type State = (typeof states)[number];
const WAYS: Record<State, readonly State[]> = {
  trial: ["active", "suspended", "closed"],
  active: ["suspended", "closed"],
  suspended: ["active", "closed"],
  closed: [],
};
const HOUR_MS = 3_600_000;

const move = (id: string, to: State) => operate("POST", `/tenants/${id}/transitions`, { to, reason: `Now ${to}.` });
const tryMove = (id: string, to: State) =>
  api("POST", `/tenants/${id}/transitions`, { key: env.OPERATOR_KEY, body: { to, reason: "Try." } });

describe("a shop", () => {
  it.each(states)("that is %s goes where its life leads, and every other move is refused by name", async (from) => {
    for (const to of states) {
      const id = `from-${from}-${to}`;
      await openShop({ id, trial_days: 30 });
      if (from !== "trial") await move(id, from);
      const moved = await tryMove(id, to);
      const { body } = await operate("GET", `/tenants/${id}`);
      if (WAYS[from].includes(to)) {
        expect([moved.status, moved.body.state, body.state]).toEqual([200, to, to]);
        expect(body.moves[0]).toMatchObject({ from, to, reason: "Try." });
      } else {
        expect([moved.status, moved.body.code, body.state]).toEqual([409, "illegal_transition", from]);
        expect(moved.body).toMatchObject({ current_state: from, wanted_state: to, allowed_states: WAYS[from] });
      }
    }
  });

  it("that is moved by many at once has one unbroken history", async () => {
    await openShop({ id: "torn" });
    const wishes = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? "suspended" : "active") as State);
    await Promise.all(wishes.map((to) => tryMove("torn", to).catch(() => undefined)));
    const { body } = await operate("GET", "/tenants/torn");
    const history: { from: State; to: State }[] = body.moves.toReversed();
    expect(history.length).toBeGreaterThan(0);
    expect(history.map((it) => it.from)).toEqual(["active", ...history.map((it) => it.to)].slice(0, -1));
    expect(body.state).toBe(history.at(-1)?.to);
  });

  it("is listed to the operator, page by page and by state, and to nobody else", async () => {
    await shopKey("acme");
    for (const id of ["list-a", "list-b", "list-c"]) await openShop({ id, trial_days: 1 });
    await move("list-b", "closed");
    const found: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { body } = await operate("GET", `/tenants?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(body.data.length).toBeLessThanOrEqual(2);
      found.push(...body.data.map((it: { id: string }) => it.id));
      cursor = body.next_cursor;
    }
    expect(found).toEqual([...new Set(found)].sort());
    expect(found).toEqual(expect.arrayContaining(["acme", "demo", "list-a", "list-b", "list-c"]));
    const closed = await operate("GET", "/tenants?state=closed&limit=100");
    expect(closed.body.data.map((it: { id: string }) => it.id)).toContain("list-b");
    expect(closed.body.data.every((it: { state: string }) => it.state === "closed")).toBe(true);
    expect((await api("GET", "/tenants")).body.code).toBe("unauthenticated");
  });

  it("whose trial is over is suspended until the trial is longer or the shop active", async () => {
    await openShop({ id: "guest", trial_days: 1 });
    expect((await api("GET", "/products", { shop: "guest" })).status).toBe(200);
    const end = async (from: number) =>
      operate("PUT", "/tenants/guest/trial", { ends_at: new Date(Date.now() + from).toISOString() });
    expect((await end(-HOUR_MS)).body).toMatchObject({ state: "trial", standing: "suspended" });
    const refused = await api("GET", "/products", { shop: "guest" });
    expect([refused.status, refused.body.code, refused.body.state]).toEqual([403, "shop_suspended", "trial"]);
    expect((await page("GET", "/", { shop: "guest" })).status).toBe(503);
    expect((await end(HOUR_MS)).body.standing).toBe("open");
    expect((await api("GET", "/products", { shop: "guest" })).status).toBe(200);
    await end(-HOUR_MS);
    await move("guest", "active");
    expect((await api("GET", "/products", { shop: "guest" })).status).toBe(200);
    const late = await api("PUT", "/tenants/guest/trial", {
      key: env.OPERATOR_KEY,
      body: { ends_at: "2030-01-01T00:00:00Z" },
    });
    expect([late.status, late.body.code]).toEqual([409, "not_on_trial"]);
  });
});

describe("a suspended shop", () => {
  let stall: Stall;
  beforeAll(async () => {
    stall = await openStall("acme");
    await putOnSale("PROMISED", 10, 1_999, "acme");
  });
  const refusals = async (code: string) => {
    const wrong: string[] = [];
    for (const line of operations.filter((it) => it.who !== "operator" && !it.keepsPromise)) {
      const answer = await attack(line, stall);
      wrong.push(...refusalFlaws(answer, [code]).map((flaw) => `${line.id} ${flaw}`));
    }
    return wrong;
  };

  it("keeps its promises of money and stock and makes no new ones, until it is active again", async () => {
    const placed = await checkOut(await fillCart({ PROMISED: 2 }, "acme"), { shop: "acme" });
    const { order, order_token: token, payment } = placed.body;
    const hold = { shop: "acme", body: { buyer: "ann", quantity: 3, ttl_seconds: 1 } };
    await api("POST", "/stock/PROMISED/reservations", { ...hold, headers: { "idempotency-key": "short" } });
    await move("acme", "suspended");
    expect(await refusals("shop_suspended")).toEqual([]);
    expect((await play(payment.id, "paid", undefined, "acme")).status).toBe(200);
    await eventually(async () => {
      const seen = await api("GET", `/orders/${order.id}?token=${token}`, { shop: "acme", key: null });
      expect(seen.body.state).toBe("paid");
    });
    expect((await page("GET", `/orders/${order.id}?token=${token}`, { shop: "acme" })).status).toBe(200);
    await eventually(async () => {
      const levels = (await env.STOCK.getByName("acme:PROMISED").audit())?.levels;
      expect(levels).toMatchObject({ reserved: 0, sold: 2 });
    });
    await move("acme", "active");
    expect((await api("GET", `/orders/${order.id}`, { shop: "acme" })).body.state).toBe("paid");
    await expectInvariantsHold("acme");
  });

  it("says so politely on its pages, in both languages, and tells search engines to come back", async () => {
    expect((await page("GET", "/", { shop: "acme" })).status).toBe(200);
    await move("acme", "suspended");
    for (const path of ["/", `/products/${stall.handle}`, "/cart", "/sitemap.xml", "/studio/pictures"])
      await eventually(async () =>
        expect([path, (await page("GET", path, { shop: "acme" })).status]).toEqual([path, 503]),
      );
    const [english, chinese] = [
      await page("GET", "/?lang=en", { shop: "acme" }),
      await page("GET", "/?lang=zh-CN", { shop: "acme" }),
    ];
    expect(english.text).toContain("closed for now");
    expect(chinese.text).toContain("暂停营业");
    expect(english.headers.get("retry-after")).toBe("86400");
    expect(english.headers.get("cache-control")).toBe("no-store");
    expect(english.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("that is closed is gone for everybody, and its data stays", async () => {
    await move("acme", "closed");
    expect(await refusals("shop_closed")).toEqual([]);
    const gone = await page("GET", "/?lang=zh-CN", { shop: "acme" });
    expect([gone.status, gone.text.includes("已结束营业")]).toEqual([410, true]);
    expect((await page("GET", `/orders/${stall.orderId}?token=${stall.token}`, { shop: "acme" })).status).toBe(410);
    const kept = await env.DB.prepare("SELECT count(*) AS n FROM products WHERE tenant_id = 'acme'").first<{
      n: number;
    }>();
    expect(kept?.n).toBeGreaterThan(0);
    expect((await api("GET", "/products", { shop: "demo" })).status).toBe(200);
  });
});
