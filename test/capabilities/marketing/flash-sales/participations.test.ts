import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import {
  codeOf,
  inMinutes,
  join,
  left,
  openSale,
  orderAtOnce,
  orderHeld,
  passFor,
  readSale,
  scheduleSale,
} from "../../../support/flash-sale.ts";
import { eventually, expectInvariantsHold } from "../../../support/settled.ts";
import { home, putOnSale } from "../../../support/shopper.ts";

/** Long enough to take part twice on a busy machine. */
const ENDS_MS = 10_000;

const stock = async (sku: string) => (await api("GET", `/stock/${sku}`)).body;

describe("taking part", () => {
  it("answers each of the six outcomes", async () => {
    const eligibility = { countries: ["US"], email_domains: ["example.com"] };
    const sale = await openSale("SIX-1", { quantity: 2, eligibility });
    const reserved = await join(sale.id, "ann@example.com");
    expect([reserved.status, reserved.body.outcome, reserved.body.checkout]).toEqual([201, "reserved", null]);
    const again = await join(sale.id, "Ann+2@Example.com");
    expect([codeOf(again), again.body.units]).toEqual(["409 already_participated", 1]);
    expect(codeOf(await join(sale.id, "bob@example.org"))).toBe("403 not_eligible");
    const abroad = { ...orderAtOnce, shipping_address: { ...home, country: "CN" } };
    expect(codeOf(await join(sale.id, "bob@example.com", { body: abroad }))).toBe("403 not_eligible");
    expect(codeOf(await join(sale.id, "bob@example.com", { body: { quantity: 2 } }))).toBe("403 not_eligible");
    expect((await join(sale.id, "bob@example.com")).status).toBe(201);
    expect(codeOf(await join(sale.id, "cid@example.com"))).toBe("409 sold_out");
    await left(sale.id, 0);
    expect((await readSale(sale.id)).state).toBe("sold_out");
    const later = await openSale("SIX-2", { starts_at: inMinutes(1) });
    expect(codeOf(await join(later.id, "ann@example.com"))).toBe("409 not_started");
    expect(codeOf(await join(`fls_${"0".repeat(26)}`, "ann@example.com"))).toBe("404 unknown_sale");
    expect(codeOf(await join(sale.id, "ann@example.com", { shop: "acme" }))).toBe("404 unknown_sale");
    await expectInvariantsHold();
  });

  it("is over at the end by the counter's clock; what is left goes back, and so does what is released after", async () => {
    await putOnSale("ENDS-1", 100);
    const made = await scheduleSale({ sku: "ENDS-1", ends_at: new Date(Date.now() + ENDS_MS).toISOString() });
    expect(made.status, made.text).toBe(201);
    const sale = made.body;
    const held = await join(sale.id, "ann@example.com");
    expect(held.status, held.text).toBe(201);
    const ordered = await join(sale.id, "bob@example.com", { body: orderAtOnce });
    expect(ordered.status, ordered.text).toBe(201);
    await eventually(async () => expect((await readSale(sale.id)).state).toBe("ended"));
    expect(codeOf(await join(sale.id, "cid@example.com"))).toBe("409 ended");
    await eventually(async () => {
      expect(await stock("ENDS-1")).toMatchObject({ on_hand: 98 });
    });
    const { order, order_token } = ordered.body.checkout;
    await api("POST", `/orders/${order.id}/cancel?token=${order_token}`, { key: null });
    await eventually(async () => expect(await stock("ENDS-1")).toMatchObject({ on_hand: 99 }));
    expect((await orderHeld(sale.id, held.body.id)).status).toBe(201);
    await expectInvariantsHold();
  });

  it("by one buyer 200 times at once gets the limit, exactly", async () => {
    const sale = await openSale("LIMIT-1", { quantity: 50, per_buyer_limit: 3 });
    const answers = await Promise.all(Array.from({ length: 200 }, () => join(sale.id, "ann@example.com")));
    expect(answers.filter((it) => it.status === 201)).toHaveLength(3);
    expect(new Set(answers.filter((it) => it.status !== 201).map(codeOf))).toEqual(
      new Set(["409 already_participated"]),
    );
    await left(sale.id, 47);
  });

  it("by 50 for the last unit gets it to exactly one, and the winner's replay is not taken for a loser's", async () => {
    const sale = await openSale("LAST-1", { quantity: 1 });
    const tries = Array.from({ length: 50 }, (_, i) => ({ email: `b${i}@example.com`, key: `last-${i}` }));
    const body = orderAtOnce;
    const answers = await Promise.all(tries.map(({ email, key }) => join(sale.id, email, { key, body })));
    const won = answers.findIndex((it) => it.status === 201);
    expect(answers.filter((it) => it.status === 201)).toHaveLength(1);
    expect(answers.filter((it) => codeOf(it) === "409 sold_out")).toHaveLength(49);
    const { email = "", key = "" } = tries[won] ?? {};
    expect((await join(sale.id, email, { key, body })).text).toBe(answers[won]?.text);
    await expectInvariantsHold();
  });

  it.each([0, -1, 1.5, 1e9, "1"])("with the quantity %s is refused", async (quantity) => {
    const answer = await join(`fls_${"0".repeat(26)}`, "ann@example.com", { body: { quantity } });
    expect([codeOf(answer), answer.body.errors[0].field]).toEqual(["422 invalid_request", "quantity"]);
  });

  it("with half of what an order needs is refused", async () => {
    const sale = await openSale("HALF-1");
    for (const body of [{ shipping_address: home }, { payment_provider: "sandbox" }])
      expect(codeOf(await join(sale.id, "ann@example.com", { body }))).toBe("422 invalid_request");
  });

  it("refuses a key that was used for other words", async () => {
    const sale = await openSale("KEY-1", { per_buyer_limit: 5 });
    const first = await join(sale.id, "ann@example.com", { key: "k" });
    expect((await join(sale.id, "ann@example.com", { key: "k" })).text).toBe(first.text);
    for (const [email, body] of [
      ["bob@example.com", {}],
      ["ann@example.com", { quantity: 2 }],
      ["ann@example.com", orderAtOnce],
    ] as const)
      expect(codeOf(await join(sale.id, email, { key: "k", body }))).toBe("422 key_reused");
    const moved = { ...orderAtOnce, shipping_address: { ...home, city: "Elsewhere" } };
    await join(sale.id, "ann@example.com", { key: "o", body: orderAtOnce });
    expect(codeOf(await join(sale.id, "ann@example.com", { key: "o", body: moved }))).toBe("422 key_reused");
    await left(sale.id, 8);
  });
});

