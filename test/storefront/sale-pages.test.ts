import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { WaitingRoom } from "../../durable-objects/waiting-room.ts";
import { type Answer, api, page } from "../support/api.ts";
import { inMinutes, join, openSale, scheduleSale } from "../support/flash-sale.ts";
import { activeParts } from "../support/page-flaws.ts";
import { eventually } from "../support/settled.ts";
import { home, putOnSale } from "../support/shopper.ts";

const own = { origin: "http://demo.localhost", "content-type": "application/x-www-form-urlencoded" };

const show = (path: string, headers: Record<string, string> = {}) =>
  page("GET", path, { headers: { "accept-language": "en", ...headers } });

/** Sends a form as a browser does. */
function send(path: string, fields: Record<string, string>, cookie = ""): Promise<Answer> {
  const raw = new URLSearchParams(fields).toString();
  const headers = { ...own, "accept-language": "en", "content-length": String(raw.length), ...(cookie && { cookie }) };
  return page("POST", path, { raw, headers });
}

const buy = (saleId: string, email: string, more: Record<string, string> = {}, cookie = "") =>
  send(`/sales/${saleId}`, { ...home, email, way: "order", key: crypto.randomUUID(), ...more }, cookie);

/** The heading of the answer that stands above the form. */
const told = ({ text }: Answer): string | undefined => /notice-title">([^<]+)/.exec(text)?.[1];
const location = ({ headers }: Answer): string => headers.get("location") ?? "";

describe("a sale's page", () => {
  it("before the start counts down by the server's time and lets the form be filled in", async () => {
    const { id, starts_at } = await openSale("PAGE-1", { title: "Lantern night", starts_at: inMinutes(30) });
    const shown = await show(`/sales/${id}`);
    expect(shown.status).toBe(200);
    expect(shown.text).toContain(`data-until="${starts_at}"`);
    expect(Date.parse(/data-server-time="([^"]+)"/.exec(shown.text)?.[1] ?? "")).toBeGreaterThan(Date.now() - 60_000);
    for (const part of ["Opens soon", "Lantern night", "$9.99", "$19.99", "Save $10.00", "10 in all", "1 at most"])
      expect(shown.text, part).toContain(part);
    expect(shown.text).toContain('name="line1"');
    expect(await activeParts(shown)).toEqual([]);
    const chinese = await show(`/sales/${id}`, { "accept-language": "zh" });
    for (const part of ["即将开始", "距开始", "每人限购"]) expect(chinese.text, part).toContain(part);
  });

  it("while it is live shows what is left, and afterwards that nothing is", async () => {
    const { id } = await openSale("PAGE-2", { quantity: 2 });
    await join(id, "ann@example.com");
    await eventually(async () => expect((await show(`/sales/${id}`)).text).toContain("1 of 2 left"));
    expect((await show(`/sales/${id}`)).text).toMatch(/<progress[^>]*value="1"[^>]*max="2"/);
    await join(id, "bob@example.com");
    await eventually(async () => {
      const { text } = await show(`/sales/${id}`);
      expect(text).toContain("All gone");
      expect(text).not.toContain('name="line1"');
    });
  });

  it("says that a sale was called off, and knows no sale of another shop", async () => {
    const { id } = await openSale("PAGE-3");
    await api("POST", `/flash-sales/${id}/cancel`);
    await eventually(async () => expect((await show(`/sales/${id}`)).text).toContain("This sale was called off"));
    expect((await page("GET", `/sales/${id}`, { shop: "acme" })).status).toBe(404);
    expect((await show("/sales/fls_00000000000000000000000000")).status).toBe(404);
  });

  it("is announced on the front page and on the product's", async () => {
    const { id } = await openSale("PAGE-4", { title: "Announced" });
    await eventually(async () => {
      expect((await show("/products/page-4")).text).toContain(`/sales/${id}`);
      expect((await show("/")).text).toContain("Announced");
    });
    expect((await show("/products/page-2")).text).not.toContain(`/sales/${id}`);
  });
});

