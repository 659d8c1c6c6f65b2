import { describe, expect, it } from "vitest";
import { AMOUNT_MAX } from "../../../../src/platform/money.ts";
import { newShopper, PASSWORD, signedInAs } from "../../../support/accounts.ts";
import { api } from "../../../support/api.ts";
import { checkOut, fillCart, home, putOnSale } from "../../../support/shopper.ts";

const cartOf = async (id: string) => (await api("GET", `/carts/${id}`, { key: null })).body;
const inCart = async (id: string): Promise<Record<string, number>> =>
  Object.fromEntries((await cartOf(id)).lines.map((it: { sku: string; quantity: number }) => [it.sku, it.quantity]));
const add = (id: string, sku: string, quantity: number, headers: Record<string, string> = {}) =>
  api("POST", `/carts/${id}/lines`, { key: null, headers, body: { sku, quantity } });

describe("the carts of a shopper", () => {
  it("become one at sign-in: quantities are added and nothing is lost", async () => {
    for (const sku of ["M-A", "M-B", "M-C"]) await putOnSale(sku, 50);
    const first = await fillCart({ "M-A": 2, "M-B": 1 });
    const ann = await newShopper("merge@example.com", "demo", { cart_id: first });
    expect(ann.signedIn.cart_id).toBe(first);
    const second = await fillCart({ "M-B": 3, "M-C": 1 });
    const again = await signedInAs("merge@example.com", "demo", { cart_id: second });
    expect(again.signedIn.cart_id).toBe(first);
    expect(await inCart(first)).toEqual({ "M-A": 2, "M-B": 4, "M-C": 1 });
    expect(await cartOf(second)).toMatchObject({ status: "open", lines: [] });
    for (const cart_id of [first, second]) await signedInAs("merge@example.com", "demo", { cart_id });
    expect(await inCart(first)).toEqual({ "M-A": 2, "M-B": 4, "M-C": 1 });
    await add(second, "M-A", 1);
    await signedInAs("merge@example.com", "demo", { cart_id: second });
    expect(await inCart(first)).toEqual({ "M-A": 3, "M-B": 4, "M-C": 1 });
  });

  it("are merged once by sign-ins at once", async () => {
    await putOnSale("M-RACE", 50);
    await newShopper("race@example.com", "demo", { cart_id: await fillCart({ "M-RACE": 1 }) });
    const other = await fillCart({ "M-RACE": 2 });
    const all = await Promise.all(
      Array.from({ length: 5 }, () => signedInAs("race@example.com", "demo", { cart_id: other })),
    );
    const own = all[0]?.signedIn.cart_id;
    expect([...new Set(all.map((it) => it.signedIn.cart_id))]).toEqual([own]);
    expect(await inCart(own)).toEqual({ "M-RACE": 3 });
  });

  it("are capped at what one line takes, and left alone where both are more than a cart takes", async () => {
    await putOnSale("M-CAP", 20_000, 100);
    const first = await fillCart({ "M-CAP": 9_000 });
    await newShopper("cap@example.com", "demo", { cart_id: first });
    await signedInAs("cap@example.com", "demo", { cart_id: await fillCart({ "M-CAP": 9_000 }) });
    expect(await inCart(first)).toEqual({ "M-CAP": 9_999 });
    await putOnSale("M-DEAR", 20_000, AMOUNT_MAX);
    const full = await fillCart({ "M-DEAR": 1 });
    const kept = await signedInAs("cap@example.com", "demo", { cart_id: full });
    expect(kept.signedIn.cart_id).toBe(full);
    expect([await inCart(full), await inCart(first)]).toEqual([{ "M-DEAR": 1 }, { "M-CAP": 9_999 }]);
    expect((await cartOf(full)).status).toBe("open");
  });

  it("start anew after the account's cart became an order, and unknown ones are no carts", async () => {
    await putOnSale("M-NEW", 50);
    const first = await fillCart({ "M-NEW": 1 });
    await newShopper("anew@example.com", "demo", { cart_id: first });
    expect((await checkOut(first)).status).toBe(201);
    const second = await fillCart({ "M-NEW": 2 });
    expect((await signedInAs("anew@example.com", "demo", { cart_id: second })).signedIn.cart_id).toBe(second);
    const nobodys = `cart_00${"0".repeat(26)}`;
    expect((await signedInAs("anew@example.com", "demo", { cart_id: nobodys })).signedIn.cart_id).toBe(second);
    const acme = await newShopper("anew@example.com", "acme", { cart_id: second });
    expect(acme.signedIn.cart_id).toBeNull();
  });
});

