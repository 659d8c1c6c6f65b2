import { getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { SESSION_LIFE, STAFF_COOKIE } from "../../capabilities/money/staff/actions/find-session.ts";
import type { Browser } from "../../capabilities/money/staff/actions/keep-sessions.ts";
import type { Role } from "../../capabilities/money/staff/contract.ts";
import { roles } from "../../capabilities/money/staff/contract.ts";
import { cookieTerms, hostCookie } from "../../platform/cookies.ts";
import { DEVICE_SECONDS } from "../../platform/identity/known-device.ts";
import { ownPath } from "../../platform/own-path.ts";
import { holdsScope } from "../../platform/scopes.ts";
import type { Page, Storefront } from "../visit.ts";

const DEVICE_COOKIE = "staff-device";

/** Who has signed in to the studio, as the session's pages need them. */
export interface SignedInMember {
  memberId: string;
  id: string;
  role: Role;
  name: string;
  email: string;
  hasSecondFactor: boolean;
}

/** Who has signed in; undefined for everybody else, also for who brings an API key. */
export function memberOf({ var: { ctx } }: Page): SignedInMember | undefined {
  const member = ctx.actor.kind === "staff" ? ctx.actor.member : undefined;
  const role = roles.find((it) => it === member?.role);
  if (!member || !role) return undefined;
  const { id: memberId, sessionId: id, name, email, hasSecondFactor } = member;
  return { memberId, id, role, name, email, hasSecondFactor };
}

/** Whether the caller is staff with this right. */
export const mayDo = ({ var: { ctx } }: Page, scope: string): boolean =>
  ctx.actor.kind === "staff" && holdsScope(ctx.actor.scopes, scope);

/** Sends strangers to the sign-in and back again from there. */
export const membersOnly = createMiddleware<Storefront>(async (c, next) => {
  if (memberOf(c)) return next();
  const { pathname, search } = c.var.visit.url;
  const to = c.req.method === "GET" ? pathname + search : pathname;
  return c.redirect(`/studio/sign-in?to=${encodeURIComponent(to)}`, 303);
});

/** Where to go after the sign-in: a page of staff's, or the studio's first. */
export function wayOn(path: string | undefined): string {
  const own = ownPath(path);
  return own && /^\/(?:studio|monitor)\//.test(own) && !own.startsWith("/studio/sign-in") ? own : "/studio";
}

/** The token that the browser keeps, whatever it is worth. */
export const tokenOf = (c: Page): string | undefined => getCookie(c, hostCookie(STAFF_COOKIE, c.var.ctx.origin));

export const browserOf = (c: Page): Browser => ({
  userAgent: c.req.header("user-agent")?.slice(0, 500) ?? "",
  device: getCookie(c, hostCookie(DEVICE_COOKIE, c.var.ctx.origin)),
  token: tokenOf(c),
});

const keep = (c: Page, name: string, value: string, seconds: number): void =>
  setCookie(c, hostCookie(name, c.var.ctx.origin), value, cookieTerms(c.var.ctx.origin, seconds));

export const keepToken = (c: Page, token: string): void =>
  keep(c, STAFF_COOKIE, token, SESSION_LIFE.absoluteMs / 1_000);

export const keepDevice = (c: Page, device: string): void => keep(c, DEVICE_COOKIE, device, DEVICE_SECONDS);

export const forgetToken = (c: Page): void => keep(c, STAFF_COOKIE, "", 0);
