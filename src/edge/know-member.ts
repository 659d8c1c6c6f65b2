import { actorOf, findSession, STAFF_COOKIE } from "../capabilities/money/staff/actions/find-session.ts";
import type { Actor, Ctx } from "../platform/context.ts";
import { hostCookie } from "../platform/cookies.ts";
import { ok, type Result, refused } from "../platform/result.ts";
import { cookieNamed } from "./cookie-named.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
/** Where staff work. The shop's own pages are the same for everybody, whoever is signed in. */
const STAFF_PATH = /^\/(?:api|studio|monitor)(?:\/|$)/;

/**
 * The member whose session the request brings in a cookie; undefined for none that lives. Browsers send cookies along whoever makes
 * them ask, and shops on one domain are one site to them: so a request that changes something must say that it comes from this very
 * origin, and a reading call of the API must not say that it comes from elsewhere.
 */
export async function knowMember(
  ctx: Pick<Ctx, "env" | "tenant" | "origin" | "now" | "waitUntil">,
  { method, headers }: Request,
  path: string,
): Promise<Result<Actor | undefined, "cross_site_request">> {
  const token = cookieNamed(headers.get("cookie") ?? "", hostCookie(STAFF_COOKIE, ctx.origin));
  if (token === undefined || !STAFF_PATH.test(path)) return ok(undefined);
  const site = headers.get("sec-fetch-site");
  if (!SAFE.has(method)) {
    const isOwn = headers.get("origin") === ctx.origin && (site === null || site === "same-origin");
    if (!isOwn) return refused("cross_site_request", "A session counts only for what the shop's own pages send.");
  } else if (path.startsWith("/api/") && site !== null && site !== "same-origin" && site !== "none")
    return ok(undefined);
  const session = await findSession(ctx, token, "full");
  return ok(session && actorOf(session));
}
