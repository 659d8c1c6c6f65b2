import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
  askReset,
  keepPasskey,
  NEW_PASSWORD,
  newAddress,
  newShopper,
  PASSWORD,
  provePasskey,
  signedInAs,
  signIn,
} from "../../../support/accounts.ts";
import { api } from "../../../support/api.ts";
import { mailsTo, mailTo } from "../../../support/mails.ts";
import { eventually } from "../../../support/settled.ts";

const redeem = (token: string, password = NEW_PASSWORD, shop = "demo") =>
  api("POST", "/accounts/password-resets/redemption", {
    shop,
    key: null,
    body: { token, password },
    headers: { "cf-connecting-ip": newAddress() },
  });
const me = (headers: Record<string, string>) => api("GET", "/accounts/me", { key: null, headers });
const stored = (sql: string, ...values: string[]) =>
  env.DB.prepare(sql)
    .bind(...values)
    .all();

describe("a forgotten password", () => {
  it("is replaced by the link of a mail: once, ending every session, and the owner is told", async () => {
    const ann = await newShopper("forgot@example.com");
    const other = await signedInAs("forgot@example.com");
    expect((await askReset("Forgot@Example.com")).body).toEqual({ accepted: true });
    const mail = await mailTo("forgot@example.com", "password_reset");
    expect(mail.href).toBe(`http://demo.localhost/account/reset?token=${mail.token}`);
    const reset = await redeem(mail.token);
    expect([reset.status, reset.body.email], reset.text).toEqual([200, "forgot@example.com"]);
    expect([(await me(ann.bearer)).status, (await me(other.bearer)).status]).toEqual([401, 401]);
    expect((await signIn("forgot@example.com")).status).toBe(401);
    expect((await signIn("forgot@example.com", { password: NEW_PASSWORD })).status).toBe(201);
    expect((await redeem(mail.token, PASSWORD)).body.code).toBe("unknown_token");
    const told = await mailTo("forgot@example.com", "password_changed");
    expect(told.href).toBe("http://demo.localhost/account/forgotten");
  });

  it("has one link that works however many use it at once, and a weak password does not use it up", async () => {
    await newShopper("race.reset@example.com");
    await askReset("race.reset@example.com");
    const { token } = await mailTo("race.reset@example.com", "password_reset");
    expect((await redeem(token, "password123")).body.code).toBe("weak_password");
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => redeem(token, `${NEW_PASSWORD} ${i}`)));
    expect(answers.map((it) => it.status).sort()).toEqual([200, 404, 404, 404, 404, 404]);
    const winner = answers.findIndex((it) => it.status === 200);
    expect((await signIn("race.reset@example.com", { password: `${NEW_PASSWORD} ${winner}` })).status).toBe(201);
  });

  it("is answered alike for an address that nobody has, to whom nothing is written", async () => {
    await newShopper("known.reset@example.com");
    const [asked, unknown] = [await askReset("known.reset@example.com"), await askReset("nobody.reset@example.com")];
    expect([unknown.status, unknown.text]).toEqual([asked.status, asked.text]);
    await mailTo("known.reset@example.com", "password_reset");
    expect(await mailsTo("nobody.reset@example.com", "password_reset")).toEqual([]);
  });

  it("opens nothing after 30 minutes, at another shop, or by what the database keeps", async () => {
    await newShopper("late.reset@example.com");
    await newShopper("late.reset@example.com", "acme");
    await askReset("late.reset@example.com");
    const { token } = await mailTo("late.reset@example.com", "password_reset");
    expect((await redeem(token, NEW_PASSWORD, "acme")).body.code).toBe("unknown_token");
    const { results } = await stored("SELECT * FROM shopper_tokens WHERE purpose = 'reset'");
    const { results: mails } = await stored("SELECT * FROM mails");
    expect(JSON.stringify([results, mails])).not.toContain(token);
    for (const it of results) expect((await redeem(String(it.hash))).body.code).toBe("unknown_token");
    await stored("UPDATE shopper_tokens SET expires_at = expires_at - 1800000 WHERE purpose = 'reset'");
    expect((await redeem(token)).body.code).toBe("unknown_token");
  });

  it("may be asked for five times an hour for an address, whether somebody has it or not, and twenty by a caller", async () => {
    await newShopper("often.reset@example.com");
    for (const email of ["often.reset@example.com", "nobody.often@example.com"]) {
      const statuses = [];
      for (let i = 0; i < 6; i++) statuses.push((await askReset(email)).status);
      expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
    }
    const address = newAddress();
    const asked = [];
    for (let i = 0; i < 21; i++) asked.push((await askReset(`many.${i}@example.com`, { address })).status);
    expect([asked.slice(0, 20).every((it) => it === 202), asked[20]]).toEqual([true, 429]);
  });

  it("lets its owner in at once, although somebody has just guessed too often", async () => {
    await newShopper("guessed@example.com");
    await Promise.all(
      Array.from({ length: 10 }, () => signIn("guessed@example.com", { password: "a wrong password" })),
    );
    await askReset("guessed@example.com");
    const { token } = await mailTo("guessed@example.com", "password_reset");
    const { device_token } = (await redeem(token)).body;
    expect((await signIn("guessed@example.com", { password: NEW_PASSWORD })).status).toBe(429);
    const mine = await signIn("guessed@example.com", { password: NEW_PASSWORD, body: { device_token } });
    expect(mine.status).toBe(201);
    expect(mine.body.account.email_proven_at).not.toBeNull();
  });

  it("takes an account whose address was never proven from who opened it with somebody else's, passkeys too", async () => {
    const thief = await newShopper("stolen@example.com");
    const { device } = await keepPasskey("demo", thief.cookie, thief.signedIn.account.id, "Thief");
    await stored("UPDATE shopper_accounts SET proven_at = NULL WHERE email = 'stolen@example.com'");
    await askReset("stolen@example.com");
    const { token } = await mailTo("stolen@example.com", "password_reset");
    expect((await redeem(token)).status).toBe(200);
    const again = await api("POST", "/accounts/passkey-sessions", {
      key: null,
      body: await provePasskey("demo", device),
      headers: { "cf-connecting-ip": newAddress() },
    });
    expect(again.status).toBe(401);
  });

  it("has no link any more after the password was changed with the old one", async () => {
    const ann = await newShopper("changed.first@example.com");
    await askReset("changed.first@example.com");
    const { token } = await mailTo("changed.first@example.com", "password_reset");
    const body = { current_password: PASSWORD, new_password: NEW_PASSWORD };
    await api("PUT", "/accounts/me/password", { key: null, headers: ann.bearer, body });
    expect((await redeem(token, "yet another long one")).body.code).toBe("unknown_token");
    await eventually(async () =>
      expect(await mailsTo("changed.first@example.com", "password_changed")).toHaveLength(1),
    );
  });
});
