import { beforeAll, describe, expect, it } from "vitest";
import { api, page } from "../support/api.ts";
import { eventually, expectInvariantsHold } from "../support/settled.ts";
import { checkOut, fillCart, play, putOnSale } from "../support/shopper.ts";
import { fromOwnPage, postForm, signInAs } from "../support/staff.ts";

const SKU = "STUDIO-STEPS-1";

let support: string;
let auditor: string;
beforeAll(async () => {
  await putOnSale(SKU, 50);
  // Invariants want a shop to have an owner.
  await signInAs("demo", "owner");
  support = (await signInAs("demo", "support")).cookie;
  auditor = (await signInAs("demo", "auditor")).cookie;
});

const orderOf = async (id: string) => (await api("GET", `/orders/${id}`)).body;
const show = async (path: string, cookie = support) =>
  (await page("GET", `/studio/orders/${path}`, { headers: { cookie } })).text;
const send = (path: string, fields: Record<string, string>, cookie = support) =>
  postForm("demo", `/studio/orders/${path}`, fields, { cookie });
const location = (it: { headers: Headers }) => it.headers.get("location");

async function placed(sku = SKU): Promise<{ id: string; paymentId: string }> {
  const { body } = await checkOut(await fillCart({ [sku]: 1 }));
  return { id: body.order.id, paymentId: body.payment.id };
}

/** An order that is paid and, with `steps`, moved along. */
async function paid(steps: readonly string[] = [], sku = SKU): Promise<string> {
  const { id, paymentId } = await placed(sku);
  await play(paymentId, "paid");
  await eventually(async () => expect((await orderOf(id)).state).toBe("paid"));
  for (const to of steps) expect((await api("POST", `/orders/${id}/transitions`, { body: { to } })).status).toBe(200);
  return id;
}

