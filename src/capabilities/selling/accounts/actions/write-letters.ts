import { z } from "@hono/zod-openapi";
import type { EventHandler } from "../../../../platform/capability.ts";
import type { Happening } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { SoukEvent } from "../../../../platform/events.ts";
import { newSessionToken } from "../../../../platform/identity/sessions.ts";
import { publicOrigin } from "../../../../platform/public-origin.ts";
import { postLetter, shopName } from "../../mail/actions.ts";
import type { Letter } from "../../mail/contract.ts";
import { changedLetter, knownLetter, type Locale, proofLetter, resetLetter, welcomeLetter } from "../rules/letters.ts";
import { type Account, readAccountByEmail, readAccountById } from "../store/accounts.ts";
import { insertToken, type Token } from "../store/tokens.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** What a link is good for, how long, and how its token begins. */
export const LINKS = {
  reset: { lifeMs: 30 * MINUTE_MS, prefix: "rst_", path: "/account/reset" },
  proof: { lifeMs: 7 * DAY_MS, prefix: "prf_", path: "/account/prove" },
} as const;

const wanted = z.object({
  account_id: z.string().optional(),
  email_key: z.string().optional(),
  locale: z.enum(["en", "zh-CN"]),
  /** Where the caller reached the shop: a name that led to it. */
  host: z.string(),
});
type Wanted = z.infer<typeof wanted>;

/** That a letter is to be written, as an event: it holds no secret, and nothing is looked up for it while somebody waits. */
export const letterWanted = (
  ctx: Ctx,
  type: string,
  whose: { account_id?: string; email_key?: string },
  locale: Locale = ctx.tenant.locale,
): Happening => ({ type, payload: { ...whose, locale, host: new URL(ctx.origin).hostname } });

/** On `account.registered`: welcome, with a link that proves the address; or word to who had an account before, once a day. */
export const welcome: EventHandler = async (ctx, event) => {
  const { wish, account } = await read(ctx, event);
  if (!account) return;
  if (account.id === wish.account_id) return postLink(ctx, event, "welcome", account, wish, "proof", welcomeLetter);
  await postLetter(ctx, {
    key: `account_known:${account.id}:${Math.floor(event.at / DAY_MS)}`,
    kind: "account_known",
    to: account.email,
    letter: knownLetter(wish.locale, saidOf(ctx, wish, "/account/sign-in")),
  });
};

/** On `account.reset_asked`, for whichever address. */
export const sendReset: EventHandler = async (ctx, event) => {
  const { wish, account } = await read(ctx, event);
  if (account) await postLink(ctx, event, "password_reset", account, wish, "reset", resetLetter);
};

/** On `account.proof_asked`. */
export const sendProof: EventHandler = async (ctx, event) => {
  const { wish, account } = await read(ctx, event);
  if (account?.provenAt === null) await postLink(ctx, event, "email_proof", account, wish, "proof", proofLetter);
};

/** On `account.password_changed`. */
export const tellChange: EventHandler = async (ctx, event) => {
  const { wish, account } = await read(ctx, event);
  if (!account) return;
  await postLetter(ctx, {
    key: event.id,
    kind: "password_changed",
    to: account.email,
    letter: changedLetter(wish.locale, saidOf(ctx, wish, "/account/forgotten")),
  });
};

async function read(ctx: Ctx, event: SoukEvent): Promise<{ wish: Wanted; account: Account | undefined }> {
  const wish = wanted.parse(event.payload);
  const { email_key: key, account_id: id = "" } = wish;
  const account = await (key === undefined
    ? readAccountById(ctx.env, ctx.tenant.id, id)
    : readAccountByEmail(ctx.env, ctx.tenant.id, key));
  return { wish, account };
}

/** The token is in the letter alone; its hash is written with it or not at all, so one event is one link that works. */
async function postLink(
  ctx: Ctx,
  event: SoukEvent,
  kind: string,
  account: Account,
  wish: Wanted,
  purpose: Token["purpose"],
  letter: (locale: Locale, said: { shop: string; href: string }) => Letter,
): Promise<void> {
  const { lifeMs, prefix, path } = LINKS[purpose];
  const { token, hash } = newSessionToken(prefix);
  const expiresAt = event.at + lifeMs;
  await postLetter(
    ctx,
    {
      key: event.id,
      kind,
      to: account.email,
      letter: letter(wish.locale, saidOf(ctx, wish, `${path}?token=${token}`)),
      sendBefore: expiresAt,
    },
    [
      insertToken(ctx.env, {
        tenantId: ctx.tenant.id,
        hash,
        eventId: event.id,
        purpose,
        accountId: account.id,
        expiresAt,
      }),
    ],
  );
}

const saidOf = (ctx: Ctx, { host, locale }: Wanted, path: string) => ({
  shop: shopName(ctx, locale),
  href: publicOrigin(ctx.env, host) + path,
});
