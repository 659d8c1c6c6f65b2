import { describe, expect, it } from "vitest";
import { newAddress, newShopper, PASSWORD, register, signedInAs, signIn } from "../../../support/accounts.ts";
import { api } from "../../../support/api.ts";

const me = (headers: Record<string, string>, shop = "demo") => api("GET", "/accounts/me", { shop, key: null, headers });

describe("registering", () => {
  it("answers the same for a new address and for one that has an account, and leaves that as it is", async () => {
    const first = await register("once@example.com");
    await newShopper("twice@example.com");
    const again = await register("Twice@Example.com", { password: "another long password" });
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    const names = (it: typeof first) => [...it.headers.keys()].sort();
    expect(names(again)).toEqual(names(first));
    expect((await signIn("twice@example.com")).status).toBe(201);
    expect((await signIn("twice@example.com", { password: "another long password" })).status).toBe(401);
  });

  it("knows a mailbox however its address is written, also with letters of other scripts", async () => {
    await newShopper("Ann.Lee@Münchén.example");
    const found = await signIn("ann.lee@xn--mnchn-esa3k.example");
    const same = await signIn("ANN.LEE@MÜNCHÉN.EXAMPLE");
    expect([same.status, same.body.account.email]).toEqual([201, "Ann.Lee@Münchén.example"]);
    expect(found.body.account.id).toBe(same.body.account.id);
    await newShopper("李雷@例子.测试");
    expect((await signIn("李雷@例子.测试")).body.account.email).toBe("李雷@例子.测试");
  });

  it("refuses passwords that anybody would guess, and says why", async () => {
    for (const [password, reason] of [
      ["short", "too_short"],
      ["password2026", "too_common"],
      ["weak.shopper is me", "too_personal"],
      ["my ten lamps 2026", "too_personal"],
      ["x".repeat(200), "too_long"],
    ] as const) {
      const answer = await register("weak.shopper@example.com", { password });
      expect([password, answer.body.code, answer.body.reason]).toEqual([password, "weak_password", reason]);
    }
    expect((await signIn("weak.shopper@example.com")).status).toBe(401);
  });

  it("is done twenty times an hour from one address, whatever is registered", async () => {
    const address = newAddress();
    const weak = Array.from({ length: 5 }, () => register("flood@example.com", { password: "short", address }));
    await Promise.all(weak);
    const answers = await Promise.all(
      Array.from({ length: 22 }, (_, i) => register(`flood${i % 6}@example.com`, { address })),
    );
    expect(answers.filter((it) => it.status === 202)).toHaveLength(20);
    const refused = answers.find((it) => it.status === 429);
    expect(refused?.body.code).toBe("too_many_attempts");
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(3_000);
    expect((await register("flood9@example.com")).status).toBe(202);
  });
});

describe("signing in", () => {
  it("opens a session for its shop alone", async () => {
    const ann = await newShopper("session@example.com");
    const { session_token, ...answer } = ann.signedIn;
    expect(session_token).toMatch(/^shs_[\w-]{43}$/);
    expect(answer).toMatchObject({ account: { email: "session@example.com" }, cart_id: null });
    expect((await me(ann.bearer)).body).toEqual(answer.account);
    expect((await me(ann.cookie)).body).toEqual(answer.account);
    for (const headers of [ann.bearer, { cookie: ann.cookie.cookie ?? "" }, {}]) {
      const elsewhere = await me(headers, "acme");
      expect([elsewhere.status, elsewhere.body.code]).toEqual([401, "unauthenticated"]);
    }
    expect(
      (await me({ authorization: `Bearer ${session_token.slice(0, -1)}${session_token.endsWith("A") ? "E" : "A"}` }))
        .status,
    ).toBe(401);
    expect((await api("GET", "/accounts/me")).body.code).toBe("unauthenticated");
  });

  it("is refused alike for a wrong password and for nobody's address", async () => {
    await newShopper("known@example.com");
    const wrong = await signIn("known@example.com", { password: "not the password" });
    const unknown = await signIn("unknown@example.com", { password: "not the password" });
    const { request_id: _, ...said } = wrong.body;
    expect(unknown.body).toMatchObject(said);
    expect([wrong.status, wrong.body.code]).toEqual([401, "wrong_credentials"]);
    const acme = await signIn("known@example.com", { shop: "acme" });
    expect([acme.status, acme.body.detail]).toEqual([401, wrong.body.detail]);
  });

  it("stops after ten wrong passwords for one account, known or not, but not for a device of the owner's", async () => {
    const owner = await newShopper("guessed@example.com");
    for (const email of ["guessed@example.com", "nobody.there@example.com"]) {
      const guesses = await Promise.all(
        Array.from({ length: 14 }, () => signIn(email, { password: "a guess, a guess" })),
      );
      expect(guesses.map((it) => it.status).sort()).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    }
    const shut = await signIn("guessed@example.com");
    expect([shut.status, shut.body.code]).toEqual([429, "too_many_attempts"]);
    expect(Number(shut.headers.get("retry-after"))).toBeGreaterThan(600);
    const known = await signIn("guessed@example.com", { body: { device_token: owner.signedIn.device_token } });
    expect(known.status).toBe(201);
    expect((await me(owner.bearer)).status).toBe(200);
  });

  it("stops after thirty wrong passwords from one address", async () => {
    const address = newAddress();
    const guesses = await Promise.all(
      Array.from({ length: 34 }, (_, i) => signIn(`list${i}@example.com`, { password: "a guess, a guess", address })),
    );
    expect(guesses.filter((it) => it.status === 429)).toHaveLength(4);
    await newShopper("right@example.com");
    expect((await signIn("right@example.com", { address })).status).toBe(429);
    expect((await signIn("right@example.com")).status).toBe(201);
  });

  it("ends the session that the browser brought", async () => {
    const first = await newShopper("rotated@example.com");
    const second = await signIn("rotated@example.com", { headers: first.cookie });
    expect(second.status).toBe(201);
    expect((await me(first.bearer)).status).toBe(401);
    expect((await me({ authorization: `Bearer ${second.body.session_token}` })).status).toBe(200);
  });
});