describe("an order's page in the studio", () => {
  it("names the provider, says what was paid, and marks the list it belongs to", async () => {
    const { id, paymentId } = await placed();
    const unpaid = await show(id);
    expect(unpaid).toContain("Souk Sandbox Bank");
    expect(unpaid).toContain("Nothing paid yet");
    expect(unpaid).not.toContain("$0.00");
    expect(unpaid).toMatch(/<a href="\/studio\/orders" aria-current="true">/);
    await play(paymentId, "paid");
    await eventually(async () => expect(await show(id)).toContain("$19.99 received"));
  });

  it("moves a paid order along, each step once, and says so when it is too late", async () => {
    const id = await paid();
    for (const [to, words] of [
      ["fulfilling", "Start packing"],
      ["shipped", "Mark as shipped"],
      ["delivered", "Mark as delivered"],
      ["completed", "Mark as completed"],
    ] as const) {
      expect(await show(id)).toContain(words);
      for (let presses = 0; presses < 2; presses++)
        expect(location(await send(id, { to }))).toBe(`/studio/orders/${id}?done=moved`);
    }
    expect((await orderOf(id)).history).toHaveLength(6);
    const late = location(await send(id, { to: "shipped" })) ?? "";
    expect(late).toBe(`/studio/orders/${id}?problem=illegal_transition`);
    expect(await show(late.slice("/studio/orders/".length))).toContain("The order is “Completed” by now");
    const unknown = await send(id, { to: "lost" });
    expect([unknown.status, unknown.text.includes("Next step: an order has no such step")]).toEqual([422, true]);
  });

  it("cancels an order that is not shipped and gives the money back, once, and only when asked twice", async () => {
    const id = await paid(["fulfilling"]);
    expect(await show(id)).toContain("Cancel and give back $19.99");
    const asked = await show(`${id}/cancel`);
    expect(asked).toContain("$19.99 goes back to ann@example.com by Souk Sandbox Bank");
    const unsure = await send(`${id}/cancel`, { amount: "1999" });
    expect([unsure.status, unsure.text.includes("Tick “Yes, cancel it and give back $19.99”")]).toEqual([422, true]);
    expect((await orderOf(id)).state).toBe("fulfilling");
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send(`${id}/cancel`, { amount: "1999", sure: "yes" })),
    );
    for (const it of answers) expect(location(it)).toBe(`/studio/orders/${id}?done=cancelled`);
    await eventually(async () =>
      expect((await orderOf(id)).payments).toMatchObject([{ state: "refunded", refunded: { amount: 1_999 } }]),
    );
    const notes = (await orderOf(id)).history.map((it: { note: string }) => it.note);
    expect(notes.filter((it: string) => it === "refunded")).toHaveLength(1);
    expect(await show(`${id}?done=cancelled`)).toContain("$19.99 given back");
    await expectInvariantsHold();
  });

  it("asks again when an order was paid while somebody looked at the question", async () => {
    const { id, paymentId } = await placed();
    expect(await show(`${id}/cancel`)).toContain("Nothing was paid");
    await play(paymentId, "paid");
    await eventually(async () => expect((await orderOf(id)).state).toBe("paid"));
    const changed = await send(`${id}/cancel`, { amount: "0", sure: "yes" });
    expect([changed.status, changed.text.includes("The order has changed")]).toEqual([409, true]);
    expect((await orderOf(id)).state).toBe("paid");
  });

  it("gives the money of a shipped order back, once, and leaves the stock alone", async () => {
    await putOnSale("STUDIO-BACK-1", 5);
    const id = await paid(["fulfilling", "shipped"], "STUDIO-BACK-1");
    const stock = async () => (await api("GET", "/stock/STUDIO-BACK-1")).body;
    await eventually(async () => expect(await stock()).toMatchObject({ on_hand: 4, sold: 1 }));
    expect(location(await send(`${id}/cancel`, { amount: "1999", sure: "yes" }))).toContain("?problem=");
    expect(await show(`${id}/refund`)).toContain("Refund order");
    for (let presses = 0; presses < 2; presses++)
      expect(location(await send(`${id}/refund`, { amount: "1999", sure: "yes" }))).toContain("?done=refunded");
    await Promise.all(Array.from({ length: 5 }, () => api("POST", `/orders/${id}/refund`)));
    await eventually(async () => expect((await orderOf(id)).payments[0].state).toBe("refunded"));
    const { state, payments, history } = await orderOf(id);
    expect([state, payments[0].refunded, history.length]).toEqual(["refunded", payments[0].captured, 6]);
    expect(await stock()).toMatchObject({ on_hand: 4, sold: 1 });
    const tooLate = await api("POST", `/orders/${(await placed()).id}/refund`);
    expect([tooLate.status, tooLate.body.current_state]).toEqual([409, "pending_payment"]);
    await expectInvariantsHold();
  });

  it("offers an auditor nothing, and neither the pages nor the API take it from them", async () => {
    const id = await paid();
    const shown = await show(id, auditor);
    expect([shown.includes("$19.99 received"), /Start packing|Cancel and give back/.test(shown)]).toEqual([
      true,
      false,
    ]);
    const fields = { amount: "1999", sure: "yes", to: "fulfilling" };
    for (const path of [id, `${id}/cancel`, `${id}/refund`])
      expect((await send(path, fields, auditor)).status).toBe(403);
    expect((await page("GET", `/studio/orders/${id}/cancel`, { headers: { cookie: auditor } })).status).toBe(403);
    const headers = fromOwnPage("demo", auditor);
    const asked = [
      ...["cancel", "refund"].map((it) => api("POST", `/orders/${id}/${it}`, { key: null, headers })),
      api("POST", `/orders/${id}/transitions`, { key: null, headers, body: { to: "fulfilling" } }),
    ];
    expect((await Promise.all(asked)).map((it) => it.status)).toEqual([404, 403, 403]);
    expect((await orderOf(id)).state).toBe("paid");
    expect((await page("POST", `/studio/orders/${id}/cancel`, { headers: { cookie: support } })).status).toBe(403);
  });
});