describe("a pass of the waiting room", () => {
  it("lets its buyer in once, and nobody else", async () => {
    const sale = await openSale("PASS-1", { waiting_room: { admit_per_second: 5 }, per_buyer_limit: 2 });
    const other = await openSale("PASS-2", { waiting_room: { admit_per_second: 5 } });
    const enter = (email: string, pass?: string, key?: string) => join(sale.id, email, { body: { pass }, key });
    const good = passFor(sale.id, "ann@example.com");
    expect(codeOf(await enter("ann@example.com"))).toBe("403 pass_required");
    expect(codeOf(await enter("ann@example.com", `${good.slice(0, -1)}!`))).toBe("403 pass_invalid");
    expect(codeOf(await enter("bob@example.com", good))).toBe("403 pass_foreign");
    expect(codeOf(await join(other.id, "ann@example.com", { body: { pass: good } }))).toBe("403 pass_foreign");
    const foreign = passFor(sale.id, "ann@example.com", { tenantId: "acme" });
    expect(codeOf(await enter("ann@example.com", foreign))).toBe("403 pass_foreign");
    const late = passFor(sale.id, "ann@example.com", { expiresAt: Date.now() - 1 });
    expect(codeOf(await enter("ann@example.com", late))).toBe("403 pass_expired");
    const entered = await enter("ann@example.com", good, "entered");
    expect(entered.status, entered.text).toBe(201);
    expect((await enter("ann@example.com", good, "entered")).text).toBe(entered.text);
    const shared = await Promise.all(Array.from({ length: 20 }, () => enter("ann@example.com", good)));
    expect(new Set(shared.map(codeOf))).toEqual(new Set(["403 pass_used"]));
    expect((await enter("Ann+x@example.com", passFor(sale.id, "ann@example.com"))).status).toBe(201);
    await left(sale.id, 8);
  });
});
