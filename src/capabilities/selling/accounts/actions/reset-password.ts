import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { emailKey } from "../../../../platform/email.ts";
import type { TryLimit } from "../../../../platform/identity/count-tries.ts";
import { guardAccount, guardAddress } from "../../../../platform/identity/guard-sign-in.ts";
import { newDevice } from "../../../../platform/identity/known-device.ts";
import { hashPassword } from "../../../../platform/identity/passwords.ts";
import { ok, type Result } from "../../../../platform/result.ts";
import type { Locale } from "../rules/letters.ts";
import { updateAccount } from "../store/accounts.ts";
import { deletePasskeys } from "../store/passkeys.ts";
import { deleteAllSessions } from "../store/sessions.ts";
import { deleteTokens, spendToken } from "../store/tokens.ts";
import { accountOfLink, linkOf, unknownToken } from "./mail-links.ts";
import { linkOlderOrders } from "./orders-of-address.ts";
import { weakness } from "./weakness.ts";
import { letterWanted } from "./write-letters.ts";

const HOUR_MS = 3_600_000;
/** Strangers who ask for somebody's link again and again hold its owner up for an hour, who has their links by then. */
const ASKED_OF_ACCOUNT: TryLimit = { tries: 5, windowMs: HOUR_MS, waitMaxMs: HOUR_MS };
const ASKED_BY_ADDRESS: TryLimit = { tries: 20, windowMs: HOUR_MS, waitMaxMs: 24 * HOUR_MS };
/** A token cannot be guessed; this only bounds the work. */
const REDEEMED: TryLimit = { tries: 30, windowMs: HOUR_MS, waitMaxMs: 24 * HOUR_MS };

/** Looks nothing up: whose address it is, if anybody's, is found out by the event's handler. */
export async function askPasswordReset(
  ctx: Ctx,
  { email, locale }: { email: string; locale?: Locale | undefined },
): Promise<Result<{ accepted: true }, "too_many_attempts">> {
  const key = emailKey(email) ?? "";
  const byAddress = await guardAddress(ctx, "shopper-reset", ASKED_BY_ADDRESS);
  if (!byAddress.ok) return byAddress;
  const ofAccount = await guardAccount(ctx, "shopper-reset", key, ASKED_OF_ACCOUNT);
  if (!ofAccount.ok) return ofAccount;
  await commit(ctx, [], [letterWanted(ctx, "account.reset_asked", { email_key: key }, locale)]);
  return ok({ accepted: true });
}

type ResetRefusal = "unknown_token" | "weak_password" | "too_many_attempts";

/**
 * Who has the link reads the account's mail, so the address is proven, too. Where it was not (an account from before links, or one whose link no mail brought),
 * somebody else may have opened the account in its owner's name: their passkeys go with their sessions.
 */
export async function resetPassword(
  ctx: Ctx,
  { token, password, locale }: { token: string; password: string; locale?: Locale | undefined },
): Promise<Result<{ email: string; device_token: string }, ResetRefusal>> {
  const admitted = await guardAddress(ctx, "shopper-redeem", REDEEMED);
  if (!admitted.ok) return admitted;
  const account = await accountOfLink(ctx, token);
  if (!account) return unknownToken;
  const weak = weakness(ctx, password, account.email);
  if (weak) return weak;
  const hashed = await hashPassword(password);
  if (!(await spendToken(ctx.env, linkOf(ctx, token)))) return unknownToken;
  const now = ctx.now();
  const isFirstProof = account.provenAt === null;
  await commit(
    ctx,
    [
      updateAccount(ctx.env, account, { password: hashed, passwordChangedAt: now, provenAt: account.provenAt ?? now }),
      deleteAllSessions(ctx.env, account),
      deleteTokens(ctx.env, account, "reset"),
      ...(isFirstProof ? [deletePasskeys(ctx.env, account), ...(await linkOlderOrders(ctx, account))] : []),
    ],
    [letterWanted(ctx, "account.password_changed", { account_id: account.id }, locale)],
  );
  return ok({ email: account.email, device_token: newDevice(ctx, "shopper", account.emailKey) });
}
