import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { confirmAccount } from "../../../../src/capabilities/selling/accounts/actions/register.ts";
import { systemContext } from "../../../../src/edge/system-context.ts";
import { confirm, linkFor, newShopper, PASSWORD, register, signIn } from "../../../support/accounts.ts";
import { api } from "../../../support/api.ts";
import { mailsTo, mailTo } from "../../../support/mails.ts";
import { eventually } from "../../../support/settled.ts";
import { checkOut, fillCart, play, putOnSale } from "../../../support/shopper.ts";

const OTHER = "another long password";
const ordersOf = async (headers: Record<string, string>): Promise<string[]> =>
  (await api("GET", "/accounts/me/orders", { key: null, headers })).body.data.map(
    (it: { order: { id: string } }) => it.order.id,
  );
/** What an answer says, without what differs from call to call. */
const said = ({ status, body: { request_id: _, ...body } }: Awaited<ReturnType<typeof api>>) => ({ status, body });

describe("registering", () => {
  it("and signing in right after tells nobody whether the address was new", async () => {
    await newShopper("told.known@example.com");
    const answers = [];
    for (const email of ["told.known@example.com", "told.new@example.com"])
      answers.push([await register(email, { password: OTHER }), await signIn(email, { password: OTHER })].map(said));
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject([{ status: 202 }, { status: 401, body: { code: "wrong_credentials" } }]);
  });

  it("an address that has an account writes to its owner once a day, and makes no link", async () => {
    await newShopper("known.register@example.com");
    for (const password of [PASSWORD, OTHER]) await register("Known.Register@example.com", { password });
    const { href } = await mailTo("known.register@example.com", "account_known");
    expect(href).toBe("http://demo.localhost/account/sign-in");
    expect(await mailsTo("known.register@example.com", "account_confirmation")).toHaveLength(1);
    expect((await signIn("known.register@example.com", { password: OTHER })).status).toBe(401);
  });

  it("is done five times an hour for one address, whether it has an account or not", async () => {
    await newShopper("often.known@example.com");
    const statuses = async (email: string) => {
      const all = [];
      for (let i = 0; i < 6; i++) all.push((await register(email)).status);
      return all;
    };
    expect((await statuses("often.known@example.com")).slice(3)).toEqual([202, 429, 429]);
    expect((await statuses("often.new@example.com")).slice(3)).toEqual([202, 202, 429]);
  });
});

describe("the link of the mail", () => {
  it("opens the account with the password, signs in, and brings the orders of before along", async () => {
    await putOnSale("PROOF-A", 20);
    const guest = async (email: string) =>
      (await checkOut(await fillCart({ "PROOF-A": 1 }), { email })).body.order.id as string;
    const [older, other] = [await guest("Prove@example.com"), await guest("not.prove@example.com")];
    await eventually(async () => {
      const { text } = await api("GET", "/orders?limit=100");
      expect([text.includes(older), text.includes(other)]).toEqual([true, true]);
    });
    const ann = await newShopper("prove@example.com");
    expect(ann.signedIn.account.email_proven_at).toBe(ann.signedIn.account.created_at);
    expect(await ordersOf(ann.bearer)).toEqual([older]);
    const mail = await mailTo("prove@example.com", "account_confirmation");
    expect(mail.subject).toBe("Welcome to Ten Lamps: confirm your address");
    expect((await confirm(mail.token)).body.code).toBe("unknown_token");
    expect((await signIn("prove@example.com")).status).toBe(201);
  });

  it("brings the orders that a guest places with the address from then on, once they are paid, and no others", async () => {
    await putOnSale("PROOF-B", 20);
    const ann = await newShopper("guest.later@example.com");
    const guest = async (email: string) => (await checkOut(await fillCart({ "PROOF-B": 1 }), { email })).body;
    const mine = await guest("Guest.Later@example.com");
    const [other, unpaid] = [await guest("not.guest.later@example.com"), await guest("guest.later@example.com")];
    expect(await ordersOf(ann.bearer)).toEqual([]);
    for (const { payment } of [other, mine]) await play(payment.id, "paid");
    await eventually(async () => expect(await ordersOf(ann.bearer)).toEqual([mine.order.id]));
    await mailTo("not.guest.later@example.com", "order_confirmation");
    expect(await ordersOf(ann.bearer)).toEqual([mine.order.id]);
    await play(unpaid.payment.id, "paid");
    await eventually(async () => expect(await ordersOf(ann.bearer)).toContain(unpaid.order.id));
  });

  it("opens nothing without the password, and nothing in another shop", async () => {
    const token = await linkFor("curious@example.com", { password: OTHER });
    const wrong = await confirm(token);
    expect([wrong.status, wrong.body.code]).toEqual([401, "wrong_credentials"]);
    expect((await confirm(token, { shop: "acme", password: OTHER })).body.code).toBe("unknown_token");
    expect((await confirm(`${token.slice(0, -2)}xx`, { password: OTHER })).body.code).toBe("unknown_token");
    expect((await signIn("curious@example.com", { password: OTHER })).status).toBe(401);
    expect((await confirm(token, { password: OTHER })).status).toBe(201);
  });

  it("proves nothing where no mail brought it, since staff may read it there", async () => {
    await putOnSale("PROOF-C", 20);
    const victim = { email: "read.by.staff@example.com" };
    const { order } = (await checkOut(await fillCart({ "PROOF-C": 1 }), victim)).body;
    await eventually(async () => expect((await api("GET", "/orders?limit=100")).text).toContain(order.id));
    const token = await linkFor(victim.email, { password: OTHER });
    const exec = { waitUntil: () => undefined } as unknown as ExecutionContext;
    const ctx = await systemContext({ ...env, MAIL_PROVIDER: "" }, exec, "demo");
    const opened = ctx && (await confirmAccount(ctx, { token, password: OTHER }));
    if (!opened?.ok) throw new Error("the link opens nothing");
    expect(opened.value.account.email_proven_at).toBe(null);
    expect(await ordersOf({ authorization: `Bearer ${opened.value.session_token}` })).toEqual([]);
  });

  it("is guessed at ten times", async () => {
    const token = await linkFor("guess.link@example.com");
    const guesses = await Promise.all(Array.from({ length: 12 }, () => confirm(token, { password: OTHER })));
    expect(guesses.map((it) => it.status).sort()).toEqual([...Array(10).fill(401), 429, 429]);
  });

  it("of somebody who registered first takes nothing from the owner: each link goes with its own password", async () => {
    const strangers = await linkFor("first@example.com", { password: OTHER });
    const owners = await linkFor("first@example.com");
    expect((await confirm(strangers)).status).toBe(401);
    expect((await confirm(owners)).status).toBe(201);
    expect((await confirm(strangers, { password: OTHER })).body.code).toBe("unknown_token");
    expect((await signIn("first@example.com", { password: OTHER })).status).toBe(401);
  });

  it("makes one account of an address, however many links are followed at once", async () => {
    const links = [await linkFor("race.link@example.com"), await linkFor("race.link@example.com")];
    const answers = await Promise.all([...links, ...links, ...links].map((it) => confirm(it)));
    const opened = answers.filter((it) => it.status === 201);
    expect(opened.length).toBeGreaterThan(0);
    expect(new Set(opened.map((it) => it.body.account.id)).size).toBe(1);
    expect(answers.filter((it) => it.status !== 201).map((it) => it.status)).toEqual(
      Array(6 - opened.length).fill(404),
    );
  });
});