describe("the page of a sale of several SKUs", () => {
  const openTwo = async (name: string, terms: object = {}) => {
    const skus = [`${name}-A`, `${name}-B`] as const;
    for (const sku of skus) await putOnSale(sku, 100);
    const usd = (amount: number) => ({ amount, currency: "USD" });
    const items = [
      { sku: skus[0], sale_price: usd(999), quantity: 1 },
      { sku: skus[1], sale_price: usd(450), quantity: 4, per_buyer_limit: 2 },
    ];
    const none = { sale_price: undefined, quantity: undefined };
    const made = await scheduleSale({ items, title: "Two of a kind", ...none, ...terms });
    expect(made.status, made.text).toBe(201);
    return { id: made.body.id as string, skus };
  };

  it("shows each with its price, what is left of it and its own button, and the form begins with the one that was chosen", async () => {
    const { id, skus } = await openTwo("SKUS-1");
    const shown = await show(`/sales/${id}?sku=${skus[1]}`);
    for (const part of ["Two of a kind", "from $4.50", "$9.99", "1 of 1 left", "4 of 4 left", "2 at most"])
      expect(shown.text, part).toContain(part);
    for (const sku of skus) expect(shown.text).toContain(`href="/sales/${id}?sku=${sku}#take-part"`);
    expect(shown.text).toMatch(new RegExp(`value="${skus[1]}" checked`));
    expect(await activeParts(shown)).toEqual([]);
    await eventually(async () =>
      expect((await show(`/products/${skus[1].toLowerCase()}`)).text).toContain(`/sales/${id}?sku=${skus[1]}`),
    );
  });

  it("sells the chosen one, holds the other at its price, and is sold out when both are", async () => {
    const { id, skus } = await openTwo("SKUS-2");
    expect(location(await buy(id, "ann@example.com", { sku: skus[0] }))).toMatch(/^\/pay\/sandbox\/pay_/);
    const late = await buy(id, "bob@example.com", { sku: skus[0] });
    expect([late.status, told(late), late.text.includes("Others of the sale")]).toEqual([
      409,
      "Someone was faster",
      true,
    ]);
    await eventually(async () => expect((await show(`/sales/${id}`)).text).toMatch(/data-item="SKUS-2-A" data-gone/));
    expect((await show(`/sales/${id}`)).text).toContain('name="line1"');
    const wish = { email: "ann@example.com", sku: skus[1], quantity: "2", way: "hold", key: crypto.randomUUID() };
    const held = await send(`/sales/${id}`, wish);
    expect((await show(location(held))).text).toContain("$9.00");
    expect(location(await send(location(held), home))).toMatch(/^\/pay\/sandbox\/pay_/);
    await join(id, "cyd@example.com", { body: { sku: skus[1], quantity: 2 } });
    await eventually(async () => expect((await show(`/sales/${id}`)).text).toContain("All gone"));
  });

  it("refuses by name more of one than a buyer may have of it, and keeps what was chosen", async () => {
    const { id, skus } = await openTwo("SKUS-4");
    expect((await show(`/sales/${id}`)).text).toMatch(new RegExp(`value="${skus[1]}"[^>]*data-limit="2"`));
    for (const way of ["order", "hold"]) {
      const refused = await buy(id, "ann@example.com", { sku: skus[0], quantity: "2", way });
      expect([refused.status, told(refused)]).toEqual([422, "Please check one field"]);
      expect(refused.text).toMatch(/id="quantity-error">Each buyer can have 1 of [^<]+ at most\./);
      expect(refused.text).toMatch(/<a href="#quantity">Quantity: /);
      expect(refused.text).toMatch(new RegExp(`value="${skus[0]}" checked`));
      expect(refused.text).toMatch(/<option value="2" selected/);
    }
    expect(location(await buy(id, "ann@example.com", { sku: skus[1], quantity: "2" }))).toMatch(
      /^\/pay\/sandbox\/pay_/,
    );
  });

  it("with a waiting room lets one pass buy one of each", async () => {
    const { id, skus } = await openTwo("SKUS-3", { waiting_room: { admit_per_second: 100 } });
    const inLine = await send(`/sales/${id}/room`, { email: "ann@example.com", key: crypto.randomUUID() });
    const cookie = inLine.headers.get("set-cookie")?.split(";")[0] ?? "";
    await eventually(async () => expect((await show(`/sales/${id}`, { cookie })).text).toContain('name="line1"'));
    for (const sku of skus)
      expect(location(await buy(id, "ann@example.com", { sku }, cookie))).toMatch(/^\/pay\/sandbox\/pay_/);
    expect(told(await buy(id, "ann@example.com", { sku: skus[1] }, cookie))).toBe("Your pass has been used");
  });
});

