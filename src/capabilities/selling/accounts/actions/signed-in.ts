import type { Ctx } from "../../../../platform/context.ts";
import { transact } from "../../../../platform/db.ts";
import { isSeenStale, isSessionLive, isSessionToken, sessionHash } from "../../../../platform/identity/sessions.ts";
import { describe, log } from "../../../../platform/log.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { SESSION_PREFIX } from "../contract.ts";
import { SESSION_LIFE } from "../rules.ts";
import type { Account } from "../store/accounts.ts";
import { readSession, type Session, touchSession } from "../store/sessions.ts";

export interface SignedIn {
  account: Account;
  session: Session;
}

/**
 * Whose session the call brings. It is read from the database each time, so a session that was ended is refused with the next
 * call; a session of another shop is none here. Begin every action of an account with it.
 */
export async function signedIn(ctx: Ctx): Promise<Result<SignedIn, "unauthenticated">> {
  const token = sessionOf(ctx);
  const found = token === undefined ? undefined : await findSession(ctx, token);
  if (!found) return refused("unauthenticated", "Sign in to your account first.");
  if (isSeenStale(found.session, SESSION_LIFE, ctx.now())) {
    const touched = transact(ctx.env, [touchSession(ctx.env, found.session, ctx.now())]);
    ctx.waitUntil(touched.catch((error) => log("warn", "session_not_touched", { error: describe(error) })));
  }
  return ok(found);
}

/** The live session of a token. */
export async function findSession(
  { env, tenant, now }: Pick<Ctx, "tenant" | "now"> & { env: Pick<Env, "DB"> },
  token: string,
): Promise<SignedIn | undefined> {
  if (!isSessionToken(SESSION_PREFIX, token)) return undefined;
  const found = await readSession(env, tenant.id, sessionHash(token));
  return found && isSessionLive(found.session, SESSION_LIFE, now()) ? found : undefined;
}

/** The token that the call brings, whether it is worth anything or not; nobody's where the shop has no accounts. */
export const sessionOf = ({ actor, tenant }: Pick<Ctx, "actor" | "tenant">): string | undefined =>
  actor.kind === "visitor" && !tenant.off.has("accounts") ? actor.session : undefined;
