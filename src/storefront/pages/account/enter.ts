import { readAccount } from "../../../capabilities/selling/accounts/actions.ts";
import type { Account } from "../../../capabilities/selling/accounts/contract.ts";
import { ownPath } from "../../../platform/own-path.ts";
import type { Page } from "../../visit.ts";

/** Whose account it is; for who is not signed in, the way to do so and back. */
export async function enterAccount(c: Page): Promise<Account | Response> {
  const me = await readAccount(c.var.ctx);
  if (me.ok) return me.value;
  const { pathname, search } = c.var.visit.url;
  const back = c.req.method === "GET" ? pathname + search : "/account";
  return c.redirect(`/account/sign-in?next=${encodeURIComponent(back)}`, 303);
}

/** Where to go after signing in: a path of this shop, the account itself if none was given. */
export const nextPath = (given: string | undefined): string => ownPath(given) ?? HOME;

/** A shopper's account. */
export const HOME = "/account";