describe("the address book", () => {
  const addresses = "/accounts/me/addresses";

  it("keeps addresses, the first as the default, and forgets them", async () => {
    const { bearer: headers } = await newShopper("book@example.com");
    const call = (method: string, path: string, body?: object) => api(method, path, { key: null, headers, body });
    const first = await call("POST", addresses, { address: home });
    const second = await call("POST", addresses, { address: { ...home, city: "Shelbyville" } });
    expect([first.body.is_default, second.body.is_default]).toEqual([true, false]);
    const changed = await call("PUT", `${addresses}/${second.body.id}`, { address: home, is_default: true });
    expect(changed.body).toEqual({ id: second.body.id, address: home, is_default: true });
    const list = await call("GET", addresses);
    expect(list.body.data.map((it: { is_default: boolean }) => it.is_default)).toEqual([true, false]);
    expect((await call("DELETE", `${addresses}/${second.body.id}`)).status).toBe(204);
    expect((await call("DELETE", `${addresses}/${second.body.id}`)).body.code).toBe("unknown_address");
    expect((await call("GET", "/accounts/me")).body.default_address_id).toBeNull();
    const stranger = await newShopper("bookless@example.com");
    const foreign = await api("PUT", `${addresses}/${first.body.id}`, {
      key: null,
      headers: stranger.bearer,
      body: { address: home },
    });
    expect(foreign.body.code).toBe("unknown_address");
    expect((await api("GET", addresses, { key: null, headers: stranger.bearer })).body.data).toEqual([]);
  });

  it("is full at fifty", async () => {
    const { bearer: headers } = await newShopper("collector@example.com");
    const keep = () => api("POST", addresses, { key: null, headers, body: { address: home } });
    for (let i = 0; i < 50; i++) expect((await keep()).status).toBe(201);
    expect((await keep()).body.code).toBe("address_book_full");
  });
});

describe("the orders of an account", () => {
  it("are those placed while signed in, and stay with the shop when the account is deleted", async () => {
    await putOnSale("O-LAMP", 50);
    const ann = await newShopper("orders@example.com");
    const place = async (headers: Record<string, string>) =>
      api("POST", "/checkouts", {
        key: null,
        headers,
        body: { cart_id: await fillCart({ "O-LAMP": 1 }), email: "work@example.com", shipping_address: home },
      });
    const guest = await place({});
    const [first, second] = [await place(ann.bearer), await place(ann.cookie)];
    const orders = (path = "") => api("GET", `/accounts/me/orders${path}`, { key: null, headers: ann.bearer });
    const list = await orders("?limit=1");
    const rest = await orders(`?limit=1&cursor=${list.body.next_cursor}`);
    const ids = [...list.body.data, ...rest.body.data].map((it) => it.order.id);
    expect(ids).toEqual([second.body.order.id, first.body.order.id]);
    expect(ids).not.toContain(guest.body.order.id);
    const { order, order_token } = list.body.data[0];
    expect((await api("GET", `/orders/${order.id}?token=${order_token}`, { key: null })).body.id).toBe(order.id);
    const stranger = await newShopper("orderless@example.com");
    const none = await api("GET", "/accounts/me/orders", { key: null, headers: stranger.bearer });
    expect(none.body.data).toEqual([]);
    const removed = await api("POST", "/accounts/me/deletion", {
      key: null,
      headers: ann.bearer,
      body: { password: PASSWORD },
    });
    expect(removed.status).toBe(204);
    const anew = await newShopper("orders@example.com");
    const after = await api("GET", "/accounts/me/orders", { key: null, headers: anew.bearer });
    expect(after.body.data).toEqual([]);
    expect((await api("GET", `/orders/${order.id}`)).body.email).toBe("work@example.com");
  });
});
