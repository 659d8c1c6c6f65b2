import { timingSafeEqual } from "node:crypto";
import { type Key, keyOf } from "../capabilities/money/keys/actions/find-key.ts";
import { keyOfToken } from "../capabilities/money/keys/actions/tokens.ts";
import { findSession } from "../capabilities/selling/accounts/actions/signed-in.ts";
import { SESSION_PREFIX, sessionCookie } from "../capabilities/selling/accounts/contract.ts";
import { licenceByKey } from "../capabilities/selling/reservations/actions/admit-call.ts";
import type { Actor, Tenant } from "../platform/context.ts";
import { ok, type Result, refused } from "../platform/result.ts";
import { sha256Hex } from "../platform/signatures.ts";
import { cookieNamed } from "./cookie-named.ts";

/** Who calls, by the Authorization header. A key that is wrong, revoked or another shop's is refused, never ignored. */
export async function authenticate(
  env: Env,
  headers: Headers,
  tenant: Tenant,
  origin: string,
): Promise<Result<Actor, "unauthenticated" | "wrong_shop">> {
  const claimed = headers.get("x-tenant-id");
  if (claimed !== null && claimed !== tenant.id)
    return refused("wrong_shop", "X-Tenant-ID names another shop than the host.");
  const header = headers.get("authorization");
  if (header === null) return ok(visitorWith(cookieNamed(headers.get("cookie") ?? "", sessionCookie(origin))));
  if (header.startsWith("Basic ")) return asStaff(await keyOfBasic(env, header), tenant);
  const key = /^Bearer ([\x21-\x7e]{1,2000})$/.exec(header)?.[1];
  if (!key) return refused("unauthenticated", "Authorization must be: Bearer <key>.");
  if (key.startsWith("op_") && isSame(key, env.OPERATOR_KEY)) return ok({ kind: "operator" });
  if (key.startsWith(SESSION_PREFIX)) return authenticateShopper(env, key, tenant);
  if (key.startsWith("rsl_")) return authenticatePartner(env, key, tenant);
  return asStaff(key.includes(".") ? await keyOfToken(env, tenant.id, key) : await keyOf(env, key), tenant);
}

function asStaff(staff: Key | null, tenant: Tenant): Result<Actor, "unauthenticated" | "wrong_shop"> {
  if (!staff) return refused("unauthenticated", "This key or token is unknown, expired or revoked.");
  if (staff.tenantId !== tenant.id) return refused("wrong_shop", "This key belongs to another shop.");
  const { id: keyId, scopes, mode, plan, spendCapMicros } = staff;
  const sold = plan === "house" ? undefined : { plan, spendCapMicros };
  return ok({ kind: "staff", keyId, scopes, isTest: mode === "test", sold });
}

/** `<key id>:<key>`, each encoded as in a form (RFC 6749, section 2.3.1). */
async function keyOfBasic(env: Env, header: string): Promise<Key | null> {
  const [id, secret] = Buffer.from(header.slice("Basic ".length), "base64").toString().split(":", 2).map(decodeForm);
  const key = await keyOf(env, secret ?? "");
  return key && key.id === id ? key : null;
}

const decodeForm = (text: string): string => new URLSearchParams(`it=${text}`).get("it") ?? "";

async function authenticatePartner(
  env: Env,
  key: string,
  tenant: Tenant,
): Promise<Result<Actor, "unauthenticated" | "wrong_shop">> {
  const licence = await licenceByKey(env, sha256Hex(key));
  if (!licence) return refused("unauthenticated", "This key is unknown or revoked.");
  if (licence.tenantId !== tenant.id) return refused("wrong_shop", "This key belongs to another shop.");
  const { id: licenceId, plan, isEnabled, rolloutPercent } = licence;
  return ok({ kind: "licence", licenceId, plan, isEnabled, rolloutPercent });
}

/** A cookie may be an old one, so whoever needs an account looks it up; a visitor needs none. */
const visitorWith = (session: string | undefined): Actor =>
  session === undefined ? { kind: "visitor" } : { kind: "visitor", session };

async function authenticateShopper(env: Env, token: string, tenant: Tenant): Promise<Result<Actor, "unauthenticated">> {
  const found = await findSession({ env, tenant, now: Date.now }, token);
  return found ? ok(visitorWith(token)) : refused("unauthenticated", "This session has ended, or never was.");
}

const isSame = (given: string, expected: string): boolean =>
  timingSafeEqual(Buffer.from(sha256Hex(given)), Buffer.from(sha256Hex(expected)));
