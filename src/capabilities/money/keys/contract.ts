import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";

const PAGE_MAX = 100;
const PAGE = 25;
const CURSOR_CHARACTERS_MAX = 300;
/** Millionths of a currency unit in which a spend cap is at most: a billion units. */
const CAP_MICROS_MAX = 1_000_000_000_000_000;

/** `house`: the shop's own systems, neither limited nor charged. The others are on the price list of `GET /price-list`. */
export const keyPlans = ["house", "bronze", "silver", "gold"] as const;
export type KeyPlan = (typeof keyPlans)[number];

const scope = z
  .string()
  .regex(/^(\*|[a-z-]{2,40}:(read|write))$/, "Expected <capability>:read, <capability>:write or *.");

export const key = z
  .object({
    id: z.string(),
    name: z.string(),
    mode: z.enum(["live", "test"]),
    prefix: z.string(),
    last4: z.string(),
    plan: z.enum(keyPlans),
    scopes: z.array(z.string()),
    spend_cap_micros: z.int().nullable(),
    created_at: z.string(),
    revoked_at: z.string().nullable(),
  })
  .openapi("ApiKey");

const name = z.string().trim().min(1).max(80);
const cap = z.int().min(0).max(CAP_MICROS_MAX).nullable();
const params = z.object({ id: z.string().max(64) });

const staff = {
  who: "staff",
  scope: "keys:write",
  billing: { meter: "keys", rateLimit: 10, quotaScope: "per-tenant", tier: "basic" },
} as const;

export const createKey = operation({
  ...staff,
  id: "createKey",
  method: "post",
  path: "/api-keys",
  summary: "Give out an API key; it is shown in this answer and never again",
  description:
    "A test key reads and changes nothing, carts and orders included; it is free. A key has at most the scopes of the key that made it. " +
    "spend_cap_micros: millionths of the shop's currency that the key may cost in a calendar month (UTC).",
  body: z.strictObject({
    name,
    mode: z.enum(["live", "test"]).default("live"),
    plan: z.enum(keyPlans).default("bronze"),
    scopes: z.array(scope).min(1).max(50),
    spend_cap_micros: cap.default(null),
  }),
  example: { name: "Partner", plan: "silver", scopes: ["orders:read", "usage:read"], spend_cap_micros: 5_000_000 },
  answer: { status: 201, shape: z.object({ key: z.string(), api_key: key }).openapi("NewApiKey") },
  refusals: { scope_exceeded: 403 },
});

export const issueToken = operation({
  id: "issueToken",
  method: "post",
  readsOnly: true,
  path: "/oauth/token",
  summary: "OAuth 2 client credentials: an API key for a token of ten minutes",
  description:
    "RFC 6749, section 4.4, with application/x-www-form-urlencoded parameters: client_id is the key's id, client_secret the key " +
    "itself, as HTTP Basic or in the form; scope narrows what the token may do. Tokens are JWTs (RFC 9068) signed with the keys at " +
    "/.well-known/jwks.json; a token ends within a second of its key's revocation. Refusals are no problem documents here but " +
    "{error, error_description} (section 5.2), so that OAuth client libraries read them.",
  who: "visitor",
  rawBody: true,
  answer: {
    status: 200,
    shape: z.object({
      access_token: z.string(),
      token_type: z.literal("Bearer"),
      expires_in: z.int(),
      scope: z.string(),
    }),
  },
  refusals: { invalid_request: 400, invalid_scope: 400, unsupported_grant_type: 400, invalid_client: 401 },
  refusalsAs: "oauth",
  billing: { meter: "tokens", rateLimit: 5, quotaScope: "per-api-key", tier: "basic" },
});

export const listKeys = operation({
  ...staff,
  scope: "keys:read",
  id: "listKeys",
  method: "get",
  path: "/api-keys",
  summary: "The shop's API keys, newest first, revoked ones too",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE),
    cursor: z.string().max(CURSOR_CHARACTERS_MAX).optional(),
  }),
  answer: { status: 200, shape: z.object({ data: z.array(key), next_cursor: z.string().nullable() }) },
  refusals: { invalid_request: 422 },
});

export const readKey = operation({
  ...staff,
  scope: "keys:read",
  id: "readKey",
  method: "get",
  path: "/api-keys/{id}",
  summary: "An API key",
  params,
  answer: { status: 200, shape: key },
  refusals: { unknown_key: 404 },
});

export const changeKey = operation({
  ...staff,
  id: "changeKey",
  method: "patch",
  path: "/api-keys/{id}",
  summary: "Rename a key, move it to another plan or change its spend cap; live within a second",
  params,
  body: z.strictObject({ name: name.optional(), plan: z.enum(keyPlans).optional(), spend_cap_micros: cap.optional() }),
  example: { plan: "gold", spend_cap_micros: null },
  answer: { status: 200, shape: key },
  refusals: { unknown_key: 404, key_revoked: 409, scope_exceeded: 403 },
});

export const revokeKey = operation({
  ...staff,
  id: "revokeKey",
  method: "delete",
  path: "/api-keys/{id}",
  summary: "Revoke a key for good; it is refused everywhere within a second",
  params,
  answer: { status: 200, shape: key },
  refusals: { unknown_key: 404, last_key: 409, scope_exceeded: 403 },
});
