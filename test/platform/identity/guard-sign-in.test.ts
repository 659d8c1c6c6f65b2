import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { SignInGuard } from "../../../durable-objects/sign-in-guard.ts";
import type { Tenant } from "../../../src/platform/context.ts";
import { guardAddress, guardSignIn, spendOnce } from "../../../src/platform/identity/guard-sign-in.ts";
import { newDevice } from "../../../src/platform/identity/known-device.ts";
import { sha256Hex } from "../../../src/platform/signatures.ts";
import { ring } from "../../support/ring.ts";

const DAY = 86_400_000;

const tenant = (id: string): Tenant => ({
  id,
  name: id,
  currency: "USD",
  locale: "en",
  theme: {},
  settings: { paymentWindowMinutes: 60, orderShards: 1 },
  state: "active",
  trialEndsAt: null,
  off: new Set(),
});
const caller = (address: string | undefined, shop = "demo") => ({ env, tenant: tenant(shop), now: Date.now, address });
const wrong = async () => undefined;
const right = async () => "ann";
const codeOf = (it: { ok: boolean; code?: string }) => (it.ok ? "ok" : it.code);

const attempts = (count: number, address: (i: number) => string, account: (i: number) => string, check = wrong) =>
  Promise.all(
    Array.from({ length: count }, (_, i) =>
      guardSignIn(caller(address(i)), { realm: "shopper", account: account(i) }, check),
    ),
  );

describe("the guard of sign-ins", () => {
  it("lets ten of fifty simultaneous guesses at one account through, whatever their addresses", async () => {
    let checked = 0;
    const answers = await attempts(
      50,
      (i) => `192.0.2.${i}`,
      () => "ann@example.com",
      async () => {
        checked += 1;
        return undefined;
      },
    );
    expect(checked).toBe(10);
    expect(answers.map(codeOf).sort()).toEqual([
      ...Array(40).fill("too_many_attempts"),
      ...Array(10).fill("wrong_credentials"),
    ]);
    const refusal = answers.find((it) => !it.ok && it.code === "too_many_attempts");
    expect(refusal).toMatchObject({ retryAfterSeconds: expect.any(Number) });
  });

  it("lets thirty guesses from one address through, whatever the accounts; an IPv6 network is one address", async () => {
    const answers = await attempts(
      40,
      (i) => `2001:db8:1:1::${i.toString(16)}`,
      (i) => `stuffed${i}@example.com`,
    );
    expect(answers.filter((it) => codeOf(it) === "wrong_credentials")).toHaveLength(30);
    const other = await attempts(
      1,
      () => "2001:db8:1:2::1",
      () => "stuffed99@example.com",
    );
    expect(other.map(codeOf)).toEqual(["wrong_credentials"]);
  });

  it("never counts who is right, and keeps shops and realms apart", async () => {
    for (let i = 0; i < 12; i++) {
      const signedIn = await guardSignIn(
        caller("198.51.100.1"),
        { realm: "shopper", account: "right@example.com" },
        right,
      );
      expect(codeOf(signedIn)).toBe("ok");
    }
    await attempts(
      10,
      (i) => `198.51.100.${i + 10}`,
      () => "right@example.com",
    );
    const at = (realm: "shopper" | "staff", shop: string) =>
      guardSignIn(caller("198.51.100.200", shop), { realm, account: "right@example.com" }, right);
    expect(codeOf(await at("shopper", "demo"))).toBe("too_many_attempts");
    expect(codeOf(await at("shopper", "acme"))).toBe("ok");
    expect(codeOf(await at("staff", "demo"))).toBe("ok");
  });

  it("lets the owner in by a browser of theirs while strangers guess, and no browser of another account or shop", async () => {
    const account = "owner@example.com";
    await attempts(
      10,
      (i) => `203.0.113.${i}`,
      () => account,
    );
    const by = (device: string) =>
      guardSignIn(caller("203.0.113.99"), { realm: "shopper", account, device }, right).then(codeOf);
    expect(await by("")).toBe("too_many_attempts");
    expect(await by(newDevice(caller(undefined), "shopper", account))).toBe("ok");
    expect(await by(newDevice(caller(undefined), "shopper", "other@example.com"))).toBe("too_many_attempts");
    expect(await by(newDevice(caller(undefined, "acme"), "shopper", account))).toBe("too_many_attempts");
    expect(await by(newDevice(caller(undefined), "staff", account))).toBe("too_many_attempts");
  });

  it("counts what else an address does by its name", async () => {
    const limit = { tries: 2, windowMs: DAY, waitMaxMs: DAY };
    const once = (what: string) => guardAddress(caller("198.51.100.77"), what, limit).then(codeOf);
    expect([await once("register"), await once("register"), await once("register"), await once("other")]).toEqual([
      "ok",
      "ok",
      "too_many_attempts",
      "ok",
    ]);
  });

  it("lets a secret be spent once, by one of fifty", async () => {
    const spend = (secret: string, account = "ann") =>
      spendOnce(caller(undefined), "shopper", account, secret, Date.now() + DAY);
    const spent = await Promise.all(Array.from({ length: 50 }, () => spend("challenge")));
    expect(spent.filter(Boolean)).toHaveLength(1);
    expect([await spend("another"), await spend("challenge", "bob")]).toEqual([true, true]);
  });

  it("empties itself when nothing matters any more, and works on", async () => {
    const stub = env.SIGN_IN.getByName(`demo:shopper-account:${sha256Hex("owner@example.com\n")}`);
    await runInDurableObject(stub, (it: SignInGuard) => Object.assign(it, { now: () => Date.now() + 2 * DAY }));
    await ring(stub);
    await runInDurableObject(stub, (_: SignInGuard, state) => {
      const tables = state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name IN ('tries', 'spent')");
      expect(tables.toArray()).toEqual([]);
    });
    expect(await stub.tryOnce({ tries: 10, windowMs: DAY, waitMaxMs: DAY })).toMatchObject({ outcome: "admitted" });
  });
});
