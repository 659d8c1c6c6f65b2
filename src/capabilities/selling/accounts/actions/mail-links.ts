import type { Ctx } from "../../../../platform/context.ts";
import { isSessionToken, sessionHash } from "../../../../platform/identity/sessions.ts";
import { refused } from "../../../../platform/result.ts";
import type { Account } from "../store/accounts.ts";
import { readTokenAccount } from "../store/tokens.ts";
import { RESET } from "./write-letters.ts";

/** For whose account the link of a mail sets a new password; undefined for one that was used, has run out or never was. */
export const accountOfLink = async (ctx: Ctx, token: string): Promise<Account | undefined> =>
  isSessionToken(RESET.prefix, token) ? readTokenAccount(ctx.env, linkOf(ctx, token), ctx.now()) : undefined;

/** How such a link is kept. */
export const linkOf = (ctx: Ctx, token: string) => ({
  tenantId: ctx.tenant.id,
  hash: sessionHash(token),
  purpose: "reset" as const,
});

export const unknownToken = refused("unknown_token", "This link was used or has run out. Ask for another one.");
