import { z } from "@hono/zod-openapi";
import { operation } from "../../../../platform/contract.ts";
import { cartId } from "../../carts/contract.ts";
import { deviceName, listOf, listQuery, shopper, signedIn } from "../contract.ts";

export const PASSKEYS_MAX = 20;

/** Bytes as base64url without padding. */
const bytes = (charactersMax: number) =>
  z
    .string()
    .min(1)
    .max(charactersMax)
    .regex(/^[\w-]+$/, "Expected base64url.");

const credentialId = bytes(1_400);
const clientData = bytes(4_000);

export const passkey = z
  .object({ id: z.string(), name: z.string(), created_at: z.string(), used_at: z.string().nullable() })
  .openapi("Passkey");
export type Passkey = z.infer<typeof passkey>;

const challenge = z.object({
  challenge: z.string().describe("What `navigator.credentials` signs: base64url, used once, within ten minutes."),
  rp_id: z.string().describe("The host name that the passkey is bound to."),
  timeout_ms: z.int(),
});

export const beginPasskey = operation({
  ...shopper,
  id: "beginPasskey",
  method: "post",
  path: "/accounts/me/passkeys/challenges",
  summary: "What a browser needs to make a passkey for the account",
  answer: {
    status: 201,
    shape: challenge.extend({
      rp_name: z.string(),
      user_id: z.string(),
      user_name: z.string(),
      algorithms: z.array(z.int()).describe("COSE numbers of the signatures that are taken."),
      known: z.array(z.string()).describe("Credentials that the account has already."),
    }),
  },
  refusals: { unauthenticated: 401 },
});

export const addPasskey = operation({
  ...shopper,
  id: "addPasskey",
  method: "post",
  path: "/accounts/me/passkeys",
  summary: "Keep the passkey that the browser made",
  body: z.strictObject({
    name: deviceName,
    credential_id: credentialId,
    client_data: clientData,
    attestation_object: bytes(8_000),
    transports: z.array(z.string().max(20)).max(8),
  }),
  example: {
    name: "Phone",
    credential_id: "AbCdEfGhIjKlMnOpQrStUw",
    client_data: "AbCdEfGhIjKlMnOpQrStUw",
    attestation_object: "AbCdEfGhIjKlMnOpQrStUw",
    transports: ["internal"],
  },
  answer: { status: 201, shape: passkey },
  refusals: { unauthenticated: 401, passkey_refused: 422, passkeys_full: 409 },
});

export const listPasskeys = operation({
  ...shopper,
  id: "listPasskeys",
  method: "get",
  path: "/accounts/me/passkeys",
  summary: "The account's passkeys, newest first",
  query: listQuery,
  answer: { status: 200, shape: listOf(passkey) },
  refusals: { unauthenticated: 401, invalid_request: 422 },
});

export const removePasskey = operation({
  ...shopper,
  id: "removePasskey",
  method: "delete",
  path: "/accounts/me/passkeys/{id}",
  summary: "Forget a passkey; nobody signs in with it any more",
  params: z.object({ id: z.string().regex(/^pky_[0-9a-z]{26}$/, "Not a passkey's id.") }),
  answer: { status: 204 },
  refusals: { unauthenticated: 401, unknown_passkey: 404 },
});

export const beginPasskeySignIn = operation({
  id: "beginPasskeySignIn",
  method: "post",
  path: "/accounts/passkey-challenges",
  summary: "What a browser needs to sign in with a passkey, whoever it is",
  who: "visitor",
  answer: { status: 201, shape: challenge },
  refusals: {},
  billing: shopper.billing,
});

export const signInWithPasskey = operation({
  id: "signInWithPasskey",
  method: "post",
  path: "/accounts/passkey-sessions",
  summary: "Sign in with a passkey",
  who: "visitor",
  body: z.strictObject({
    credential_id: credentialId,
    client_data: clientData,
    authenticator_data: bytes(4_000),
    signature: bytes(2_000),
    user_handle: bytes(100),
    cart_id: cartId.optional(),
    device_name: deviceName.optional(),
  }),
  example: {
    credential_id: "AbCdEfGhIjKlMnOpQrStUw",
    client_data: "AbCdEfGhIjKlMnOpQrStUw",
    authenticator_data: "AbCdEfGhIjKlMnOpQrStUw",
    signature: "AbCdEfGhIjKlMnOpQrStUw",
    user_handle: "AbCdEfGhIjKlMnOpQrStUw",
  },
  answer: { status: 201, shape: signedIn },
  refusals: { wrong_credentials: 401, too_many_attempts: 429 },
  billing: shopper.billing,
});
