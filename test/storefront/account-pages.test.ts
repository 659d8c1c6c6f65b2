import { describe, expect, it } from "vitest";
import { newShopper, PASSWORD } from "../support/accounts.ts";
import { api, page } from "../support/api.ts";
import { newBrowser } from "../support/browser.ts";
import { mailTo } from "../support/mails.ts";
import { home, putOnSale } from "../support/shopper.ts";

const location = (it: { headers: Headers }) => it.headers.get("location");
const doorTo = (path: string) => `/account/sign-in?next=${encodeURIComponent(path)}`;

describe("the pages of an account", () => {
  it("lead who is not signed in to the door and back", async () => {
    const browser = newBrowser();
    for (const path of ["/account", "/account/orders", "/account/addresses", "/account/security"])
      expect(location(await browser.get(path))).toBe(doorTo(path));
    await newShopper("door@example.com");
    const words = { email: "Door@example.com", password: PASSWORD };
    expect(location(await browser.post("/account/sign-in", { ...words, next: "/account/orders" }))).toBe(
      "/account/orders",
    );
    expect((await browser.get("/account")).text).toContain("door@example.com");
    expect(location(await browser.get("/account/sign-in?next=/checkout"))).toBe("/checkout");
    for (const next of ["//evil.example", "https://evil.example", "/\\evil.example"])
      expect(location(await newBrowser().post("/account/sign-in", { ...words, next }))).toBe("/account");
  });

  it("register, bring the cart along, fill in the checkout and sign out", async () => {
    await putOnSale("P-LAMP", 10);
    const browser = newBrowser();
    await browser.post("/cart/lines", { sku: "P-LAMP", quantity: "2" });
    const cart = browser.kept.get("cart");
    const weak = await browser.post("/account/register", { email: "new@example.com", password: "short" });
    expect(weak.text.match(/At least 10 characters/g)).toHaveLength(1);
    expect([weak.status, browser.kept.has("session")]).toEqual([422, false]);
    expect(weak.text).toContain("At least 10 characters");
    const fields = { email: "new@example.com", password: PASSWORD };
    expect(location(await browser.post("/account/register", fields))).toBe("/account/register?sent");
    expect((await browser.get("/account/register?sent")).text).toContain("Now look into your mail");
    expect(browser.kept.has("session")).toBe(false);
    expect((await browser.post("/account/sign-in", fields)).status).toBe(422);
    const { href, token } = await mailTo("new@example.com", "account_confirmation");
    const path = href.replace("http://demo.localhost", "");
    for (let looks = 0; looks < 2; looks++) expect((await browser.get(path)).text).toContain('value="new@example.com"');
    const wrong = await browser.post("/account/confirm", { token, password: "not the password" });
    expect([wrong.status, wrong.text.includes("This password is wrong")]).toEqual([422, true]);
    expect(location(await browser.post("/account/confirm", { ...fields, token }))).toBe("/account?done=confirmed");
    expect((await browser.get("/account?done=confirmed")).text).toContain("new@example.com is confirmed");
    expect(browser.kept.get("session")).toMatch(/^shs_/);
    expect(location(await browser.get(path))).toBe("/account");
    expect((await newBrowser().get(path)).status).toBe(404);
    expect(browser.kept.get("cart")).toBe(cart);
    const { name, line1, city, region, postal_code, country } = home;
    const incomplete = await browser.post("/account/addresses", { name, line1, city: "", country });
    expect(incomplete.status).toBe(422);
    const kept = await browser.post("/account/addresses", { name, line1, city, region, postal_code, country });
    expect(location(kept)).toBe("/account/addresses");
    const checkout = await browser.get("/checkout");
    for (const it of ['value="new@example.com"', 'value="1 Main Street"', 'value="62701"'])
      expect(checkout.text).toContain(it);
    const placed = await browser.post("/checkout", { ...home, email: "new@example.com", cart_id: cart ?? "" });
    expect(placed.status, placed.text).toBe(303);
    expect((await browser.get("/account/orders")).text).toContain("Product P-LAMP");
    await browser.post("/cart/lines", { sku: "P-LAMP", quantity: "1" });
    const next = browser.kept.get("cart");
    expect(next).not.toBe(cart);
    expect(location(await browser.post("/account/sign-out"))).toBe("/");
    expect([browser.kept.has("session"), browser.kept.has("cart")]).toEqual([false, false]);
    expect(location(await browser.get("/account"))).toBe(doorTo("/account"));
    await browser.post("/account/sign-in", fields);
    expect(browser.kept.get("cart")).toBe(next);
  });

  it("change addresses, passwords and sessions", async () => {
    const browser = newBrowser();
    const elsewhere = await newShopper("pages@example.com");
    const signIn = (password: string) => browser.post("/account/sign-in", { email: "pages@example.com", password });
    await signIn(PASSWORD);
    await browser.post("/account/addresses", { ...home });
    await browser.post("/account/addresses", { ...home, city: "Shelbyville" });
    const ids = [...(await browser.get("/account/addresses")).text.matchAll(/\?edit=(adr_\w+)/g)].map((it) => it[1]);
    expect(ids).toHaveLength(2);
    await browser.post(`/account/addresses/${ids[0]}/default`);
    await browser.post(`/account/addresses/${ids[1]}/remove`);
    const book = (await browser.get(`/account/addresses?edit=${ids[0]}`)).text;
    expect([
      book.includes("Default address"),
      book.includes("Springfield"),
      book.includes('value="Shelbyville"'),
    ]).toEqual([true, false, true]);
    const wrong = await browser.post("/account/security/password", { current_password: "x", new_password: "y" });
    expect([wrong.status, wrong.text.includes("At least 10 characters")]).toEqual([422, true]);
    const change = { current_password: PASSWORD, new_password: "silk lamps by the river" };
    expect(location(await browser.post("/account/security/password", change))).toBe("/account/security?done=password");
    expect((await api("GET", "/accounts/me", { key: null, headers: elsewhere.bearer })).status).toBe(401);
    await newShopper("pages2@example.com");
    expect((await signIn(PASSWORD)).status).toBe(422);
    const gone = await browser.post("/account/security/deletion", { password: "silk lamps by the river" });
    expect([location(gone), browser.kept.has("session")]).toEqual(["/", false]);
    const again = await signIn("silk lamps by the river");
    expect([again.status, again.text.includes("e-mail address or the password is wrong")]).toEqual([422, true]);
  });

  it("say when it was wrong too often", async () => {
    const browser = newBrowser();
    await newShopper("often@example.com");
    const guess = () => browser.post("/account/sign-in", { email: "often@example.com", password: "wrong, all wrong" });
    const statuses = [];
    for (let i = 0; i < 11; i++) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array(10).fill(422), 429]);
  });

  it("say the same of an address that has an account and of a new one", async () => {
    await newShopper("again@example.com");
    for (const email of ["again@example.com", "again.new@example.com"]) {
      const browser = newBrowser();
      const fields = { email, password: "somebody else's lamps" };
      expect(location(await browser.post("/account/register", fields))).toBe("/account/register?sent");
      expect((await browser.post("/account/sign-in", fields)).status).toBe(422);
      expect(browser.kept.has("session")).toBe(false);
    }
  });
});

describe("kept pages", () => {
  it("are kept for who is signed in, too, and hold nothing of anybody", async () => {
    const ann = await newShopper("kept@example.com");
    const cookie = `session=${ann.token}`;
    const answers = [await page("GET", "/"), await page("GET", "/", { headers: { cookie } })];
    for (const it of answers) {
      expect(it.headers.get("server-timing")).toContain("kept");
      expect(it.text).toContain('href="/account"');
      expect(it.text).not.toContain("kept@example.com");
    }
  });
});
