import { z } from "@hono/zod-openapi";
import type { EventHandler } from "../../../../platform/capability.ts";
import type { Happening } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { SoukEvent } from "../../../../platform/events.ts";
import { newSessionToken } from "../../../../platform/identity/sessions.ts";
import { publicOrigin } from "../../../../platform/public-origin.ts";
import { postLetter, shopName } from "../../mail/actions.ts";
import { changedLetter, knownLetter, type Locale, resetLetter, welcomeLetter } from "../rules/letters.ts";
import { type Account, readAccountByEmail, readAccountById } from "../store/accounts.ts";
import { deleteRegistration, linkRegistration, readRegistration } from "../store/registrations.ts";
import { insertToken } from "../store/tokens.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How long the link to a new password is good for, how its token begins, and where it leads. */
export const RESET = { lifeMs: 30 * MINUTE_MS, prefix: "rst_", path: "/account/reset" } as const;
/** The same of the link that opens an account. */
export const CONFIRMATION = { lifeMs: 7 * DAY_MS, prefix: "cnf_", path: "/account/confirm" } as const;

const wanted = z.object({
  account_id: z.string().optional(),
  email_key: z.string().optional(),
  locale: z.enum(["en", "zh-CN"]),
  /** Where the caller reached the shop: a name that led to it. */
  host: z.string(),
  /** A path of the shop to go on to. */
  next: z.string().optional(),
});
type Wanted = z.infer<typeof wanted>;

/** That a letter is to be written, as an event: it holds no secret, and nothing is looked up for it while somebody waits. */
export const letterWanted = (
  ctx: Ctx,
  type: string,
  whose: { account_id?: string; email_key?: string; next?: string },
  locale: Locale = ctx.tenant.locale,
): Happening => ({ type, payload: { ...whose, locale, host: new URL(ctx.origin).hostname } });

/**
 * On `account.registered`: the link that opens the account. Where the address has one, word of that to its owner, once a day, and
 * the registration is forgotten.
 */
export const answerRegistration: EventHandler = async (ctx, event) => {
  const { wish, account } = await read(ctx, event);
  const waiting = { tenantId: ctx.tenant.id, id: wish.account_id ?? "" };
  // An event that is delivered again after the account was opened.
  if (account?.id === waiting.id) return;
  if (account) return tellKnown(ctx, event, account, wish, waiting);
  const registration = await readRegistration(ctx.env, waiting);
  if (registration === undefined || registration.hash !== null) return;
  const { token, hash } = newSessionToken(CONFIRMATION.prefix);
  const post = {
    key: event.id,
    kind: "account_confirmation",
    to: registration.email,
    letter: welcomeLetter(wish.locale, saidOf(ctx, wish, CONFIRMATION.path, { token })),
    sendBefore: registration.expiresAt,
    opensNothingAlone: true,
  };
  await postLetter(ctx, post, [linkRegistration(ctx.env, registration, hash)]);
};

const tellKnown = (
  ctx: Ctx,
  event: SoukEvent,
  account: Account,
  wish: Wanted,
  waiting: { tenantId: string; id: string },
): Promise<void> =>
  postLetter(
    ctx,
    {
      key: `account_known:${account.id}:${Math.floor(event.at / DAY_MS)}`,
      kind: "account_known",
      to: account.email,
      letter: knownLetter(wish.locale, saidOf(ctx, wish, "/account/sign-in")),
    },
    [deleteRegistration(ctx.env, waiting)],
  );

/** On `account.reset_asked`, for whichever address. The token is in the letter alone; its hash is written with it or not at all. */
export const sendReset: EventHandler = async (ctx, event) => {
  const { wish, account } = await read(ctx, event);
  if (!account) return;
  const { token, hash } = newSessionToken(RESET.prefix);
  const expiresAt = event.at + RESET.lifeMs;
  const letter = resetLetter(wish.locale, saidOf(ctx, wish, RESET.path, { token }));
  const kept = { tenantId: ctx.tenant.id, hash, eventId: event.id, accountId: account.id, expiresAt };
  await postLetter(ctx, { key: event.id, kind: "password_reset", to: account.email, letter, sendBefore: expiresAt }, [
    insertToken(ctx.env, { ...kept, purpose: "reset" }),
  ]);
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

function saidOf(ctx: Ctx, { host, locale, next }: Wanted, path: string, link: { token?: string } = {}) {
  const parameters = new URLSearchParams({ ...link, ...(next !== undefined && { next }) });
  const query = parameters.size > 0 ? `?${parameters}` : "";
  return { shop: shopName(ctx, locale), href: publicOrigin(ctx.env, host) + path + query };
}