describe("the form of a sale", () => {
  it("holds and orders in one go, and twice the same press is one order", async () => {
    const { id } = await openSale("FORM-1");
    const key = crypto.randomUUID();
    const [first, second] = [await buy(id, "ann@example.com", { key }), await buy(id, "ann@example.com", { key })];
    expect(first.status, first.text).toBe(303);
    expect(location(first)).toMatch(/^\/pay\/sandbox\/pay_/);
    expect(location(second)).toBe(location(first));
  });

  it("holds first when the shopper wants that, and orders what is held", async () => {
    const { id } = await openSale("FORM-2");
    const held = await send(`/sales/${id}`, { email: "ann@example.com", way: "hold", key: crypto.randomUUID() });
    expect(location(held)).toMatch(new RegExp(`^/sales/${id}/held/par_`));
    const shown = await show(location(held));
    expect(shown.text).toContain("Held for you");
    expect(shown.text).not.toContain('name="email"');
    const wrong = await send(location(held), { name: "Ann" });
    expect([wrong.status, wrong.text.includes("city-error")]).toEqual([422, true]);
    const ordered = await send(location(held), home);
    expect(location(ordered), ordered.text).toMatch(/^\/pay\/sandbox\/pay_/);
    expect((await show(`/sales/${id}/held/par_1_1_0_${"x".repeat(32)}`)).status).toBe(200);
    expect(told(await send(`/sales/${id}/held/par_1_1_0_${"x".repeat(32)}`, home))).toBe(
      "We could not keep it any longer",
    );
  });

  it("names what is wrong with which field and keeps the rest", async () => {
    const { id } = await openSale("FORM-3");
    const key = crypto.randomUUID();
    const answer = await buy(id, "ann", { city: "", key });
    expect(answer.status).toBe(422);
    for (const part of ["email-error", "city-error", `value="${home.line1}"`, `value="${key}"`])
      expect(answer.text, part).toContain(part);
  });

  it("tells each way in which taking part is refused", async () => {
    const { id } = await openSale("FORM-4", {
      quantity: 2,
      eligibility: { countries: ["US"], email_domains: ["example.com"] },
    });
    const outcome = async (sale: string, email: string, more: Record<string, string> = {}) => {
      const answer = await buy(sale, email, more);
      return [answer.status, told(answer)];
    };
    expect((await buy(id, "ann@example.com")).status).toBe(303);
    expect(await outcome(id, "ann@example.com")).toEqual([409, "You have taken part already"]);
    expect(await outcome(id, "ann@example.org")).toEqual([403, "Not open to this address"]);
    expect(await outcome(id, "bob@example.com", { quantity: "2" })).toEqual([
      403,
      "That is more than one person can have. Nothing was ordered.",
    ]);
    expect((await buy(id, "bob@example.com")).status).toBe(303);
    expect(await outcome(id, "cid@example.com")).toEqual([409, "Someone was faster"]);
    const later = await openSale("FORM-5", { starts_at: inMinutes(5) });
    expect(await outcome(later.id, "ann@example.com")).toEqual([409, "Not open yet"]);
    await api("POST", `/flash-sales/${later.id}/cancel`);
    expect(await outcome(later.id, "ann@example.com")).toEqual([409, "Too late"]);
  });
});

