import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import { expectInvariantsHold } from "../../../support/settled.ts";
import { checkOut, fillCart, home, putOnSale } from "../../../support/shopper.ts";

describe("a checkout", () => {
  it("posted 100 times with one key is one order and one answer", async () => {
    await putOnSale("SAME-100", 500);
    const cart = await fillCart({ "SAME-100": 1 });
    const answers = await Promise.all(Array.from({ length: 100 }, () => checkOut(cart, { key: "once" })));
    expect(new Set(answers.map((it) => it.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((it) => JSON.stringify(it.body))).size).toBe(1);
    expect((await api("GET", "/stock/SAME-100")).body).toMatchObject({ reserved: 1 });
    expect((await checkOut(cart, { key: "once" })).body).toEqual(answers[0]?.body);
    await expectInvariantsHold();
  });

  it("refuses a key that was used for another body, and holds nothing for it", async () => {
    await putOnSale("KEYS-1", 10);
    const [first, second] = [await fillCart({ "KEYS-1": 1 }), await fillCart({ "KEYS-1": 1 })];
    expect((await checkOut(first, { key: "k" })).status).toBe(201);
    const otherMail = await checkOut(first, { key: "k", email: "bob@example.com" });
    const otherCart = await checkOut(second, { key: "k" });
    expect([otherMail.status, otherMail.body.code]).toEqual([422, "key_reused"]);
    expect([otherCart.status, otherCart.body.code]).toEqual([422, "key_reused"]);
    expect((await api("GET", "/stock/KEYS-1")).body.reserved).toBe(1);
    expect((await checkOut(second, { key: "other" })).status).toBe(201);
  });

  it("makes one order of one cart, however many ask at once without a key", async () => {
    await putOnSale("CART-1", 50);
    const cart = await fillCart({ "CART-1": 1 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => checkOut(cart)));
    expect(answers.filter((it) => it.status === 201)).toHaveLength(1);
    expect(answers.filter((it) => it.body.code === "cart_checked_out")).toHaveLength(19);
    const again = await checkOut(cart);
    expect([again.body.code, again.body.order_id]).toEqual([
      "cart_checked_out",
      answers.find((it) => it.status === 201)?.body.order.id,
    ]);
    expect((await api("GET", "/stock/CART-1")).body.reserved).toBe(1);
  });

  it("holds every line or none, and says what is missing", async () => {
    await putOnSale("ALL-1", 5);
    await putOnSale("ALL-2", 1);
    const cart = await fillCart({ "ALL-1": 2, "ALL-2": 3 });
    const refused = await checkOut(cart);
    expect([refused.status, refused.body.code]).toEqual([409, "sold_out"]);
    expect(refused.body.changes).toEqual([{ sku: "ALL-2", title: "Product ALL-2", what: "stock", was: 3, now: 1 }]);
    expect((await api("GET", "/stock/ALL-1")).body.reserved).toBe(0);
    const { lines } = (await api("GET", `/carts/${cart}`, { key: null })).body;
    const line = lines.find((it: { sku: string }) => it.sku === "ALL-2");
    await api("PATCH", `/carts/${cart}/lines/${line.id}`, { key: null, body: { quantity: 1 } });
    expect((await checkOut(cart)).status).toBe(201);
    await expectInvariantsHold();
  });

  it("takes the cart over from a checkout that died before its order, and gives its stock back", async () => {
    await putOnSale("DEAD-1", 3);
    const cart = await fillCart({ "DEAD-1": 2 });
    const dead = {
      key: "dead",
      fingerprint: "f",
      orderId: "ord_0001m7yy6y2rfvps44tgyvgmhag2",
      buyer: "ann@example.com",
    };
    await env.CARTS.getByName(`demo:${cart.slice(5, 7)}`).claim(cart, { ...dead, at: Date.now() - 60_000 });
    const body = { buyer: dead.buyer, quantity: 2, ttl_seconds: 3_600 };
    const headers = { "idempotency-key": `${dead.orderId}:DEAD-1` };
    expect((await api("POST", "/stock/DEAD-1/reservations", { body, headers })).status).toBe(201);
    const ordered = await checkOut(cart, { key: "alive" });
    expect(ordered.status, ordered.text).toBe(201);
    expect((await api("GET", "/stock/DEAD-1")).body).toMatchObject({ reserved: 2, available: 1 });
    await expectInvariantsHold();
  });

  it("shows a changed price and orders only what was agreed to", async () => {
    await putOnSale("PRICE-1", 5, 1_000);
    const cart = await fillCart({ "PRICE-1": 2 });
    const dearer = { variants: [{ sku: "PRICE-1", price: { amount: 1_200, currency: "USD" } }] };
    expect((await api("PATCH", "/products/price-1", { body: dearer })).status).toBe(200);
    const refused = await checkOut(cart);
    expect([refused.status, refused.body.code]).toEqual([409, "cart_changed"]);
    expect(refused.body.changes).toEqual([
      { sku: "PRICE-1", title: "Product PRICE-1", what: "price", was: 1_000, now: 1_200 },
    ]);
    const wrong = await checkOut(cart, { body: { expected_total: { amount: 2_000, currency: "USD" } } });
    expect(wrong.body.code).toBe("cart_changed");
    const agreed = await checkOut(cart, { body: { expected_total: { amount: 2_400, currency: "USD" } } });
    expect([agreed.status, agreed.body.order.total.amount]).toEqual([201, 2_400]);
  });

  it("refuses a product that left the shop", async () => {
    await putOnSale("GONE-1", 5);
    const cart = await fillCart({ "GONE-1": 1 });
    await api("PATCH", "/products/gone-1", { body: { status: "archived" } });
    const refused = await checkOut(cart);
    expect([refused.body.code, refused.body.changes[0].what]).toEqual(["cart_changed", "gone"]);
  });

  it("refuses an empty cart, an unknown cart and another shop's cart", async () => {
    expect((await checkOut(await fillCart({}))).body.code).toBe("cart_empty");
    expect((await checkOut("cart_0001m7yy6y2rfvps44tgyvgmhag2")).body.code).toBe("unknown_cart");
    await putOnSale("MINE-1", 1);
    const cart = await fillCart({ "MINE-1": 1 });
    expect((await checkOut(cart, { shop: "acme" })).body.code).toBe("unknown_cart");
  });

  it.each([
    ["email", { email: "not-an-address" }],
    ["shipping_address.country", { shipping_address: { ...home, country: "us" } }],
    ["shipping_address.city", { shipping_address: { ...home, city: "  " } }],
    ["shipping_address.postal_code", { shipping_address: { ...home, postal_code: "!" } }],
    ["payment_provider", { payment_provider: "free" }],
    ["status", { status: "paid" }],
    ["shipping_address.is_admin", { shipping_address: { ...home, is_admin: true } }],
    ["expected_total.amount", { expected_total: { amount: -1, currency: "USD" } }],
  ])("names the wrong field %s", async (field, body) => {
    const answer = await checkOut("cart_0001m7yy6y2rfvps44tgyvgmhag2", { body });
    expect([answer.status, answer.body.errors[0].field]).toEqual([422, field]);
  });
});
