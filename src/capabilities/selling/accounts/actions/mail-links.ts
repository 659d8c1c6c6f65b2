import type { Ctx } from "../../../../platform/context.ts";
import { isSessionToken, sessionHash } from "../../../../platform/identity/sessions.ts";
import { refused } from "../../../../platform/result.ts";
import type { Account } from "../store/accounts.ts";
import { readTokenAccount, type Token } from "../store/tokens.ts";
import { LINKS } from "./write-letters.ts";

type Purpose = Token["purpose"];

/** Whose account the link of a mail opens; undefined for one that was used, has run out or never was. */
export const accountOfLink = async (ctx: Ctx, purpose: Purpose, token: string): Promise<Account | undefined> =>
  isSessionToken(LINKS[purpose].prefix, token)
    ? readTokenAccount(ctx.env, linkOf(ctx, purpose, token), ctx.now())
    : undefined;

/** How such a link is kept. */
export const linkOf = (ctx: Ctx, purpose: Purpose, token: string) => ({
  tenantId: ctx.tenant.id,
  hash: sessionHash(token),
  purpose,
});

export const unknownToken = refused("unknown_token", "This link was used or has run out. Ask for another one.");
