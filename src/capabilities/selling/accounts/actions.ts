import type { z } from "@hono/zod-openapi";
import { commit } from "../../../platform/commit.ts";
import type { Ctx } from "../../../platform/context.ts";
import { emailKey } from "../../../platform/email.ts";
import { guardSignIn } from "../../../platform/identity/guard-sign-in.ts";
import { hashPassword, isPassword } from "../../../platform/identity/passwords.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { type Arrival, beginSession } from "./actions/begin-session.ts";
import { signedIn } from "./actions/signed-in.ts";
import { weakness } from "./actions/weakness.ts";
import { letterWanted } from "./actions/write-letters.ts";
import type * as contract from "./contract.ts";
import type { Locale } from "./rules/letters.ts";
import { accountOnWire } from "./rules.ts";
import * as store from "./store/accounts.ts";
import { deleteOtherSessions } from "./store/sessions.ts";
import { deleteTokens } from "./store/tokens.ts";

type Account = z.infer<typeof contract.account>;

interface SignInWish extends Arrival {
  email: string;
  password: string;
  device_token?: string | undefined;
}

export async function signIn(
  ctx: Ctx,
  { email, password, device_token: device, ...arrival }: SignInWish,
): Promise<Result<z.infer<typeof contract.signedIn>, "wrong_credentials" | "too_many_attempts">> {
  const account = keyOf(email);
  const found = await store.readAccountByEmail(ctx.env, ctx.tenant.id, account);
  const proven = await guardSignIn(ctx, { realm: "shopper", account, device }, async () =>
    (await isPassword(password, found?.password)) ? found : undefined,
  );
  if (proven.ok) return ok(await beginSession(ctx, proven.value, arrival));
  return proven.code === "wrong_credentials"
    ? refused("wrong_credentials", "The e-mail address or the password is wrong.")
    : proven;
}

export async function readAccount(ctx: Ctx): Promise<Result<Account, "unauthenticated">> {
  const me = await signedIn(ctx);
  return me.ok ? ok(accountOnWire(me.value.account)) : me;
}

export async function changePassword(
  ctx: Ctx,
  wish: { current_password: string; new_password: string; locale?: Locale | undefined },
): Promise<Result<void, keyof typeof contract.changePassword.refusals>> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const { account, session } = me.value;
  const { current_password, new_password, locale } = wish;
  const weak = weakness(ctx, new_password, account.email);
  if (weak) return weak;
  const proven = await confirmPassword(ctx, account, current_password);
  if (!proven.ok) return proven;
  const password = await hashPassword(new_password);
  await commit(
    ctx,
    [
      store.updateAccount(ctx.env, account, { password, passwordChangedAt: ctx.now() }),
      deleteOtherSessions(ctx.env, session),
      deleteTokens(ctx.env, account, "reset"),
    ],
    [letterWanted(ctx, "account.password_changed", { account_id: account.id }, locale)],
  );
  return ok(undefined);
}

export async function deleteAccount(
  ctx: Ctx,
  { password }: { password: string },
): Promise<Result<void, keyof typeof contract.deleteAccount.refusals>> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const proven = await confirmPassword(ctx, me.value.account, password);
  if (!proven.ok) return proven;
  await commit(ctx, store.deleteAccount(ctx.env, me.value.account));
  return ok(undefined);
}

/** The owner's password once more. Counted apart from sign-ins, so that guessing strangers are not in the owner's way. */
async function confirmPassword(
  ctx: Ctx,
  account: store.Account,
  password: string,
): Promise<Result<void, "wrong_credentials" | "too_many_attempts">> {
  const proven = await guardSignIn(ctx, { realm: "shopper", account: `confirm ${account.id}` }, async () =>
    (await isPassword(password, account.password)) ? true : undefined,
  );
  if (proven.ok) return ok(undefined);
  return proven.code === "wrong_credentials" ? refused("wrong_credentials", "The password is wrong.") : proven;
}

/** The contract has refused what is no address. */
const keyOf = (email: string): string => emailKey(email) ?? "";
