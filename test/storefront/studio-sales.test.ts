import { describe, expect, it } from "vitest";
import { api, page } from "../support/api.ts";
import { eventually } from "../support/settled.ts";
import { home, play, putOnSale } from "../support/shopper.ts";
import { signInAs } from "../support/staff.ts";

const hour = (from: number) => new Date(Date.now() + from * 3_600_000).toISOString();

async function openSale(title: string, items: object[], from = -1): Promise<string> {
  const body = { title, items, starts_at: hour(from), ends_at: hour(from + 2) };
  const made = await api("POST", "/flash-sales", { body });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
}

const item = (sku: string, quantity: number) => ({ sku, quantity, sale_price: { amount: 999, currency: "USD" } });

/** The figures of a SKU on the page: units, sold, held, left. */
function figuresOf(text: string, sku: string): number[] {
  const row = text.split("<li").find((it) => it.includes(`>${sku}<`)) ?? "";
  return [...row.matchAll(/<dd>([\d,]+)<\/dd>/g)].map(([, count]) => Number(count));
}

describe("the studio's flash sales", () => {
  it("tell how to make one, then list each with its state and where its units are", async () => {
    const { cookie } = await signInAs("demo", "auditor");
    const read = async (path = "/studio/sales") => (await page("GET", path, { headers: { cookie } })).text;
    const empty = await read();
    expect(empty).toContain("No flash sale yet");
    expect(empty).toContain("curl http://demo.localhost/api/v1/flash-sales");
    expect(await read("/studio")).toContain('href="/studio/sales"');

    for (const sku of ["STUDIO-SALE-1", "STUDIO-SALE-2"]) await putOnSale(sku, 100);
    const id = await openSale("Lantern night", [item("STUDIO-SALE-1", 20), item("STUDIO-SALE-2", 10)]);
    const take = async (email: string, more = {}) => {
      const body = { email, sku: "STUDIO-SALE-1", ...more };
      const taken = await api("POST", `/flash-sales/${id}/participations`, { key: null, body });
      expect(taken.status, taken.text).toBe(201);
      return taken.body;
    };
    await take("held@example.com");
    const bought = await take("sold@example.com", { shipping_address: home, payment_provider: "sandbox" });
    await play(bought.checkout.payment.id, "paid");
    await eventually(async () => expect(figuresOf(await read(), "STUDIO-SALE-1")).toEqual([20, 1, 1, 18]));
    const listed = await read();
    expect(figuresOf(listed, "STUDIO-SALE-2")).toEqual([10, 0, 0, 10]);
    for (const words of ["Lantern night", "On now", "$9.99", `/sales/${id}`, "<time datetime="])
      expect(listed).toContain(words);
    await api("POST", `/flash-sales/${id}/cancel`);
    expect(await read()).toContain("Called off");
  });

  it("are paged, and open to who may read them in a shop that has them", async () => {
    await putOnSale("STUDIO-SALE-3", 100);
    for (let i = 1; i <= 11; i++) await openSale(`Planned ${i}.`, [item("STUDIO-SALE-3", 1)], i);
    const { cookie } = await signInAs("demo", "support");
    const read = (path: string) => page("GET", path, { headers: { cookie } });
    const first = (await read("/studio/sales")).text;
    expect([first.includes("Planned 11."), first.includes("Planned 1.")]).toEqual([true, false]);
    const next = /href="(\/studio\/sales\?cursor=[^"]+)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect((await read(next)).text).toContain("Planned 1.");
    const foreign = await read("/studio/sales?cursor=made-up");
    expect([foreign.status, foreign.headers.get("location")]).toEqual([303, "/studio/sales"]);
    expect((await page("GET", "/studio/sales")).headers.get("location")).toMatch(/^\/studio\/sign-in/);
    const off = await api("PUT", "/capabilities/flash-sales", { body: { enabled: false, together: true } });
    expect(off.status, off.text).toBe(200);
    await eventually(async () => expect((await read("/studio/sales")).status).toBe(404));
    expect((await read("/studio")).text).not.toContain('href="/studio/sales"');
  });
});
