import type { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { emailKey } from "../../../../platform/email.ts";
import type { TryLimit } from "../../../../platform/identity/count-tries.ts";
import { guardAccount, guardAddress, guardSignIn } from "../../../../platform/identity/guard-sign-in.ts";
import { hashPassword, isPassword } from "../../../../platform/identity/passwords.ts";
import { isSessionToken, sessionHash } from "../../../../platform/identity/sessions.ts";
import { newId } from "../../../../platform/ids.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { sendsMail } from "../../mail/actions.ts";
import type * as contract from "../contract.ts";
import type { Locale } from "../rules/letters.ts";
import { type Account, insertAccount, readAccountById } from "../store/accounts.ts";
import {
  deleteRegistrationsOf,
  insertRegistration,
  type Registration,
  registrationByHash,
} from "../store/registrations.ts";
import { type Arrival, beginSession } from "./begin-session.ts";
import { unknownToken } from "./mail-links.ts";
import { linkOlderOrders } from "./orders-of-address.ts";
import { weakness } from "./weakness.ts";
import { CONFIRMATION, letterWanted } from "./write-letters.ts";

const HOUR_MS = 3_600_000;
/** Registrations from one caller, whatever becomes of them. */
const BY_ADDRESS: TryLimit = { tries: 20, windowMs: HOUR_MS, waitMaxMs: 24 * HOUR_MS };
/** Registrations of one e-mail address: each is a mail. */
const OF_EMAIL: TryLimit = { tries: 5, windowMs: HOUR_MS, waitMaxMs: HOUR_MS };

/**
 * Notes who wants an account and has a mail sent, which tells its reader whether the address was new. Nothing is looked up here, so
 * answer and time are the same for all, and there is no account before the mail's link was followed: no sign-in tells either.
 */
export async function registerAccount(
  ctx: Ctx,
  { email, password, locale, next }: { email: string; password: string; locale?: Locale | undefined; next?: string },
): Promise<Result<{ accepted: true }, "weak_password" | "too_many_attempts">> {
  const weak = weakness(ctx, password, email);
  if (weak) return weak;
  const key = emailKey(email) ?? "";
  const byAddress = await guardAddress(ctx, "shopper-register", BY_ADDRESS);
  if (!byAddress.ok) return byAddress;
  const ofEmail = await guardAccount(ctx, "shopper-register", key, OF_EMAIL);
  if (!ofEmail.ok) return ofEmail;
  const registration: Registration = {
    tenantId: ctx.tenant.id,
    id: newId("acc"),
    email: email.trim().normalize("NFC"),
    emailKey: key,
    password: await hashPassword(password),
    hash: null,
    expiresAt: ctx.now() + CONFIRMATION.lifeMs,
  };
  const whose = { account_id: registration.id, email_key: key, ...(next !== undefined && { next }) };
  const letter = letterWanted(ctx, "account.registered", whose, locale);
  await commit(ctx, [insertRegistration(ctx.env, registration)], [letter]);
  return ok({ accepted: true });
}

interface Confirmation extends Arrival {
  token: string;
  password: string;
}

/**
 * Opens the account. It takes the link and the password that was typed with it: who registers somebody else's address has no link,
 * and its owner, who follows the link out of curiosity, does not know the password. Where nobody sends mail the link came by way of
 * staff, who may read it and could have registered anybody: it proves no address, and brings nobody's orders.
 */
export async function confirmAccount(
  ctx: Ctx,
  { token, password, ...arrival }: Confirmation,
): Promise<Result<z.infer<typeof contract.signedIn>, keyof typeof contract.confirmAccount.refusals>> {
  const waiting = await registrationOf(ctx, token);
  if (!waiting) return unknownToken;
  const checked = await guardSignIn(ctx, { realm: "shopper", account: `register ${waiting.id}` }, async () =>
    (await isPassword(password, waiting.password)) ? true : undefined,
  );
  if (!checked.ok) return checked.code === "wrong_credentials" ? wrongPassword : checked;
  const provenAt = sendsMail(ctx.env) ? ctx.now() : null;
  await commit(ctx, [
    insertAccount(ctx.env, accountOf(waiting, ctx.now(), provenAt)),
    deleteRegistrationsOf(ctx.env, ctx.tenant.id, waiting.emailKey),
    ...(provenAt === null ? [] : await linkOlderOrders(ctx, waiting)),
  ]);
  // Of two registrations of one address that are confirmed at once, one became the account.
  const account = await readAccountById(ctx.env, ctx.tenant.id, waiting.id);
  if (!account) return unknownToken;
  return ok(await beginSession(ctx, account, arrival));
}

/** Who registered with this link; undefined for one that was used, has run out or never was. Looking uses nothing up. */
export const registrationOf = async (ctx: Ctx, token: string): Promise<Registration | undefined> =>
  isSessionToken(CONFIRMATION.prefix, token)
    ? registrationByHash(ctx.env, ctx.tenant.id, sessionHash(token), ctx.now())
    : undefined;

const accountOf = (
  { tenantId, id, email, emailKey, password }: Registration,
  now: number,
  provenAt: number | null,
): Account => ({
  ...{ tenantId, id, email, emailKey, password, provenAt },
  passwordChangedAt: now,
  createdAt: now,
  cartId: null,
  defaultAddressId: null,
});

const wrongPassword = refused(
  "wrong_credentials",
  "This is not the password that was typed when the account was opened.",
);
