import type { Ctx } from "../context.ts";
import { callObject } from "../objects.ts";
import { ok, type Refused, type Result, refused } from "../result.ts";
import { sha256Hex } from "../signatures.ts";
import { secondsUntil } from "../time.ts";
import { addressKey } from "./address-key.ts";
import type { TryLimit } from "./count-tries.ts";
import { knownDevice } from "./known-device.ts";

const WINDOW_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
/** Wrong passwords for one account, from wherever. */
const ACCOUNT: TryLimit = { tries: 10, windowMs: WINDOW_MS, waitMaxMs: 4 * HOUR_MS };
/** Wrong passwords from one address, for whichever accounts. */
const ADDRESS: TryLimit = { tries: 30, windowMs: WINDOW_MS, waitMaxMs: 24 * HOUR_MS };

type Caller = Pick<Ctx, "env" | "tenant" | "now" | "address">;

/** Who tries to sign in. */
export interface SignInTry {
  /** Whose accounts: shoppers and staff are counted apart. */
  realm: "shopper" | "staff";
  /** The account's name as it is looked up (an e-mail address in lower case), whether there is one or not. */
  account: string;
  /** The `device` cookie of the browser, where it has one (known-device.ts). */
  device?: string | undefined;
}

/**
 * Runs `check` (the password's, the second factor's) if neither the account nor the caller's address has had too many wrong ones:
 * 10 and 30 in 15 minutes, then a wait that doubles. `check` answers undefined for wrong. A try counts before it is checked, and a
 * right one is given back. A browser that has signed in to this account before is counted apart from strangers, so nobody can lock
 * the owner out by guessing. The address is CF-Connecting-IP, IPv6 by its /64.
 */
export async function guardSignIn<Value>(
  ctx: Caller,
  { realm, account, device }: SignInTry,
  check: () => Promise<Value | undefined>,
): Promise<Result<Value, "too_many_attempts" | "wrong_credentials">> {
  const known = knownDevice(ctx, realm, account, device);
  const addressGuard = guardOf(ctx, realm, "address", addressKey(ctx.address));
  const accountGuard = guardOf(ctx, realm, known ? "device" : "account", `${account}\n${known ?? ""}`);
  const byAddress = await addressGuard.tryOnce(ADDRESS);
  if (!byAddress.ok) return byAddress;
  const byAccount = await accountGuard.tryOnce(ACCOUNT);
  if (!byAccount.ok) return byAccount;
  const value = await check();
  if (value === undefined) return refused("wrong_credentials", "The name, the password or the code is wrong.");
  await Promise.all([addressGuard.forgive(byAddress.value), accountGuard.forgive(byAccount.value)]);
  return ok(value);
}

/** Counts something else that one address may do only so often, right or wrong: `what` names it (`register`). */
export async function guardAddress(
  ctx: Caller,
  what: string,
  limit: TryLimit,
): Promise<Result<void, "too_many_attempts">> {
  const counted = await guardOf(ctx, what, "address", addressKey(ctx.address)).tryOnce(limit);
  return counted.ok ? ok(undefined) : counted;
}

/** The same for one account, from wherever, whether there is such an account or not. */
export async function guardAccount(
  ctx: Caller,
  what: string,
  account: string,
  limit: TryLimit,
): Promise<Result<void, "too_many_attempts">> {
  const counted = await guardOf(ctx, what, "account", account).tryOnce(limit);
  return counted.ok ? ok(undefined) : counted;
}

/** Whether `secret` (a WebAuthn challenge, a time-based code) is used for the first time; it is remembered until `until`. */
export const spendOnce = (ctx: Caller, realm: string, account: string, secret: string, until: number) =>
  callObject(guardStub(ctx, realm, "spent", account), async (stub) => await stub.spend(sha256Hex(secret), until));

const guardStub = (ctx: Caller, realm: string, kind: string, subject: string) => () =>
  ctx.env.SIGN_IN.getByName(`${ctx.tenant.id}:${realm}-${kind}:${sha256Hex(subject)}`);

function guardOf(ctx: Caller, realm: string, kind: string, subject: string) {
  const fresh = guardStub(ctx, realm, kind, subject);
  return {
    tryOnce: async (limit: TryLimit): Promise<Result<number, "too_many_attempts">> => {
      const counted = await callObject(fresh, async (stub) => await stub.tryOnce(limit));
      return counted.outcome === "admitted" ? ok(counted.ticket) : tooMany(counted.until, ctx.now());
    },
    forgive: (ticket: number): Promise<void> => callObject(fresh, async (stub) => await stub.forgive(ticket)),
  };
}

const tooMany = (until: number, now: number): Refused<"too_many_attempts"> =>
  refused("too_many_attempts", "Too many attempts. Wait before you try again.", {
    retryAfterSeconds: secondsUntil(until, now),
  });
