import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import { hostCookie } from "../../../platform/cookies.ts";
import { emailKey } from "../../../platform/email.ts";
import { PASSWORD_CHARACTERS_MAX } from "../../../platform/identity/password-flaw.ts";
import { OWN_PATH } from "../../../platform/own-path.ts";
import { cartId } from "../carts/contract.ts";
import { address, exampleAddress, order } from "../orders/contract.ts";

/** Of a path that a mail leads on to. */
export const NEXT_CHARACTERS_MAX = 300;
/** Characters of a password are up to two UTF-16 units, and composing them can make them fewer. */
const PASSWORD_UNITS_MAX = 4 * PASSWORD_CHARACTERS_MAX;
export const ADDRESSES_MAX = 50;
const PAGE_MAX = 100;

/** What tokens of shoppers' sessions begin with. */
export const SESSION_PREFIX = "shs_";
/** The cookie in which the shop's pages keep one. */
export const sessionCookie = (origin: string): string => hostCookie("session", origin);

const billing = { meter: "accounts", rateLimit: 20, quotaScope: "per-tenant", tier: "basic" } as const;

export type ShippingAddress = z.infer<typeof address>;

export const email = z
  .string()
  .max(254)
  .refine((text) => emailKey(text) !== undefined, "Expected an e-mail address.");
export const password = z.string().min(1).max(PASSWORD_UNITS_MAX);
export const deviceName = z
  .string()
  .trim()
  .max(80)
  .regex(/^[^\p{Cc}]*$/u, "Expected one line of text.");

/** The language of the mail that follows; the shop's own when left out. */
export const mailLocale = z.enum(["en", "zh-CN"]).optional();

export const account = z
  .object({
    id: z.string(),
    email: z.string(),
    email_proven_at: z
      .string()
      .nullable()
      .describe(
        "Since when the address is known to be theirs; null where no mail was sent to it (no provider, or accounts from before), until the password is set by mail.",
      ),
    created_at: z.string(),
    password_changed_at: z.string(),
    cart_id: z.string().nullable(),
    default_address_id: z.string().nullable(),
  })
  .openapi("Account");

export type Account = z.infer<typeof account>;

export const signedIn = z
  .object({
    account,
    session_token: z
      .string()
      .describe("Send it as `Authorization: Bearer shs_...`; the shop's pages keep it in a cookie. It is shown once."),
    expires_at: z.string(),
    device_token: z
      .string()
      .describe("Send it with the next sign-in from this device: strangers who guess cannot lock it out."),
    cart_id: z
      .string()
      .nullable()
      .describe("The cart to go on with: the account's own, with what was in the one that was sent."),
  })
  .openapi("SignedIn");

export const session = z
  .object({
    id: z.string(),
    device: z.string(),
    began_at: z.string(),
    seen_at: z.string(),
    expires_at: z.string(),
    is_current: z.boolean(),
  })
  .openapi("AccountSession");

export type AccountSession = z.infer<typeof session>;

export const keptAddress = z.object({ id: z.string(), address, is_default: z.boolean() }).openapi("AccountAddress");

export type OwnAddress = z.infer<typeof keptAddress>;

export const ownOrder = z.object({ order, order_token: z.string() }).openapi("AccountOrder");
export type OwnOrder = z.infer<typeof ownOrder>;

const addressInput = z.strictObject({ address, is_default: z.boolean().default(false) });

export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(25),
  cursor: z.string().max(300).optional(),
});
export const listOf = <Shape extends z.ZodType>(shape: Shape) =>
  z.object({ data: z.array(shape), next_cursor: z.string().nullable() });

export const shopper = { who: "shopper", billing } as const;

export const registerAccount = operation({
  id: "registerAccount",
  method: "post",
  path: "/accounts",
  summary: "Open an account with an e-mail address and a password",
  description:
    "The answer and its time are the same whether the address is new or has an account, which then stays as it is. A mail to the " +
    "address tells which: its link opens the new account, with the password, within seven days; until then nobody signs in. " +
    "Five times an hour for one address, twenty from one caller. " +
    "A password has 10 to 128 characters of any kind and is refused when it is a common one or holds the address or the shop's name.",
  who: "visitor",
  body: z.strictObject({
    email,
    password,
    locale: mailLocale,
    /** A path of the shop, to which the mail's link leads on once the account is open. */
    next: z
      .string()
      .max(NEXT_CHARACTERS_MAX)
      .regex(OWN_PATH, "Expected a path of this shop, such as /checkout.")
      .optional(),
  }),
  example: { email: "ann@example.com", password: "a long sentence of one's own" },
  answer: { status: 202, shape: z.object({ accepted: z.literal(true) }) },
  refusals: { weak_password: 422, too_many_attempts: 429 },
  billing,
});