describe("a call with the session cookie", () => {
  it("changes something only from the shop's own page", async () => {
    const ann = await newShopper("crossed@example.com");
    const signOut = (headers: Record<string, string>) =>
      api("DELETE", "/accounts/me/sessions/current", { key: null, headers });
    const cookie = ann.cookie.cookie ?? "";
    const foreign: Record<string, string>[] = [
      { cookie },
      { cookie, origin: "http://acme.localhost" },
      { cookie, origin: "http://evil.example" },
      { cookie, origin: "null" },
    ];
    for (const headers of foreign) expect((await signOut(headers)).body.code).toBe("cross_site_request");
    const cart = await api("POST", "/carts", { key: null, headers: { cookie, origin: "http://acme.localhost" } });
    expect(cart.body.code).toBe("cross_site_request");
    expect((await me({ cookie })).status).toBe(200);
    expect((await signOut(ann.cookie)).status).toBe(204);
    expect((await me({ cookie })).status).toBe(401);
  });

  it("that has ended is a visitor's call where anybody may call", async () => {
    const headers = { cookie: `session=shs_${"x".repeat(43)}`, origin: "http://demo.localhost" };
    expect((await api("POST", "/carts", { key: null, headers })).status).toBe(201);
    const bearer = { authorization: `Bearer shs_${"x".repeat(43)}` };
    expect((await api("POST", "/carts", { key: null, headers: bearer })).status).toBe(401);
  });
});

describe("an account", () => {
  it("changes its password knowing the old one, which ends every other session", async () => {
    const [here, there] = [await newShopper("changed@example.com"), await signedInAs("changed@example.com")];
    const change = (current_password: string, new_password: string) =>
      api("PUT", "/accounts/me/password", {
        key: null,
        headers: here.bearer,
        body: { current_password, new_password },
      });
    expect((await change("not the password", "a new long password")).body.code).toBe("wrong_credentials");
    expect((await change(PASSWORD, "changed@example.com")).body.code).toBe("weak_password");
    expect((await change(PASSWORD, "a new long password")).status).toBe(204);
    expect([(await me(here.bearer)).status, (await me(there.bearer)).status]).toEqual([200, 401]);
    expect((await signIn("changed@example.com")).status).toBe(401);
    expect((await signIn("changed@example.com", { password: "a new long password" })).status).toBe(201);
  });

  it("lists its sessions and ends one of them at once, never one of another account", async () => {
    const here = await newShopper("listed@example.com", "demo", { device_name: "Chromium on Linux" });
    const there = await signedInAs("listed@example.com", "demo", { device_name: "Firefox on Android" });
    const stranger = await newShopper("stranger@example.com");
    const list = await api("GET", "/accounts/me/sessions?limit=1", { key: null, headers: here.bearer });
    const next = `/accounts/me/sessions?limit=1&cursor=${list.body.next_cursor}`;
    const rest = await api("GET", next, { key: null, headers: here.bearer });
    expect([list.body.data[0], rest.body.data[0]]).toMatchObject([
      { device: "Firefox on Android", is_current: false },
      { device: "Chromium on Linux", is_current: true },
    ]);
    expect(rest.body.next_cursor).toBeNull();
    expect((await api("GET", next, { key: null, headers: stranger.bearer })).body.code).toBe("invalid_request");
    const end = (headers: Record<string, string>) =>
      api("DELETE", `/accounts/me/sessions/${list.body.data[0].id}`, { key: null, headers });
    expect((await end(stranger.bearer)).body.code).toBe("unknown_session");
    expect((await end(here.bearer)).status).toBe(204);
    expect((await me(there.bearer)).status).toBe(401);
    expect((await end(here.bearer)).body.code).toBe("unknown_session");
  });

  it("is deleted with the password, and its address may register anew", async () => {
    const ann = await newShopper("gone@example.com");
    const remove = (password: string) =>
      api("POST", "/accounts/me/deletion", { key: null, headers: ann.bearer, body: { password } });
    expect((await remove("not the password")).body.code).toBe("wrong_credentials");
    expect((await remove(PASSWORD)).status).toBe(204);
    expect((await me(ann.bearer)).status).toBe(401);
    expect((await signIn("gone@example.com")).status).toBe(401);
    const again = await newShopper("gone@example.com");
    expect(again.signedIn.account.id).not.toBe(ann.signedIn.account.id);
  });
});
