import { beforeAll, describe, expect, it } from "vitest";
import { keepPasskey, newAddress, newPasskey, newShopper, provePasskey, siteOf } from "../../../support/accounts.ts";
import { api } from "../../../support/api.ts";
import { type Proof, SoftwareAuthenticator } from "../../../support/software-authenticator.ts";

type Shopper = Awaited<ReturnType<typeof newShopper>>;

let ann: Shopper;
let device: SoftwareAuthenticator;
let keptId: string;
beforeAll(async () => {
  ann = await newShopper("passkey@example.com");
  ({ device, id: keptId } = await keepPasskey("demo", ann.cookie, ann.signedIn.account.id, "Laptop"));
});

const signIn = (proof: Proof, shop = "demo") =>
  api("POST", "/accounts/passkey-sessions", {
    shop,
    key: null,
    body: proof,
    headers: { "cf-connecting-ip": newAddress() },
  });
const add = (body: object, of = ann) => api("POST", "/accounts/me/passkeys", { key: null, headers: of.cookie, body });
const challenge = async (shop = "demo"): Promise<string> =>
  (await api("POST", "/accounts/passkey-challenges", { shop, key: null })).body.challenge;

describe("a passkey", () => {
  it("signs its account in, again and again, each time with a challenge of its own", async () => {
    const first = await provePasskey("demo", device);
    const signedIn = await signIn(first);
    expect([signedIn.status, signedIn.body.account.email]).toEqual([201, "passkey@example.com"]);
    expect((await signIn(first)).body.code).toBe("wrong_credentials");
    expect((await signIn(await provePasskey("demo", device))).status).toBe(201);
    const listed = await api("GET", "/accounts/me/passkeys", { key: null, headers: ann.bearer });
    expect(listed.body.data).toMatchObject([{ id: keptId, name: "Laptop", used_at: expect.any(String) }]);
  });

  it("lets one of many simultaneous sign-ins with one proof through", async () => {
    const proof = await provePasskey("demo", device);
    const answers = await Promise.all(Array.from({ length: 8 }, () => signIn(proof)));
    expect(answers.filter((it) => it.status === 201)).toHaveLength(1);
  });

  it("proves nothing with another origin, host, challenge, signature, owner or an old count", async () => {
    const begun = await api("POST", "/accounts/me/passkeys/challenges", { key: null, headers: ann.cookie });
    const wrong: [string, (made: (more?: object) => Promise<Proof>) => Promise<Proof>][] = [
      ["origin", (made) => made({ origin: "http://acme.localhost" })],
      ["scheme", (made) => made({ origin: "https://demo.localhost" })],
      ["host", (made) => made({ rpId: "localhost" })],
      ["made-up challenge", (made) => made({ challenge: Buffer.from("a.zzzzzzzz.b").toString("base64url") })],
      ["challenge of another shop", async (made) => made({ challenge: await challenge("acme") })],
      ["challenge for a new passkey", (made) => made({ challenge: begun.body.challenge })],
      ["signature", async (made) => ({ ...(await made()), signature: (await made()).signature })],
      ["owner", async (made) => ({ ...(await made()), user_handle: Buffer.from("acc_x").toString("base64url") })],
      ["client data", async (made) => ({ ...(await made()), client_data: "bm90aGluZw" })],
    ];
    for (const [name, forge] of wrong) {
      const own = await keepPasskey("demo", ann.cookie, ann.signedIn.account.id, name);
      const made = async (more = {}) => own.device.prove({ ...siteOf("demo"), challenge: await challenge(), ...more });
      const answer = await signIn(await forge(made));
      expect([name, answer.status, answer.body.code]).toEqual([name, 401, "wrong_credentials"]);
      expect((await signIn(await made())).status, `${name} was the only flaw`).toBe(201);
    }
    const older = await device.prove({ ...siteOf("demo"), challenge: await challenge() });
    expect((await signIn(await provePasskey("demo", device))).status).toBe(201);
    expect((await signIn(older)).status).toBe(401);
  });

  it("is none at another shop, and nobody's before it is kept", async () => {
    const unknown = await SoftwareAuthenticator.make(Buffer.from(ann.signedIn.account.id).toString("base64url"));
    expect((await signIn(await provePasskey("demo", unknown))).status).toBe(401);
    expect((await signIn(await provePasskey("acme", device), "acme")).status).toBe(401);
  });

  it("is kept for the account that asked for it, made just now at this shop, and once", async () => {
    const bob = await newShopper("passkey.bob@example.com");
    const fresh = await SoftwareAuthenticator.make(Buffer.from(ann.signedIn.account.id).toString("base64url"));
    const made = await newPasskey("demo", ann.cookie, fresh, "Phone");
    expect((await add(made, bob)).body.code).toBe("passkey_refused");
    const begun = await api("POST", "/accounts/me/passkeys/challenges", { key: null, headers: ann.cookie });
    const elsewhere = await fresh.register({ ...siteOf("acme"), challenge: begun.body.challenge });
    expect((await add({ ...elsewhere, name: "Phone" })).body.code).toBe("passkey_refused");
    expect((await add({ ...made, attestation_object: "bm90aGluZw" })).body.code).toBe("passkey_refused");
    const again = await newPasskey("demo", ann.cookie, fresh, "Phone");
    expect((await add(again)).status).toBe(201);
    expect((await add(again)).body.code).toBe("passkey_refused");
    expect((await add(await newPasskey("demo", bob.cookie, fresh, "Phone"), bob)).body.code).toBe("passkey_refused");
  });

  it("opens nothing from when it is removed, by its owner alone", async () => {
    const bob = await newShopper("passkey.remover@example.com");
    const lost = await keepPasskey("demo", ann.cookie, ann.signedIn.account.id, "Lost");
    const remove = (of: Shopper) =>
      api("DELETE", `/accounts/me/passkeys/${lost.id}`, { key: null, headers: of.bearer });
    expect((await remove(bob)).body.code).toBe("unknown_passkey");
    const proof = await provePasskey("demo", lost.device);
    expect((await remove(ann)).status).toBe(204);
    expect((await signIn(proof)).status).toBe(401);
    expect((await remove(ann)).body.code).toBe("unknown_passkey");
  });

  it("is one of at most twenty", async () => {
    const cara = await newShopper("passkey.many@example.com");
    for (let i = 0; i < 20; i++) await keepPasskey("demo", cara.cookie, cara.signedIn.account.id, `Key ${i}`);
    const one = await SoftwareAuthenticator.make(Buffer.from(cara.signedIn.account.id).toString("base64url"));
    expect((await add(await newPasskey("demo", cara.cookie, one, "One more"), cara)).body.code).toBe("passkeys_full");
  });
});