export const confirmAccount = operation({
  id: "confirmAccount",
  method: "post",
  path: "/accounts/confirmation",
  summary: "Open the account with the token of the mail and the password that was typed, and sign in",
  description:
    "It takes both, so that neither who registered somebody else's address nor its owner opens an account in the other's name. " +
    "Orders that were placed with the address before are among the account's, where the link came by mail.",
  who: "visitor",
  body: z.strictObject({
    token: z.string().max(64),
    password,
    cart_id: cartId.optional(),
    device_name: deviceName.optional(),
  }),
  example: { token: "...", password: "a long sentence of one's own", device_name: "Phone" },
  answer: { status: 201, shape: signedIn },
  refusals: { unknown_token: 404, wrong_credentials: 401, too_many_attempts: 429 },
  billing,
});

export const signIn = operation({
  id: "signIn",
  method: "post",
  path: "/accounts/sessions",
  summary: "Sign in with e-mail address and password",
  description:
    "Ten wrong passwords for an account or thirty from an address within 15 minutes end in 429 with Retry-After. " +
    "An unknown address, or one that was never confirmed, is answered like a wrong password, after the same work.",
  who: "visitor",
  body: z.strictObject({
    email,
    password,
    cart_id: cartId.optional(),
    device_name: deviceName.optional(),
    device_token: z.string().max(200).optional(),
  }),
  example: { email: "ann@example.com", password: "a long sentence of one's own", device_name: "Phone" },
  answer: { status: 201, shape: signedIn },
  refusals: { wrong_credentials: 401, too_many_attempts: 429 },
  billing,
});

export const readAccount = operation({
  ...shopper,
  id: "readAccount",
  method: "get",
  path: "/accounts/me",
  summary: "The account that is signed in",
  answer: { status: 200, shape: account },
  refusals: { unauthenticated: 401 },
});

export const changePassword = operation({
  ...shopper,
  id: "changePassword",
  method: "put",
  path: "/accounts/me/password",
  summary: "Change the password; every other session ends",
  body: z.strictObject({ current_password: password, new_password: password, locale: mailLocale }),
  example: { current_password: "a long sentence of one's own", new_password: "another long sentence" },
  answer: { status: 204 },
  refusals: { unauthenticated: 401, wrong_credentials: 403, weak_password: 422, too_many_attempts: 429 },
});

export const deleteAccount = operation({
  ...shopper,
  id: "deleteAccount",
  method: "post",
  path: "/accounts/me/deletion",
  summary: "Delete the account for good; its orders stay with the shop, tied to nobody's account",
  body: z.strictObject({ password }),
  example: { password: "a long sentence of one's own" },
  answer: { status: 204 },
  refusals: { unauthenticated: 401, wrong_credentials: 403, too_many_attempts: 429 },
});

export const listSessions = operation({
  ...shopper,
  id: "listAccountSessions",
  method: "get",
  path: "/accounts/me/sessions",
  summary: "Where the account is signed in, newest first",
  query: listQuery,
  answer: { status: 200, shape: listOf(session) },
  refusals: { unauthenticated: 401, invalid_request: 422 },
});

export const endSession = operation({
  ...shopper,
  id: "endAccountSession",
  method: "delete",
  path: "/accounts/me/sessions/{id}",
  summary: "End a session at once; `current` signs out",
  params: z.object({ id: z.string().regex(/^(current|ses_[0-9a-z]{26})$/, "Not a session id.") }),
  answer: { status: 204 },
  refusals: { unauthenticated: 401, unknown_session: 404 },
});

export const listAddresses = operation({
  ...shopper,
  id: "listAddresses",
  method: "get",
  path: "/accounts/me/addresses",
  summary: "The address book, newest first",
  query: listQuery,
  answer: { status: 200, shape: listOf(keptAddress) },
  refusals: { unauthenticated: 401, invalid_request: 422 },
});

export const addAddress = operation({
  ...shopper,
  id: "addAddress",
  method: "post",
  path: "/accounts/me/addresses",
  summary: "Keep an address; the first one is the default",
  body: addressInput,
  example: { address: exampleAddress, is_default: true },
  answer: { status: 201, shape: keptAddress },
  refusals: { unauthenticated: 401, address_book_full: 409 },
});

const oneAddress = { params: z.object({ id: z.string().regex(/^adr_[0-9a-z]{26}$/, "Not an address id.") }) } as const;

export const changeAddress = operation({
  ...shopper,
  ...oneAddress,
  id: "changeAddress",
  method: "put",
  path: "/accounts/me/addresses/{id}",
  summary: "Replace an address; `is_default` makes it the one that checkout begins with",
  body: addressInput,
  example: { address: exampleAddress },
  answer: { status: 200, shape: keptAddress },
  refusals: { unauthenticated: 401, unknown_address: 404 },
});

export const removeAddress = operation({
  ...shopper,
  ...oneAddress,
  id: "removeAddress",
  method: "delete",
  path: "/accounts/me/addresses/{id}",
  summary: "Forget an address",
  answer: { status: 204 },
  refusals: { unauthenticated: 401, unknown_address: 404 },
});

export const listOwnOrders = operation({
  ...shopper,
  id: "listAccountOrders",
  method: "get",
  path: "/accounts/me/orders",
  summary: "Orders placed while signed in or with the proven address, newest first, each with the token that opens it",
  query: listQuery,
  answer: { status: 200, shape: listOf(ownOrder) },
  refusals: { unauthenticated: 401, invalid_request: 422 },
});
