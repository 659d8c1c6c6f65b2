import { describe, expect, it } from "vitest";
import { newShopper, PASSWORD, register, signedInAs } from "../../../support/accounts.ts";
import { api } from "../../../support/api.ts";
import { mailsTo, mailTo } from "../../../support/mails.ts";
import { eventually } from "../../../support/settled.ts";
import { checkOut, fillCart, putOnSale } from "../../../support/shopper.ts";

type Headers = Record<string, string>;
const prove = (headers: Headers, token: string) =>
  api("POST", "/accounts/me/email-proofs/redemption", { key: null, headers, body: { token } });
const ask = (headers: Headers, body = {}) => api("POST", "/accounts/me/email-proofs", { key: null, headers, body });
const ordersOf = async (headers: Headers): Promise<string[]> =>
  (await api("GET", "/accounts/me/orders", { key: null, headers })).body.data.map(
    (it: { order: { id: string } }) => it.order.id,
  );

describe("the proof of an address", () => {
  it("comes by the link of the welcome mail, and brings the orders of before along", async () => {
    await putOnSale("PROOF-A", 20);
    const guest = async (email: string) =>
      (await checkOut(await fillCart({ "PROOF-A": 1 }), { email })).body.order.id as string;
    const [older, other] = [await guest("Prove@example.com"), await guest("not.prove@example.com")];
    const ann = await newShopper("prove@example.com");
    expect(ann.signedIn.account.email_proven_at).toBeNull();
    expect(await ordersOf(ann.bearer)).toEqual([]);
    await eventually(async () => expect((await api("GET", `/orders/${older}`)).status).toBe(200));
    await eventually(async () => expect((await api("GET", "/orders?limit=100")).text).toContain(other));
    const { token, subject } = await mailTo("prove@example.com", "welcome");
    expect(subject).toBe("Welcome to Ten Lamps: confirm your address");
    const proven = await prove(ann.cookie, token);
    expect([proven.status, proven.body.orders_linked], proven.text).toEqual([200, 1]);
    expect(await ordersOf(ann.bearer)).toEqual([older]);
    const me = await api("GET", "/accounts/me", { key: null, headers: ann.bearer });
    expect(me.body.email_proven_at).toBe(proven.body.email_proven_at);
    expect((await prove(ann.bearer, token)).body.code).toBe("unknown_token");
    expect((await ask(ann.bearer)).body.code).toBe("already_proven");
  });

  it("takes the session of the very account: neither a stranger's nor none", async () => {
    await newShopper("mine.proof@example.com");
    const stranger = await newShopper("stranger.proof@example.com");
    const { token } = await mailTo("mine.proof@example.com", "welcome");
    expect((await prove(stranger.bearer, token)).body.code).toBe("unknown_token");
    expect((await prove({}, token)).status).toBe(401);
    const mine = await signedInAs("mine.proof@example.com");
    expect((await prove(mine.bearer, token)).status).toBe(200);
  });

  it("may be asked for again, in the caller's language, five times an hour", async () => {
    const ann = await newShopper("again.proof@example.com");
    expect((await ask(ann.bearer, { locale: "zh-CN" })).status).toBe(202);
    const { token, subject } = await mailTo("again.proof@example.com", "email_proof");
    expect(subject).toContain("请确认您在");
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await ask(ann.bearer)).status);
    expect(statuses).toEqual([202, 202, 202, 202, 429]);
    expect((await prove(ann.bearer, token)).status).toBe(200);
  });
});

describe("registering", () => {
  it("an address that has an account writes to its owner once a day, and never another welcome", async () => {
    await newShopper("known.register@example.com");
    await mailTo("known.register@example.com", "welcome");
    for (const password of [PASSWORD, "another long password"])
      await register("Known.Register@example.com", { password });
    const { href } = await mailTo("known.register@example.com", "account_known");
    expect(href).toBe("http://demo.localhost/account/sign-in");
    expect(await mailsTo("known.register@example.com", "welcome")).toHaveLength(1);
  });
});
