import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { TryLimit } from "../../../../platform/identity/count-tries.ts";
import { guardAccount } from "../../../../platform/identity/guard-sign-in.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { ordersOfEmail } from "../../orders/actions/orders-of-email.ts";
import type { Locale } from "../rules/letters.ts";
import { type Account, updateAccount } from "../store/accounts.ts";
import { insertOrderLinks } from "../store/belongings.ts";
import { deleteTokens, spendToken } from "../store/tokens.ts";
import { accountOfLink, linkOf, unknownToken } from "./mail-links.ts";
import { signedIn } from "./signed-in.ts";
import { letterWanted } from "./write-letters.ts";

const HOUR_MS = 3_600_000;
const ASKED: TryLimit = { tries: 5, windowMs: HOUR_MS, waitMaxMs: HOUR_MS };

export async function askEmailProof(
  ctx: Ctx,
  { locale }: { locale?: Locale | undefined },
): Promise<Result<{ accepted: true }, "unauthenticated" | "already_proven" | "too_many_attempts">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const { account } = me.value;
  if (account.provenAt !== null) return refused("already_proven", "This address is proven already.");
  const admitted = await guardAccount(ctx, "shopper-proof", account.id, ASKED);
  if (!admitted.ok) return admitted;
  await commit(ctx, [], [letterWanted(ctx, "account.proof_asked", { account_id: account.id }, locale)]);
  return ok({ accepted: true });
}

/**
 * It takes both the link and the session: who opened an account with somebody else's address has no link, and its owner, who follows
 * the link, has no such session. Neither gets at the other's orders.
 */
export async function proveEmail(
  ctx: Ctx,
  { token }: { token: string },
): Promise<Result<{ email_proven_at: string; orders_linked: number }, "unauthenticated" | "unknown_token">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const owner = await accountOfLink(ctx, "proof", token);
  if (owner?.id !== me.value.account.id) return unknownToken;
  if (!(await spendToken(ctx.env, linkOf(ctx, "proof", token)))) return unknownToken;
  const provenAt = owner.provenAt ?? ctx.now();
  await commit(ctx, [updateAccount(ctx.env, owner, { provenAt }), deleteTokens(ctx.env, owner, "proof")]);
  return ok({
    email_proven_at: new Date(provenAt).toISOString(),
    orders_linked: await linkOlderOrders(ctx, owner),
  });
}

/** The orders of a proven address are the account's; answers how many there are. */
export async function linkOlderOrders(ctx: Ctx, account: Account): Promise<number> {
  const placed = await ordersOfEmail(ctx, account.emailKey);
  if (placed.length > 0) await commit(ctx, [insertOrderLinks(ctx.env, account, placed)]);
  return placed.length;
}
