import { expect } from "vitest";
import { type Answer, api } from "./api.ts";
import { mailsTo, mailTo } from "./mails.ts";
import { home } from "./shopper.ts";
import { SoftwareAuthenticator } from "./software-authenticator.ts";

/** Good enough for every account of the tests. */
export const PASSWORD = "old brass and paper lamps";

export const NEW_PASSWORD = "new brass and silk lamps";

/** The headers of a call that a page of the shop makes for who is signed in. */
export const pageOf = (shop: string, token: string): Record<string, string> => ({
  cookie: `session=${token}`,
  origin: `http://${shop}.localhost`,
});

let callers = 0;
/** An address that nobody else in the tests calls from (TEST-NET-1, RFC 5737, and beyond). */
export const newAddress = (): string => {
  callers += 1;
  return `2001:db8:${callers.toString(16)}::1`;
};

interface Shopper {
  email: string;
  shop: string;
  token: string;
  /** For a call by a program. */
  bearer: Record<string, string>;
  /** For a call by a page of the shop. */
  cookie: Record<string, string>;
  signedIn: Answer["body"];
}

export const register = (email: string, more: { shop?: string; password?: string; address?: string } = {}) =>
  api("POST", "/accounts", {
    shop: more.shop ?? "demo",
    key: null,
    body: { email, password: more.password ?? PASSWORD },
    headers: { "cf-connecting-ip": more.address ?? newAddress() },
  });

export const signIn = (
  email: string,
  more: { shop?: string; password?: string; address?: string; body?: object; headers?: Record<string, string> } = {},
) =>
  api("POST", "/accounts/sessions", {
    shop: more.shop ?? "demo",
    key: null,
    body: { email, password: more.password ?? PASSWORD, ...more.body },
    headers: { "cf-connecting-ip": more.address ?? newAddress(), ...more.headers },
  });

export const askReset = (email: string, more: { shop?: string; address?: string; body?: object } = {}) =>
  api("POST", "/accounts/password-resets", {
    shop: more.shop ?? "demo",
    key: null,
    body: { email, ...more.body },
    headers: { "cf-connecting-ip": more.address ?? newAddress() },
  });

/** Registers an address and follows the link of the mail, which signs in. */
export async function newShopper(email: string, shop = "demo", body: object = {}): Promise<Shopper> {
  return shopperOf(email, shop, await confirm(await linkFor(email, { shop }), { shop, body }));
}

export const signedInAs = async (email: string, shop = "demo", body: object = {}): Promise<Shopper> =>
  shopperOf(email, shop, await signIn(email, { shop, body }));

/** Registers an address that has no account: the token of the mail that opens one. */
export async function linkFor(email: string, { shop = "demo", password = PASSWORD } = {}): Promise<string> {
  const before = await mailsTo(email, "account_confirmation", shop);
  const registered = await register(email, { shop, password });
  expect(registered.status, registered.text).toBe(202);
  return (await mailTo(email, "account_confirmation", { shop, count: before.length + 1 })).token;
}

export const confirm = (token: string, { shop = "demo", password = PASSWORD, body = {} } = {}) =>
  api("POST", "/accounts/confirmation", {
    shop,
    key: null,
    body: { token, password, ...body },
    headers: { "cf-connecting-ip": newAddress() },
  });

function shopperOf(email: string, shop: string, answer: Answer): Shopper {
  expect(answer.status, answer.text).toBe(201);
  const token: string = answer.body.session_token;
  return {
    email,
    shop,
    token,
    bearer: { authorization: `Bearer ${token}` },
    cookie: pageOf(shop, token),
    signedIn: answer.body,
  };
}

/** A shopper with two of everything that an account lists; `secret` stands in every text of theirs. */
export async function openAccount(
  shop: string,
  secret: string,
  order: (headers: Record<string, string>) => Promise<void>,
) {
  const email = `${secret}.shopper@example.com`;
  await newShopper(email, shop, { device_name: `Phone ${secret}` });
  const { token, cookie: headers, signedIn } = await signedInAs(email, shop, { device_name: `Desk ${secret}` });
  const keep = () =>
    api("POST", "/accounts/me/addresses", { shop, key: null, headers, body: { address: { ...home, name: secret } } });
  const [, kept] = [await keep(), await keep()];
  await order(headers);
  await order(headers);
  const [mail] = await mailsTo(email, "account_confirmation", shop);
  const confirmToken = await linkFor(`${secret}.waiting@example.com`, { shop });
  const resetToken = await forget(`${secret}.forgetful@example.com`, shop);
  const keys = await makePasskeys(shop, headers, signedIn.account.id, secret);
  const list = async (name: string) =>
    (await api("GET", `/accounts/me/${name}?limit=1`, { shop, key: null, headers })).body;
  const sessions = await list("sessions");
  const rest = await api("GET", "/accounts/me/sessions", { shop, key: null, headers });
  return {
    email,
    token,
    mailId: mail?.id ?? "",
    confirmToken,
    resetToken,
    addressId: kept.body.id as string,
    otherSessionId: rest.body.data[1].id as string,
    sessionCursor: sessions.next_cursor as string,
    addressCursor: (await list("addresses")).next_cursor as string,
    orderCursor: (await list("orders")).next_cursor as string,
    ...keys,
    passkeyCursor: (await list("passkeys")).next_cursor as string,
  };
}

/** Somebody else with an account, who forgot the password: the token of the mail that they got. */
async function forget(email: string, shop: string): Promise<string> {
  await newShopper(email, shop);
  await askReset(email, { shop });
  return (await mailTo(email, "password_reset", { shop })).token;
}

export const siteOf = (shop: string) => ({ origin: `http://${shop}.localhost`, rpId: `${shop}.localhost` });

/** A passkey that the account keeps from now on. */
export async function keepPasskey(shop: string, headers: Record<string, string>, accountId: string, name: string) {
  const device = await SoftwareAuthenticator.make(Buffer.from(accountId).toString("base64url"));
  const made = await newPasskey(shop, headers, device, name);
  const kept = await api("POST", "/accounts/me/passkeys", { shop, key: null, headers, body: made });
  expect(kept.status, kept.text).toBe(201);
  return { device, id: kept.body.id as string };
}

/** What a browser sends of a passkey that it has just made. */
export async function newPasskey(
  shop: string,
  headers: Record<string, string>,
  device: SoftwareAuthenticator,
  name: string,
) {
  const begun = await api("POST", "/accounts/me/passkeys/challenges", { shop, key: null, headers });
  return { name, ...(await device.register({ ...siteOf(shop), challenge: begun.body.challenge })) };
}

/** What a browser sends to sign in. */
export async function provePasskey(shop: string, device: SoftwareAuthenticator) {
  const begun = await api("POST", "/accounts/passkey-challenges", { shop, key: null });
  return device.prove({ ...siteOf(shop), challenge: begun.body.challenge });
}

/** Two passkeys that are kept, one that is not yet, and a proof of the second. */
async function makePasskeys(shop: string, headers: Record<string, string>, accountId: string, secret: string) {
  await keepPasskey(shop, headers, accountId, `Key ${secret}`);
  const { device, id } = await keepPasskey(shop, headers, accountId, `Key ${secret}`);
  const fresh = await SoftwareAuthenticator.make(Buffer.from(accountId).toString("base64url"));
  return {
    passkeyId: id,
    passkeyProof: await provePasskey(shop, device),
    newPasskey: await newPasskey(shop, headers, fresh, "Phone"),
  };
}