describe("the waiting room's pages", () => {
  const slow = { admit_per_second: 1, burst: 1 };
  const lineUp = (id: string, email: string, cookie = "") =>
    send(`/sales/${id}/room`, { email, key: crypto.randomUUID() }, cookie);
  const cookieOf = ({ headers }: Answer): string => headers.get("set-cookie")?.split(";", 1)[0] ?? "";
  /** Stops the room's own clock so far ahead. */
  const setClock = (id: string, ahead: number) =>
    runInDurableObject(env.WAITING_ROOM.getByName(`demo:${id}`), (it: WaitingRoom) => {
      const at = Date.now() + ahead;
      Object.assign(it, { now: () => at });
    });

  it("give a place, show it, and open the sale by themselves when it is the shopper's turn", async () => {
    const { id } = await openSale("ROOM-1", { waiting_room: slow });
    expect((await show(`/sales/${id}`)).text).toContain("take a place in the line");
    await lineUp(id, "first@example.com");
    await setClock(id, 0);
    for (let i = 0; i < 9; i++) await lineUp(id, `p${i}@example.com`);
    const lined = await lineUp(id, "ann@example.com");
    expect([lined.status, location(lined)]).toEqual([303, `/sales/${id}/room`]);
    const set = lined.headers.get("set-cookie") ?? "";
    for (const part of [`Path=/sales/${id}`, "HttpOnly", "SameSite=Lax"]) expect(set).toContain(part);
    const cookie = cookieOf(lined);
    const waiting = await show(`/sales/${id}/room`, { cookie });
    expect(waiting.text).toContain("You are in the line");
    expect(waiting.text).toMatch(/<noscript><meta http-equiv="refresh" content="\d+"\/?><\/noscript>/);
    expect(await activeParts(waiting)).toEqual([]);
    expect(JSON.parse((await show(`/sales/${id}/room`, { cookie, accept: "application/json" })).text)).toMatchObject({
      state: "waiting",
    });
    await setClock(id, 60_000);
    const turn = await show(`/sales/${id}/room`, { cookie });
    expect([turn.status, location(turn)]).toEqual([303, `/sales/${id}`]);
    const form = await show(`/sales/${id}`, { cookie });
    expect(form.text).toContain("It is your turn.");
    expect(form.text).toMatch(/value="ann@example.com"[^>]*readonly/);
    const bought = await buy(id, "ann@example.com", {}, cookie);
    expect(location(bought), told(bought)).toMatch(/^\/pay\/sandbox\/pay_/);
    await eventually(async () =>
      expect((await show(`/sales/${id}/room`, { cookie })).text).toContain("You have been in"),
    );
  });

  it("let nobody in without their own turn", async () => {
    const { id } = await openSale("ROOM-2", { waiting_room: { admit_per_second: 100, pass_seconds: 60 } });
    const cookie = cookieOf(await lineUp(id, "ann@example.com"));
    const outcome = async (email: string, with_ = "") => {
      const answer = await buy(id, email, {}, with_);
      return [answer.status, told(answer)];
    };
    expect(await outcome("ann@example.com")).toEqual([403, "You need a turn for this"]);
    expect(await outcome("bob@example.com", cookie)).toEqual([403, "That pass belongs to somebody else"]);
    expect(told(await lineUp(id, "ann+2@example.com"))).toBe("This address has a place already");
    expect((await lineUp(id, "ann@example.com", cookie)).status).toBe(303);
    await setClock(id, 3_600_000);
    expect(await outcome("ann@example.com", cookie)).toEqual([403, "Your pass ran out"]);
    expect((await show(`/sales/${id}/room`, { cookie })).text).toContain("Your turn has passed");
    expect((await show(`/sales/${id}/room`)).status).toBe(303);
  });

  it("before the start say that the draw is to come, and refuse an address that is none", async () => {
    const { id } = await openSale("ROOM-3", { waiting_room: slow, starts_at: inMinutes(30) });
    const lined = await lineUp(id, "ann@example.com");
    const shown = await show(`/sales/${id}/room`, { cookie: cookieOf(lined) });
    for (const part of ["You are in the draw", "How the order is drawn", "published at the opening"])
      expect(shown.text, part).toContain(part);
    const wrong = await lineUp(id, "ann");
    expect([wrong.status, wrong.text.includes("email-error")]).toEqual([422, true]);
  });
});
